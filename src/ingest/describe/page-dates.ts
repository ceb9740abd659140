import type { Article } from '../../corpus.ts'
import type { Item, Segmented } from '../item.ts'

type ArticleDate = Article['date']

const NO_DATE: ArticleDate = { value: null, printed: null, inferred: false, reason: null }

/** Weight from which a year counts as proved. */
const ENOUGH = 1.5
const MASTHEAD_DATE = /(\d{4})年(\d{1,2})月(\d{1,2})日/u
const ISSUE = /^(\d{4})[.．](\d{1,2})$|^(\d{4})年第(\d{1,2})期$/u
const LEAD_LENGTH = 260

/** Party congresses: articles look forward to one before, and study its spirit after it. */
const CONGRESSES: readonly { name: string; year: number; month: number }[] = [
  { name: '十八大', year: 2012, month: 11 },
  { name: '十九大', year: 2017, month: 10 },
  { name: '二十大', year: 2022, month: 10 },
  { name: '二十一大', year: 2027, month: 10 },
]

interface YearVote {
  readonly year: number
  readonly weight: number
  readonly reason: string
}

/** The date of a page's items: as printed, else from what its articles say together. */
export function dateOfPage(page: Segmented): ArticleDate {
  return printedDate(page) ?? inferDate(page.items) ?? NO_DATE
}

function printedDate({ furniture }: Segmented): ArticleDate | null {
  for (const { text } of furniture) {
    const day = MASTHEAD_DATE.exec(text.text)
    if (day)
      return { value: iso(day[1], day[2], day[3]), printed: day[0], inferred: false, reason: null }
    const issue = ISSUE.exec(text.text)
    if (issue?.[1])
      return { value: iso(issue[1], issue[2]), printed: text.text, inferred: false, reason: null }
  }
  return null
}

const iso = (...parts: (string | number | undefined)[]) =>
  parts.map((part, i) => String(part).padStart(i === 0 ? 4 : 2, '0')).join('-')

function inferDate(items: readonly Item[]): ArticleDate | null {
  const leads = leadDates(items)
  const last = leads.at(-1)
  const votes = items.flatMap((item) => yearVotes(textOf(item), last?.month))
  const year = elect(votes, latestPast(items))
  if (!year) return null
  const reason = `${year.reasons.join('；')}，故定为${year.year}年${last ? `；各篇导语中最晚的日期是${last.month}月${last.day}日` : ''}（推断）`
  return {
    value: last ? iso(year.year, last.month) : String(year.year),
    printed: null,
    inferred: true,
    reason,
  }
}

const textOf = (item: Item) => item.body.map(({ text }) => text).join('\n')

/** Days named in leads without a year, earliest first. */
function leadDates(items: readonly Item[]): { month: number; day: number }[] {
  const dates = items
    .filter(({ kind }) => kind !== 'table')
    .flatMap((item) => [
      ...textOf(item)
        .slice(0, LEAD_LENGTH)
        .matchAll(/(?<![\d年])(\d{1,2})月(\d{1,2})日/gu),
    ])
    .map(([, month, day]) => ({ month: Number(month), day: Number(day) }))
    .filter(({ month, day }) => month >= 1 && month <= 12 && day <= 31)
  return dates.toSorted((a, b) => a.month - b.month || a.day - b.day)
}

/** The latest year that is told of as past or present. */
function latestPast(items: readonly Item[]): number {
  let latest = 0
  for (const item of items)
    for (const [, year] of textOf(item).matchAll(/(?<![\d到至—-]|力争|预计)((?:19|20)\d\d)年/gu))
      latest = Math.max(latest, Number(year))
  return latest
}

function yearVotes(text: string, month: number | undefined): YearVote[] {
  const votes: YearVote[] = []
  const vote = (year: number, weight: number, reason: string) =>
    votes.push({ year, weight, reason })
  for (const [said, year] of text.matchAll(/截至((?:20)\d\d)年\d{1,2}月|((?:20)\d\d)年以来/gu))
    vote(Number(year ?? said.slice(0, 4)), 1, `文中有“${said}”`)
  for (const [, sentence] of text.matchAll(/([^。！？\n]+)[。！？\n]?/gu)) {
    const event =
      /(?<!\d)\d{1,2}月\d{1,2}日[^。]*?(?:举行|举办|召开|开展|启动)了?(20\d\d)年[^，。]{0,12}(?:演练|大会|会议|活动|比赛|大赛|论坛|仪式|培训)/u.exec(
        sentence!,
      )
    if (event)
      vote(Number(event[1]), 2, `文中的活动名为“${event[0].slice(event[0].indexOf(event[1]!))}”`)
  }
  const since = /(20\d\d)年(?:上半年|下半年|初|底|\d{1,2}月)?[^]{0,160}?(?<!\d)(\d)年来/u.exec(text)
  if (since) vote(Number(since[1]) + Number(since[2]), 1.5, `“${since[1]}年”至今“${since[2]}年来”`)
  const full = fullYear(text)
  if (full) vote(full + 1, 2, `文中“${full}年”为上一个完整年度，与“今年”并列`)
  for (const { name, year, month: held } of CONGRESSES) {
    if (new RegExp(`(?:喜迎|迎接|为)党的${name}(?:的?胜利)?召开`, 'u').test(text))
      vote(year, month === undefined || month <= held ? 2 : 0, `党的${name}尚未召开`)
    else if (
      new RegExp(`党的${name}精神`, 'u').test(text) &&
      /宣讲/u.test(text) &&
      month !== undefined
    )
      vote(month >= held ? year : year + 1, 1.5, `正在宣讲党的${name}精神`)
  }
  return votes
}

/** The last year whose figures stand beside this year's. */
function fullYear(text: string): number | null {
  if (!/今年/u.test(text)) return null
  const years = [...text.matchAll(/(?<![\d至到—-])(20\d\d)年[，,]/gu)].map(([, year]) =>
    Number(year),
  )
  return years.length > 0 ? Math.max(...years) : null
}

function elect(
  votes: readonly YearVote[],
  least: number,
): { year: number; reasons: string[] } | null {
  const sums = new Map<number, { weight: number; reasons: string[] }>()
  for (const { year, weight, reason } of votes) {
    if (year < least) continue
    const sum = sums.get(year) ?? { weight: 0, reasons: [] }
    sum.weight += weight
    if (!sum.reasons.includes(reason) && weight > 0) sum.reasons.push(reason)
    sums.set(year, sum)
  }
  const [first, second] = [...sums].toSorted((a, b) => b[1].weight - a[1].weight)
  if (!first || first[1].weight < ENOUGH || (second && second[1].weight >= first[1].weight))
    return null
  return { year: first[0], reasons: first[1].reasons.slice(0, 3) }
}
