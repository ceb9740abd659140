import type { Article } from '../../corpus.ts'
import { figures } from '../../language/figures.ts'
import type { Item, Segmented } from '../item.ts'
import { yearVotes } from './year-votes.ts'
import type { YearVote } from './year-votes.ts'

type ArticleDate = Article['date']

const NO_DATE: ArticleDate = { value: null, printed: null, inferred: false, reason: null }

/** Weight from which a year counts as proved. */
const ENOUGH = 1.5
const REASONS = 3
const FULL_DATE =
  /(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日|(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/u
const COMPACT = /^(\d{4})(\d\d)(\d\d)(?!\d)/u
const MONTH_OR_YEAR = /^(\d{4})(?:[-/.年]\s*(\d{1,2}))?(?!\d)/u
const ISSUE = /^(\d{4})[.．](\d{1,2})$/u
/** Characters at an article's beginning in which a day is that of the news. */
const LEAD = 260
const LEAD_DAY = /(?<![\d年])(\d{1,2})月(\d{1,2})日/gu
const PAST_YEAR = /(?<![\d到至—-]|力争|预计)((?:19|20)\d\d)年/gu

/** The date of a page's items: as printed over the page, else from what its articles say together. */
export function dateOfPage({ furniture, items }: Segmented): ArticleDate {
  for (const { text } of furniture) {
    const printed = printedDate(text.text)
    if (printed) return printed
  }
  return inferDate(items) ?? NO_DATE
}

/** The date printed with an item itself, before that of its page. */
export function dateOfItem({ credits }: Item, page: ArticleDate): ArticleDate {
  for (const { text } of credits) {
    const printed = FULL_DATE.test(text) ? printedDate(text) : null
    if (printed) return printed
  }
  return page
}

/** Reads a date as written in a masthead, an issue's mark or metadata; null when there is none. */
export function printedDate(text: string): ArticleDate | null {
  const day = FULL_DATE.exec(text)
  const parts = day?.[1] ? day.slice(1, 4) : (day?.slice(4, 7) ?? ISSUE.exec(text)?.slice(1, 3))
  if (!parts) return inHan(text)
  const value = toIso(parts)
  return value === null ? null : { value, printed: day?.[0] ?? text, inferred: false, reason: null }
}

/** A day in Chinese numerals, as mastheads print it: 二〇二〇年七月三十日. */
function inHan(text: string): ArticleDate | null {
  for (const figure of figures(text)) {
    if (figure.kind !== 'date' || !figure.year || !figure.month || !figure.day) continue
    const value = toIso([figure.year, figure.month, figure.day])
    if (value) return { value, printed: figure.printed, inferred: false, reason: null }
  }
  return null
}

/** Reads a date that a source gives beside its text: a day however written, a month, a year. */
export function givenDate(text: string): ArticleDate {
  const parts = (COMPACT.exec(text) ?? MONTH_OR_YEAR.exec(text))?.slice(1).filter(Boolean)
  const value = parts ? toIso(parts) : null
  return printedDate(text) ?? { value, printed: text, inferred: false, reason: null }
}

function toIso(parts: readonly (string | number | undefined)[]): string | null {
  const [year = 1, month = 1, day = 1] = parts.map(Number)
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null
  return parts.map((part, i) => String(part).padStart(i === 0 ? 4 : 2, '0')).join('-')
}

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()

function inferDate(items: readonly Item[]): ArticleDate | null {
  const texts = items
    .filter(({ kind }) => kind !== 'table')
    .map(({ body }) => body.map(({ text }) => text).join('\n'))
  const last = lastLeadDay(texts)
  const votes = texts.flatMap((text) => yearVotes(text, last?.month))
  const elected = elect(votes, latestPastYear(texts))
  if (!elected) return null
  const days = last ? `；各篇导语中最晚的日期是${last.month}月${last.day}日` : ''
  return {
    value: last ? toIso([elected.year, last.month]) : String(elected.year),
    printed: null,
    inferred: true,
    reason: `${elected.reasons.join('；')}，推定为${elected.year}年${days}`,
  }
}

/** The latest day, without a year, that a lead names. */
function lastLeadDay(texts: readonly string[]): { month: number; day: number } | undefined {
  return texts
    .flatMap((text) => [...text.slice(0, LEAD).matchAll(LEAD_DAY)])
    .map(([, month, day]) => ({ month: Number(month), day: Number(day) }))
    .filter(({ month, day }) => toIso([2000, month, day]) !== null)
    .toSorted((a, b) => b.month - a.month || b.day - a.day)[0]
}

/** The latest year that is told of as past or present: nothing was printed before it. */
const latestPastYear = (texts: readonly string[]) =>
  texts
    .flatMap((text) => [...text.matchAll(PAST_YEAR)].map(([, year]) => Number(year)))
    .reduce((latest, year) => Math.max(latest, year), 0)

/** The year with most weight, when that is enough and no other has as much. */
function elect(
  votes: readonly YearVote[],
  earliest: number,
): { year: number; reasons: string[] } | null {
  const possible = votes.filter(({ year }) => year >= earliest)
  const [first, second] = [...Map.groupBy(possible, ({ year }) => year)]
    .map(([year, own]) => ({
      year,
      weight: own.reduce((sum, { weight }) => sum + weight, 0),
      reasons: [...new Set(own.map(({ reason }) => reason))].slice(0, REASONS),
    }))
    .toSorted((a, b) => b.weight - a.weight)
  return first && first.weight >= ENOUGH && first.weight > (second?.weight ?? 0) ? first : null
}
