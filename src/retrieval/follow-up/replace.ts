import { type Part, readTurn } from './read-turn.ts'
import { textOf, topicOf, trimmed } from './topic.ts'

/** The last question with what is named instead: 聊城 for 濮阳, 今年 for 2021年, 市级 for 省级. */
export function inPlaceOf(last: string, own: readonly Part[]): string {
  const named = trimmed(own.filter(({ text }) => text !== '呢'))
  const of = (role: Part['role']) => named.filter((part) => part.role === role)
  let question = last
  const [places, times] = [of('place'), of('time')]
  if (times.length > 0) question = withTime(question, textOf(times))
  if (places.length > 0) question = withPlace(question, textOf(places))
  const other = trimmed(
    named.filter(
      ({ role, tag }) =>
        role !== 'place' &&
        role !== 'time' &&
        !(role === 'light' && tag === 'r') &&
        role !== 'this' &&
        role !== 'rest' &&
        role !== 'pronoun',
    ),
  )
  if (other.length === 0 || !other.some(({ role }) => role === 'content' || role === 'property'))
    return question
  return withKind(question, other, own.findLast(({ text }) => text !== '呢')?.text === '的')
}

const PLACE_END = /[区县市镇乡村园]$|街道$|开发区$/u
const isWhere = ({ role, text }: Part) =>
  role === 'place' ||
  role === 'whole' ||
  (role === 'content' && text.length > 1 && PLACE_END.test(text))

function splice(parts: readonly Part[], start: number, end: number, text: string): string {
  return `${parts
    .slice(0, start)
    .map((p) => p.text)
    .join('')}${text}${parts
    .slice(end)
    .map((p) => p.text)
    .join('')}`
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
    return splice(parts, start, end, time)
  }
  const after = parts.findIndex(({ role }) => role === 'place')
  return splice(parts, after + 1, after + 1, time)
}

/** Where the nouns begin that stand right before one: 高铁 before 片区. */
function modifiersBefore(parts: readonly Part[], at: number): number {
  let start = at
  while (start > 0 && parts[at]!.role === 'content' && isModifier(parts[start - 1]!)) start--
  return start
}
const isModifier = ({ role, tag }: Part) =>
  (role === 'content' && !/^v(?!n)/u.test(tag)) || (role === 'light' && tag === 'f')

function withKind(question: string, named: readonly Part[], headless: boolean): string {
  const parts = readTurn(question)
  const text = textOf(named)
  const head = named.findLast(({ role }) => role === 'content' || role === 'property')!
  if (isWhere(head)) {
    const where = parts.findIndex((part) => part.role === 'content' && isWhere(part))
    if (where >= 0) return splice(parts, modifiersBefore(parts, where), where + 1, text)
  }
  const at = parallel(parts, head)
  if (at >= 0) {
    const alone = named.length === 1 && parts[at]!.text.length === head.text.length
    const from = alone ? at : modifiersBefore(parts, at)
    return splice(parts, withSame(parts, from, named), at + 1, text)
  }
  const described =
    named.at(-1) === head
      ? parts.findIndex(
          ({ role, text: of }, i) =>
            headless &&
            parts[i + 1]?.text === '的' &&
            ((role === 'content' && of.length === head.text.length) || of.startsWith('最')),
        )
      : -1
  if (described >= 0) return splice(parts, withSame(parts, described, named), described + 1, text)
  if (head.role === 'property') {
    const property = parts.findLastIndex(({ role }) => role === 'property')
    if (property >= 0) return splice(parts, property, property + 1, text)
    return `${textOf(topicOf(question).parts)}${text}`
  }
  const start = parts.findIndex(
    (part) => part.role === 'content' && VERBAL.test(part.tag) === VERBAL.test(head.tag),
  )
  if (start < 0 || (VERBAL.test(head.tag) && parts[start]!.text.length !== head.text.length))
    return `${textOf(topicOf(question).parts)}，${text}`
  const run = parts.slice(start).findIndex((part) => !isModifier(part))
  const alike = parts.findIndex(
    ({ tag, text: of }, i) =>
      i >= start && i < start + run && tag === head.tag && of.length === head.text.length,
  )
  // Of a long row of nouns, one word replaces one: 硕士 for 大专 in 大专毕业生租房.
  if (named.length === 1 && run > 2 && alike >= 0) return splice(parts, alike, alike + 1, text)
  let end = start + 1
  while (!VERBAL.test(head.tag) && end < parts.length && isModifier(parts[end]!)) end++
  return splice(parts, withSame(parts, start, named), end, text)
}

/** 种玉米 for 种小麦: the word that both begin with is said once. */
function withSame(parts: readonly Part[], start: number, named: readonly Part[]): number {
  const same = named.length > 1 && parts[start - 1]?.text === named[0]!.text
  return same ? start - 1 : start
}

const VERBAL = /^(?:v(?!n)|a)/u

/** The part of a question that is of the same kind: the same word, or one that ends alike. */
function parallel(parts: readonly Part[], head: Part): number {
  const content = (part: Part) => part.role === 'content' || part.role === 'property'
  const same = parts.findLastIndex((part) => content(part) && part.text === head.text)
  if (same >= 0) return same
  const alike = (at: 0 | -1) =>
    parts.findLastIndex(
      (part) =>
        content(part) &&
        part.text.length > 1 &&
        part.text.at(at) === head.text.at(at) &&
        (at === -1 || part.text.length === head.text.length),
    )
  return alike(-1) >= 0 ? alike(-1) : alike(0)
}
