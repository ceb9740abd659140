import type { Span } from '../../traced.ts'
import { type Field, LABELS, fieldOf } from './columns.ts'
import { NOTHING_GIVEN } from './source-text.ts'
import type { Given, Row } from './source-text.ts'

/** Of fewer a text is one article with labels over it. */
const FEWEST = 2

/**
 * The articles of a text that writes each with a label before its words, one a line or in some lines
 * (2023-08-11 15:10，正文：…, or 标题：… over 正文：…), as scrapers do. Null of every text that says
 * anything else: each line must be of such an article, each article begin like the first.
 */
export function linesOfData(text: string): readonly Row[] | null {
  const articles: Labelling[] = []
  for (const line of linesOf(text)) {
    const fields = readFields(line.text)
    const article = articles.at(-1)
    if (fields.length > 0 && beginsAnew(fields, articles[0], article))
      articles.push(put(begin(fields[0]!.field), fields, line.start))
    else if (!article) return null
    else if (fields.length > 0 && (!article.values.has('text') || isBelow(fields, article)))
      put(article, fields, line.start)
    else if (article.open) article.end = line.start + line.text.length
    else return null
  }
  if (articles.length < FEWEST || !articles.every(isArticle)) return null
  const texts = articles.map((article) => toText(article, text))
  return texts.every(({ start, end }) => end > start) ? texts : null
}

interface Line {
  readonly text: string
  readonly start: number
}

/** A value behind its label, by its offsets in the line. */
interface Labelled extends Span {
  readonly field: Field
  readonly label: string
}

interface Labelling {
  readonly first: Field
  readonly values: Map<Field, Span>
  /** Whether its words may go on in the next line. */
  open: boolean
  /** The label before its words. */
  label: string
  start: number
  end: number
}

/** What only parts articles, like a row of dashes. */
const RULE = /^[\s\-—=*_~#]*$/u

function* linesOf(text: string): Generator<Line> {
  for (const match of text.matchAll(/[^\r\n]+/g))
    if (!RULE.test(match[0])) yield { text: match[0], start: match.index }
}

const words = LABELS.join('|').replaceAll(/(?<=\p{Script=Han})(?=\p{Script=Han})/gu, '[ \\u3000]*')
/** 标题：, **标题：**, 【标题】 */
const LABEL = new RegExp(
  String.raw`(?:【\s*(${words})\s*】|\**(?<![a-z])(${words})\**\s*(?=[：:]))\**[：:]?\**\s*`,
  'giuy',
)
/** Marks that part one label's value from the next. */
const PARTING = /[\s，,；;|。】》]/u
/** A day with its year. */
const DATED = /^[([【（\s]*(?:19|20)\d\d[-/.年]\d/u
/** A day or a time of any make; some scrapers leave out the year of the current one. */
const MOMENT = /[([【（]?\s*\d[\d\s\-/.年月日时分秒:：T]{2,40}[)\]】）]?[\s，,；;|]*/uy
/** A heading's or list's mark, or a number, before the first label. */
const MARK = /(?:[\s#>*，,；;|-]+|\d{1,3}[.、)）](?!\d)\s*)*/uy
/** Between a date and the label of the words may stand a title. */
const TITLE = /^[^。！？]{1,60}$/u

/** The labelled values that a line is made of; none when it begins with anything else. */
function readFields(line: string): Labelled[] {
  const fields: Labelled[] = []
  let at = matchAt(MARK, line, 0)?.[0].length ?? 0
  // A label may begin with the same stars as a list.
  while (at > 0 && line[at - 1] === '*') at--
  const moment = matchAt(MOMENT, line, at)
  if (moment) {
    fields.push({ field: 'date', label: '', start: at, end: at + moment[0].length })
    at += moment[0].length
    const next = nextLabel(line, at)
    if (!next) return at === line.length && DATED.test(moment[0]) ? fields : []
    const between = line.slice(at, next.index)
    if (between.trim() !== '' && !TITLE.test(between)) return []
    if (between.trim() !== '')
      fields.push({ field: 'title', label: '', start: at, end: next.index })
    at = next.index
  }
  for (let label = matchAt(LABEL, line, at); label;) {
    const start = at + label[0].length
    const field = fieldOf(label[1] ?? label[2] ?? '')!
    const next = field === 'text' ? undefined : nextLabel(line, start)
    const end = next?.index ?? line.length
    // 时间：上午9时 is of an event.
    if (field === 'date' && !DATED.test(line.slice(start, end))) return []
    fields.push({ field, label: label[1] ?? label[2] ?? '', start, end })
    if (!next) return fields
    at = next.index
    label = next
  }
  return fields
}

function matchAt(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(line)
}

/** What is longer is no value but prose. */
const VALUE_LENGTH = 200

/** The next label behind a mark that parts, or in brackets of its own. */
function nextLabel(line: string, from: number): RegExpExecArray | undefined {
  for (let at = from; at < Math.min(line.length, from + VALUE_LENGTH); at++) {
    if (at > from && line[at] !== '【' && !PARTING.test(line[at - 1]!)) continue
    const label = matchAt(LABEL, line, at)
    if (label) return label
  }
  return undefined
}

const begin = (first: Field): Labelling => ({
  first,
  values: new Map(),
  open: false,
  label: '',
  start: 0,
  end: 0,
})

/** As the first article began, or with words where the one before has its own: a date may be missing. */
function beginsAnew(fields: readonly Labelled[], first?: Labelling, before?: Labelling): boolean {
  if (!first || !before || fields[0]!.field === first.first) return true
  return before.values.has('text') && fields.some(({ label }) => label === first.label)
}

/** Labels below an article's words; others are the words' own, as of an event's time and place. */
const isBelow = (fields: readonly Labelled[], { values }: Labelling) =>
  fields.every(
    ({ field, label }) =>
      label !== '' && field !== 'place' && field !== 'text' && !values.has(field),
  )

function put(article: Labelling, fields: readonly Labelled[], lineStart: number): Labelling {
  for (const { field, label, start, end } of fields) {
    if (article.values.has(field)) continue
    const value = { start: lineStart + start, end: lineStart + end }
    article.values.set(field, value)
    article.open = field === 'text'
    if (field === 'text') Object.assign(article, value, { label })
  }
  return article
}

/** 内容 alone is also what an event's notice calls its programme; 正文 and a title are an article's. */
function isArticle({ values, label }: Labelling): boolean {
  return values.has('text') && (values.has('title') || !/^(?:内\s*容|content)$/i.test(label))
}

function toText({ values, start, end }: Labelling, text: string): Row {
  const given = (field: keyof Given) => {
    const { start: from, end: to } = values.get(field) ?? { start: 0, end: 0 }
    const value = text
      .slice(from, to)
      .replace(/^[\s，,；;|]+|(?<![\s，,；;|*])[\s，,；;|*]+$/gu, '')
    return value || null
  }
  const moment = given('date')
  const date = moment && DATED.test(moment) ? moment.replaceAll(/[([【（)\]】）]/gu, '') : null
  const body = text.slice(start, end)
  return {
    start: start + body.length - body.trimStart().length,
    end: start + body.trimEnd().length,
    given: {
      ...NOTHING_GIVEN,
      id: given('id'),
      title: given('title'),
      date,
      place: given('place'),
      publication: given('publication'),
      url: given('url'),
    },
  }
}
