import { ASKS, type Part, readTurn } from './read-turn.ts'
import { isThing, textOf, topicOf, trimmed } from './topic.ts'

export interface Correction {
  /** Whether what is named corrects the last question: then something gives way, be it like or not. */
  readonly corrects?: boolean
  /** What was denied, 不是家电, gives way. */
  readonly denied?: readonly Part[]
}

/** A question, and what took another thing's place in it: 硕士 after 硕士呢. The next that is named takes its place. */
export interface Exchanged {
  readonly question: string
  readonly taken?: string
}

/**
 * The last question with what is named instead: 聊城 for 濮阳, 今年 for 2021年, 市级 for 省级. A thing
 * that nothing is like is left out.
 */
export function inPlaceOf(
  { question: last, taken }: Exchanged,
  own: readonly Part[],
  correction: Correction = {},
): Exchanged {
  const named = namedIn(own)
  const headless = isHeadless(own)
  const times = named.filter(({ role }) => role === 'time')
  const timed = times.length > 0 ? withTime(last, textOf(times)) : last
  const other = trimmed(named.filter(({ role }) => role !== 'time'))
  // 入口 for 出口: a dictionary may take a thing for a place.
  const places = other.filter(
    (part) => isPlace(part) && (part.role === 'place' || !hasLike({ question: last }, [part])),
  )
  const parts = readTurn(timed)
  // 深圳的那个 for 驻京的: no place is named that it could stand for.
  const asKind = headless && !parts.some(isWhere) && parts.some(({ text }) => text === '的')
  const placed = places.length > 0 && !asKind ? withPlace(timed, textOf(places)) : timed
  const kind = asKind ? other : trimmed(other.filter((part) => !places.includes(part)))
  if (!kind.some(isThing) && !(headless && kind.length > 0))
    return { question: placed, ...(taken && { taken }) }
  const question = withKind(
    { question: placed, ...(taken && { taken }) },
    kind,
    headless,
    correction,
  )
  return { question, taken: textOf(kind) }
}

/** Whether one thing of the last question is so much like what is named that this takes its place. */
export function hasLike({ question, taken }: Exchanged, own: readonly Part[]): boolean {
  const named = namedIn(own)
  if (!named.some(isThing)) return false
  const text = textOf(named)
  if (taken && (taken.length === text.length || taken.at(-1) === text.at(-1))) return true
  const parts = readTurn(question)
  return spansOf(parts).some(({ start, end }) => {
    const of = textOf(parts.slice(start, end))
    if (of === text) return false
    const shared = sharedEnds(text, of)
    return (of.length === text.length && shared > 0) || shared * 2 > text.length
  })
}

function namedIn(own: readonly Part[]): Part[] {
  return trimmed(
    own.filter(({ role, tag }) => !POINTS.has(role) && !(role === 'light' && tag === 'r')),
  )
}
const POINTS: ReadonlySet<Part['role']> = new Set(['particle', 'this', 'rest', 'pronoun', 'doubt'])

/** 市级的, 君恒的那个: what it is said of is left out. */
function isHeadless(own: readonly Part[]): boolean {
  const end = own.findLast(({ role }) => !POINTS.has(role) && role !== 'mark')
  return end?.text === '的'
}

/** A place, and what a dictionary takes for one when it is named alone. */
const isPlace = ({ role, tag }: Part) => role === 'place' || (role === 'content' && tag === 'ns')
const PLACE_END = /[区县市镇乡村园]$|街道$|开发区$/u
const isWhere = ({ role, text }: Part) =>
  role === 'place' ||
  role === 'whole' ||
  (role === 'content' && text.length > 1 && PLACE_END.test(text))

function splice(parts: readonly Part[], start: number, end: number, text: string): string {
  const join = (some: readonly Part[]) => some.map((p) => p.text).join('')
  return `${join(parts.slice(0, start))}${text}${join(parts.slice(end))}`
}

function withPlace(question: string, place: string): string {
  const parts = readTurn(question)
  const start = parts.findIndex(isWhere)
  if (start < 0) return `${place}${question}`
  let end = start + 1
  while (end < parts.length && isWhere(parts[end]!)) end++
  return splice(parts, modifiersBefore(parts, start), end, place)
}

function withTime(question: string, time: string): string {
  const parts = readTurn(question)
  const start = parts.findIndex(({ role }) => role === 'time')
  if (start >= 0) {
    let end = start + 1
    while (parts[end]?.role === 'time') end++
    return splice(parts, start, end, timeFor(textOf(parts.slice(start, end)), time))
  }
  const after = parts.findIndex(({ role }) => role === 'place')
  return splice(parts, after + 1, after + 1, time)
}

/** 8月4号 for 8月3号 where 4号 is named, 去年1到4月同期 for 今年1到4月 where 去年同期 is. */
function timeFor(old: string, time: string): string {
  const year = YEAR.exec(old)?.[0] ?? ''
  if (time.includes('同期')) return `${time.replace('同期', '')}${old.slice(year.length)}同期`
  if (/^\d{1,2}[日号]$/u.test(time)) return `${/^.*月份?/u.exec(old)?.[0] ?? ''}${time}`
  return /月|半年|全年|季度/u.test(time) && !YEAR.test(time) ? `${year}${time}` : time
}

/** 2022年, 去年; not 上半年. */
const YEAR = /^.*?[^半全]年/u

/** Where the nouns begin that stand right before one: 高铁 before 片区. */
function modifiersBefore(parts: readonly Part[], at: number): number {
  let start = at
  while (start > 0 && parts[at]!.role === 'content' && isModifier(parts[start - 1]!)) start--
  return start
}
const isModifier = ({ role, tag }: Part) =>
  (role === 'content' && !VERBAL.test(tag)) || (role === 'light' && tag === 'f')
const VERBAL = /^v(?!n)/u

/** Parts from one to before another. */
interface Span {
  readonly start: number
  readonly end: number
}

/** All that something else may take the place of: things, what they are counted by, 最高. */
/** Words of a thing at most: every stretch of a run of nouns is looked at. */
const LONGEST = 12

function spansOf(parts: readonly Part[]): Span[] {
  const inner = (part: Part) =>
    isThing(part) ||
    (part.role === 'light' && (/^[mqf]/u.test(part.tag) || part.text.startsWith('最')))
  return parts.flatMap((_, start) => {
    const spans: Span[] = []
    const last = Math.min(parts.length, start + LONGEST)
    for (let end = start + 1; end <= last && inner(parts[end - 1]!); end++)
      spans.push({ start, end })
    return spans
  })
}

/** What a thing must be worth to give way; one character at the end that is the same is. */
const ENOUGH = 2.5
/** What each likeness is worth: 区 of 片区 and 开发区, 种 of 种小麦 and 种玉米, … */
const WORTH = {
  lastCharacter: 3,
  firstCharacter: 2,
  otherCharacter: 1,
  sameLength: 1.5,
  eachLonger: -0.4,
  sameKind: 0.5,
  bothPlaces: 2,
  bothMeasures: 3,
  oneMeasure: -2,
  oneVerb: -2,
  // 百岁 for 70岁以上.
  sameUnit: 3,
  // 市级的 for what stands before 的.
  bothBeforeDe: 3,
  // 二手的 for 新建 in 新建商品房.
  modifies: 1,
  // 博士 for 硕士, which took the place of 大专生.
  taken: 4,
} as const
const UNIT = /^[\d一二三四五六七八九十百千万几两首第]+\s*([岁米亩人年级层吨户套])/u
/** 空置率, 租金: what is asked of a thing, and no thing itself. */
const isMeasure = ({ role, text }: Part) =>
  role === 'property' || (text.length > 1 && /[量值额率数费价积容]$/u.test(text))

function withKind(
  { question, taken }: Exchanged,
  named: readonly Part[],
  headless: boolean,
  { corrects = false, denied = [] }: Correction,
): string {
  const parts = readTurn(question)
  const text = textOf(named)
  const worth = (span: Span) =>
    worthOf(parts, span, named, headless) +
    (textOf(parts.slice(span.start, span.end)) === taken ? WORTH.taken : 0)
  const worthDenied = (span: Span) =>
    denied.length === 0 ? 0 : worthOf(parts, span, denied, headless)
  const best = spansOf(parts)
    .filter(({ start, end }) => textOf(parts.slice(start, end)) !== text)
    .map((span) => ({ ...span, worth: Math.max(worth(span), 2 * worthDenied(span)) }))
    .toSorted((a, b) => b.worth - a.worth || b.end - b.start - (a.end - a.start))[0]
  if (best && best.worth >= ENOUGH) return splice(parts, best.start, best.end, text)
  const head = named.findLast(isThing)
  const noun = head?.role === 'content' && !VERBAL.test(head.tag)
  const start = parts.findIndex((part) => part.role === 'content' && !VERBAL.test(part.tag))
  if (headless) return question
  if (!noun || start < 0) return `${textOf(topicOf(question).parts)}${text}`
  const length = parts.slice(start).findIndex((part) => !isModifier(part))
  const end = length < 0 ? parts.length : start + length
  if (end === start + 1) return splice(parts, start, end, text)
  // 梨 for 苹果 in 苹果出口: of a row the only one that is no measure and nothing that is done.
  const isPlain = (part: Part) => part.tag !== 'vn' && !isMeasure(part)
  const plain = parts.slice(start, end).filter(isPlain)
  if (plain.length === 1 && isPlain(head)) {
    const at = parts.indexOf(plain[0]!)
    return splice(parts, at, at + 1, text)
  }
  if (!corrects) return question
  // 硕士 for 大专 in 大专毕业生: of a row of nouns, one gives way to one of its length and kind.
  const first = parts[start]!
  const alike = named.length === 1 && head.tag === first.tag && text.length === first.text.length
  if (alike) return splice(parts, start, start + 1, text)
  // 租客 for 租户 in 写字楼租户多少: what stands right before what is asked.
  const asked = parts[end] !== undefined && ASKS.has(parts[end].role)
  return splice(parts, asked ? end - 1 : start, end, text)
}

function worthOf(
  parts: readonly Part[],
  { start, end }: Span,
  named: readonly Part[],
  headless: boolean,
): number {
  // Of 灰氢跟蓝氢 the last: each is of one kind.
  const joint = named.findLastIndex(({ text }) => /^[跟和与、]$/u.test(text))
  const [one, other] = [textOf(named.slice(joint + 1)), textOf(parts.slice(start, end))]
  const [head, last] = [named.at(-1)!, parts[end - 1]!]
  const [suffix, prefix] = [suffixOf(one, other), prefixOf(one, other)]
  const ends = Math.min(suffix + prefix, one.length, other.length)
  const others = new Set(Array.from(one).filter((char) => other.includes(char))).size - ends
  const next = parts[end]
  // 租金 for 空置率 in 写字楼空置率, however long: what is measured stays.
  const measures = isMeasure(head) && isMeasure(last)
  const measured = parts.slice(start, end - 1).some(({ tag }) => tag.startsWith('n'))
  const of = (worth: keyof typeof WORTH, holds: boolean | number) => WORTH[worth] * Number(holds)
  return (
    of('lastCharacter', suffix) +
    of('firstCharacter', ends - suffix) +
    of('otherCharacter', Math.max(0, others)) +
    of('sameLength', one.length === other.length) +
    of('eachLonger', measures ? 0 : Math.abs(one.length - other.length)) +
    of('sameKind', head.role === last.role && head.tag === last.tag) +
    of('bothPlaces', isWhere(head) && isWhere(last)) +
    of('bothMeasures', measures && !measured) +
    of('oneMeasure', isMeasure(head) !== isMeasure(last)) +
    of('oneVerb', !headless && VERBAL.test(head.tag) !== VERBAL.test(last.tag)) +
    of(
      'sameUnit',
      UNIT.exec(one)?.[1] !== undefined && UNIT.exec(one)?.[1] === UNIT.exec(other)?.[1],
    ) +
    of('bothBeforeDe', headless && next?.text === '的') +
    of('modifies', headless && next !== undefined && isThing(next))
  )
}

/** How many characters at both ends two words share. */
const sharedEnds = (one: string, other: string) =>
  Math.min(suffixOf(one, other) + prefixOf(one, other), one.length, other.length)

function prefixOf(one: string, other: string): number {
  let n = 0
  while (n < one.length && n < other.length && one[n] === other[n]) n++
  return n
}

function suffixOf(one: string, other: string): number {
  let n = 0
  while (n < one.length && n < other.length && one.at(-1 - n) === other.at(-1 - n)) n++
  return n
}
