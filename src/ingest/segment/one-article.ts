import { concat, join, slice, trim } from '../../traced.ts'
import type { Traced } from '../../traced.ts'
import type { Item, Segmented } from '../item.ts'
import { readLabels } from '../labels.ts'
import type { Labelled, LabelField } from '../labels.ts'
import type { DocumentParagraph } from '../layout/document-paragraphs.ts'
import { hasOpenBracket, isClosed } from '../layout/sentence.ts'
import { isWebFurniture } from '../web-furniture.ts'
import { isNoticeTitle } from '../layout/notice.ts'

/** What a document or a web page says of itself in labels and under its title. */
export type Facts = ReadonlyMap<LabelField, string>

export const NO_FACTS: Facts = new Map()

export interface OneArticle {
  readonly segmented: Segmented
  readonly facts: Facts
}

type Furniture = Segmented['furniture'][number]

const TITLE_LENGTH = 60
const TITLE_LINES = 5
/** Paragraphs before a heading that is still the title of all. */
const BEFORE_TITLE = 3
const HEAD_LENGTH = 40
const NAME_LENGTH = 30

/** Where a document cannot have its title: its text has begun. */
const TEXT_BEGINS =
  /^(?:第[一二三四五六七八九十百零\d]+[条章节]|[一二三四五六七八九十]{1,3}、|[（(]?\d{1,2}[.．、）)]|本报|新华社|（(?:本报)?记者|各.{2,30}[：:]$|问[：:]|答[：:]|记者[：:])/u
/** Who wrote a report, or its lead. */
const REPORT_BEGINS = /^(?:本报|新华社|[（(](?:本报)?记者|记者[ \u3000])/u
const KIND_OF_DOCUMENT = /^[\p{Script=Han}]{0,4}(?:报告|通知|公告|通报|摘要|公报|办法|方案|意见)$/u
/** Where a title cannot end. */
const TITLE_GOES_ON =
  /(?:的|及|和|与|或|等|、|关于|印发|转发|批转|公布|发布|暨|——|—|：|:|（|《|“)$/u
/** An issuing office alone on a line over what it issues. */
const OFFICE =
  /(?:人民政府|委员会|办公室|办公厅|局|厅|部|院|委|会|公司|中心|银行|集团|政府|法院|检察院)$/u
const ROLE = /记者|通讯员|作者|执笔|课题组|调研组|编译|撰文/u
/** 青政办〔2023〕5号 */
const NUMBER =
  /^[\p{Script=Han}（）()]{1,16}[〔[【(（](?:19|20)\d\d[〕\]】)）]\s*第?\s*\d{1,4}\s*号$|^(?:第\s*\d{1,4}\s*号)$/u
/** （2021年7月29日省第十三届人民代表大会常务委员会第二十九次会议通过 自2022年1月1日起施行） */
const PASSED =
  /^[（(]?(?:(?:19|20)\d\d|二[〇○零O][〇○零O一二三四五六七八九]{2})年.{1,400}(?:通过|公布|发布|施行|修正|修订|批准|印发|实施|颁布|令)[^。：:]*[）)]?$/u
const DATE_ALONE = /^[（(]?((?:19|20)\d\d年\s*\d{1,2}月(?:\s*\d{1,2}日)?)[）)]?$/u
const CONTENTS = /^目\s*录$/u
/** Dots and a page's number at the end of a line of a table of contents. */
const PAGE = /(?:(?<![.…·\s])[.…·\s]+\d*|(?<![.…·\s\d])\d+)$/u
const SUBHEAD =
  /^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百]{1,4}[章节编部分]+)/u
/** A note below the signature, as notes of Word stand at the end. */
const NOTE = /^尾?注\d{1,3}：/u
const SUBTITLE = /^[—－―─-]{1,2}\s*\S/u

/**
 * A document or a web page as one article: its title, what is labelled over and under its text, its
 * sections as subheads of its body. A table of contents and what its pages repeat are furniture.
 */
export function oneArticle(paragraphs: readonly DocumentParagraph[]): OneArticle {
  const furniture: Furniture[] = []
  const facts = new Map<LabelField, string>()
  const credits: Traced[] = []
  const lines = paragraphs.filter((paragraph) => {
    if (paragraph.furniture) furniture.push({ what: '页眉页脚', text: paragraph.text })
    return !paragraph.furniture
  })
  const { title, subtitle, from } = readFront(lines, facts, credits, furniture)
  const { contents, rest } = partContents(lines.slice(from))
  furniture.push(...contents.map(({ text }) => ({ what: '目录', text })))
  const printed = rest.findLastIndex(({ text }) => !isWebFurniture(text.text)) + 1
  furniture.push(...rest.slice(printed).map(({ text }) => ({ what: '网页上的字', text })))
  const noted = rest.slice(0, printed)
  const unnoted = noted.slice(0, noted.findLastIndex(({ text }) => !NOTE.test(text.text)) + 1)
  const end = readEnd(unnoted, facts, credits)
  const body = [...unnoted.slice(0, end), ...noted.slice(unnoted.length)]
  const subheads = body.filter((paragraph) => isSubhead(paragraph)).map(({ text }) => text)
  const item: Item = {
    kind: isNoticeTitle(title?.text ?? '') ? 'notice' : 'article',
    headline: title,
    kicker: null,
    subtitle,
    subheads,
    rows: body.filter(({ row }) => row).map(({ text }) => text),
    credits,
    section: null,
    body: body.map(({ text }) => text),
    notes: [],
  }
  return { segmented: { items: body.length > 0 ? [item] : [], furniture }, facts }
}

/** Reads what stands before the text: labels, the title, who issued it, when it was passed. */
function readFront(
  lines: readonly DocumentParagraph[],
  facts: Map<LabelField, string>,
  credits: Traced[],
  furniture: Furniture[],
): { title: Traced | null; subtitle: Traced | null; from: number } {
  let title: Traced | null = null
  let subtitle: Traced | null = null
  let labelled: Traced | null = null
  const heading = lines.findIndex(({ level }) => level === 1)
  let i = 0
  for (; i < lines.length; i++) {
    const line = lines[i]!
    const { text } = line.text
    if (isOfEvent(text, lines[i + 1])) break
    const labels = title && PASSED.test(text) ? null : readLabels(text)
    if (labels) {
      const named = labels.get('title')
      if (named) labelled ??= sliceOf(line.text, named)
      keep(labels, facts)
      credits.push(line.text)
    } else if (NUMBER.test(text)) {
      note(facts, 'number', text)
      credits.push(line.text)
    } else if (PASSED.test(text) && title && text.length <= 400) {
      readPassed(text, facts)
      credits.push(line.text)
    } else if (DATE_ALONE.test(text)) {
      note(facts, 'published', DATE_ALONE.exec(text)![1]!)
      credits.push(line.text)
    } else if (!title && isWebFurniture(text)) {
      furniture.push({ what: '网页上的字', text: line.text })
    } else if (!title && isLetterhead(lines, i)) {
      note(facts, 'issuer', text)
      credits.push(line.text)
    } else if (!title && !labelled && mayBeTitle(lines, i, heading)) {
      const end = titleEnd(lines, i)
      title = joinTitle(lines.slice(i, end))
      i = end - 1
    } else if (title && !subtitle && isSubtitle(lines, i)) {
      subtitle = line.text
    } else if (!title && labelled && sameLetters(labelled.text, text)) {
      title = line.text
    } else if (title && isSignature(lines, i) && !isList(lines, i)) {
      if (OFFICE.test(text)) note(facts, 'issuer', text)
      if (OFFICE.test(text) || ROLE.test(text)) credits.push(line.text)
      else furniture.push({ what: '题下', text: line.text })
    } else if (!title && heading > i && heading <= BEFORE_TITLE && !isClosed(text)) {
      furniture.push({ what: '标题前', text: line.text })
    } else break
  }
  return { title: title ?? labelled, subtitle, from: i }
}

/** 时间：… over 地点：… is of an event, and no day of publication. */
const isOfEvent = (text: string, next: DocumentParagraph | undefined) =>
  /^(?:\p{Script=Han}{0,2})(?:时间|日期)[：:]/u.test(text) &&
  /^\p{Script=Han}{0,2}(?:地点|地址|内容|对象)[：:]/u.test(next?.text.text ?? '')

/** Three lines of names or offices are a list, and the document's text. */
const isList = (lines: readonly DocumentParagraph[], i: number) =>
  [i, i + 1, i + 2].every((at) => lines[at] !== undefined && PEOPLE.test(lines[at].text.text))

/** An office alone over the title of what it issues; 某县人民政府 over 关于…的通知 is the title's beginning. */
function isLetterhead(lines: readonly DocumentParagraph[], i: number): boolean {
  const [{ text, level }, next] = [lines[i]!, lines[i + 1]]
  return (
    next !== undefined &&
    level === null &&
    OFFICE.test(text.text) &&
    text.text.length <= NAME_LENGTH &&
    next.level === null &&
    next.gapBefore &&
    !/^(?:关于|印发|转发)/u.test(next.text.text) &&
    !/[，。；]/u.test(next.text.text) &&
    next.text.text.length <= TITLE_LENGTH &&
    readLabels(next.text.text) === null &&
    mayBeTitle(lines, i + 1, -1)
  )
}

const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')
const sameLetters = (a: string, b: string) => letters(a) === letters(b)

function mayBeTitle(lines: readonly DocumentParagraph[], i: number, heading: number): boolean {
  const { text, level, row } = lines[i]!
  if (level !== null) return true
  if (heading >= 0 && heading <= i + BEFORE_TITLE && !TEXT_BEGINS.test(lines[heading]!.text.text))
    return false
  return (
    !row &&
    text.text.length <= TITLE_LENGTH &&
    !isClosed(text.text) &&
    !/[，。；]$/u.test(text.text) &&
    !TEXT_BEGINS.test(text.text) &&
    lines.length > i + 1
  )
}

/** Where a title of several lines ends: it goes on while a word, a bracket or an office's sentence is open. */
function titleEnd(lines: readonly DocumentParagraph[], start: number): number {
  let end = start + 1
  while (end < lines.length && end - start < TITLE_LINES) {
    const so = lines
      .slice(start, end)
      .map(({ text }) => text.text)
      .join('')
    const next = lines[end]!
    const isHead = next.level === lines[start]!.level
    const isTitle =
      isHead && !next.row && next.text.text.length <= TITLE_LENGTH && !isClosed(next.text.text)
    const open =
      hasOpenBracket(so) ||
      TITLE_GOES_ON.test(so) ||
      (OFFICE.test(so) && /^(?:关于|印发|转发)/u.test(next.text.text))
    const close = !next.gapBefore && lines[start]!.level === null && !readLabels(next.text.text)
    if (!isTitle || readLabels(next.text.text) || SUBTITLE.test(next.text.text)) break
    // 某县就业状况 / 调查报告: what kind of document it is stands apart.
    const kind = lines[start]!.level === null && KIND_OF_DOCUMENT.test(next.text.text)
    if (!open && !kind && !(close && isTitleLine(next))) break
    end++
  }
  return end
}

/** The second line of a title that no blank line parts from the first. */
const isTitleLine = ({ text: { text } }: DocumentParagraph) =>
  !TEXT_BEGINS.test(text) &&
  !NUMBER.test(text) &&
  !PASSED.test(text) &&
  !DATE_ALONE.test(text) &&
  !/[，。；：:]/u.test(text) &&
  /(?:的|通知|办法|条例|规定|意见|方案|公告|决定|报告|细则|措施|批复|规划|纲要|通告|摘要|通报|简报|公报|概况|状况|情况|讲话|总结|调查|计划|制度|规则|标准|指南|目录|清单|）|》)$/u.test(
    text,
  )

/** Lines of a title as one; figures on two lines stay two. */
const joinTitle = (lines: readonly DocumentParagraph[]): Traced =>
  lines
    .map(({ text }) => (lines.length === 1 ? text : trim(text)))
    .reduce((left, right) =>
      /\d$/u.test(left.text) && /^\d/u.test(right.text)
        ? join([left, right], ' ')
        : concat([left, right]),
    )

/** A line behind a dash, or a head between a title and the line where a report begins. */
function isSubtitle(lines: readonly DocumentParagraph[], i: number): boolean {
  const { text, row } = lines[i]!
  const next = lines[i + 1]?.text.text ?? ''
  if (row || text.text.length > TITLE_LENGTH) return false
  if (SUBTITLE.test(text.text)) return true
  const isHead = !ROLE.test(text.text) && !TEXT_BEGINS.test(text.text) && !isClosed(text.text)
  return isHead && !/[，：:]$/u.test(text.text) && REPORT_BEGINS.test(next)
}

/** Names alone: 李 明, 张一 王二三. */
const PEOPLE =
  /^(?:\p{Script=Han}{2,3}|\p{Script=Han}{1,4}(?:[ \u3000]+\p{Script=Han}{1,4}){1,4})$/u

/** A short line without a stop between a title and its text: who wrote or issued it. */
function isSignature(lines: readonly DocumentParagraph[], i: number): boolean {
  const { text, level, row } = lines[i]!
  if (level !== null || row || i + 1 >= lines.length) return false
  return (
    text.text.length <= NAME_LENGTH &&
    (OFFICE.test(text.text) || ROLE.test(text.text) || PEOPLE.test(text.text)) &&
    !/[，。；：:！？、]/u.test(text.text) &&
    (ROLE.test(text.text) || !TEXT_BEGINS.test(text.text)) &&
    !SUBHEAD.test(text.text) &&
    !CONTENTS.test(text.text)
  )
}

function keep(labels: ReadonlyMap<LabelField, Labelled>, facts: Map<LabelField, string>): void {
  for (const [field, { value }] of labels) note(facts, field, value)
}

function note(facts: Map<LabelField, string>, field: LabelField, value: string): void {
  if (!facts.has(field)) facts.set(field, value)
}

const DAY = '((?:19|20)\\d\\d年\\s*\\d{1,2}月\\s*\\d{1,2}日)'
const DATES = [
  ['passed', new RegExp(`${DAY}[^年]{0,80}?(?:通过|批准|修正|修订)`, 'gu')],
  ['force', new RegExp(`自${DAY}起(?:施行|实施|生效)`, 'gu')],
  ['published', new RegExp(`${DAY}[^年]{0,60}?(?:公布|发布|颁布|印发|令)`, 'gu')],
] as const

/** The days under a law's title; of a law that was changed, those of its last form. */
function readPassed(text: string, facts: Map<LabelField, string>): void {
  for (const [field, pattern] of DATES) {
    const day = [...text.matchAll(pattern)].at(-1)?.[1]
    if (day) facts.set(field, day)
  }
}

/** A table of contents: under 目录, lines that stand in the text again. */
function partContents(lines: readonly DocumentParagraph[]) {
  const at = lines.findIndex(({ text }) => CONTENTS.test(text.text))
  if (at < 0 || at > BEFORE_TITLE) return { contents: [], rest: lines }
  const entry = ({ text }: DocumentParagraph) => letters(text.text.replace(PAGE, ''))
  const times = new Map<string, number>()
  for (const line of lines) times.set(entry(line), (times.get(entry(line)) ?? 0) + 1)
  let end = at + 1
  const seen = new Set<string>()
  while (end < lines.length) {
    const key = entry(lines[end]!)
    const isEntry =
      !seen.has(key) &&
      ((times.get(key) ?? 0) > 1 || /[.…·]{3}\s*\d+$/u.test(lines[end]!.text.text))
    if (!isEntry) break
    seen.add(key)
    end++
  }
  return { contents: lines.slice(at, end), rest: [...lines.slice(0, at), ...lines.slice(end)] }
}

/** What a text may say of itself at its end; a day there is that of a link. */
const AT_END = ['publication', 'author', 'editor', 'issuer', 'url'] as const

/** Reads the labels and the signature at the end; where the body ends. */
function readEnd(
  lines: readonly DocumentParagraph[],
  facts: Map<LabelField, string>,
  credits: Traced[],
): number {
  let end = lines.length
  while (end > 1) {
    const { text, row } = lines[end - 1]!
    if (DATE_ALONE.test(text.text)) return readSignature(lines, end, facts, credits)
    const labels = row ? null : readLabels(text.text)
    if (!labels || !isSourceLine(labels)) break
    for (const field of AT_END) {
      const value = labels.get(field)?.value
      if (value !== undefined) note(facts, field, value)
    }
    credits.push(text)
    end--
  }
  return end
}

/** Who edited or wrote, or the paper by a name that is one's: 来源：镇财政拨款 is text. */
const isSourceLine = (labels: ReadonlyMap<LabelField, Labelled>) =>
  labels.has('editor') ||
  labels.has('author') ||
  /(?:报|网|社|台|刊|客户端|融媒体?|传媒|新闻|发布|局|委|厅|政府)$/u.test(
    labels.get('publication')?.value ?? '',
  )

/** The day on which a document was signed, and the office over it; where the body ends before them. */
function readSignature(
  lines: readonly DocumentParagraph[],
  end: number,
  facts: Map<LabelField, string>,
  credits: Traced[],
): number {
  const [office, day] = [lines[end - 2]!.text, lines[end - 1]!.text]
  note(facts, 'written', DATE_ALONE.exec(day.text)![1]!)
  if (end < 3 || !OFFICE.test(office.text) || office.text.length > NAME_LENGTH) {
    credits.push(day)
    return end - 1
  }
  note(facts, 'issuer', office.text)
  credits.push(office, day)
  return end - 2
}

const isSubhead = ({ text: { text }, level, row }: DocumentParagraph) =>
  !row &&
  (level !== null || SUBHEAD.test(text)) &&
  text.length <= HEAD_LENGTH &&
  !/[。；]/u.test(text)

const sliceOf = (line: Traced, { value, start }: Labelled): Traced =>
  slice(line, start, start + value.length)
