/** A reason to take a year for the one in which a text was printed. */
export interface YearVote {
  readonly year: number
  readonly weight: number
  /** In Chinese, for readers. */
  readonly reason: string
}

/** Party congresses and plenary sessions: texts look forward to one before it and study its spirit after it. */
const CONGRESSES: readonly {
  readonly name: string
  readonly year: number
  readonly month: number
}[] = [
  { name: '十八大', year: 2012, month: 11 },
  { name: '十九大', year: 2017, month: 10 },
  { name: '十九届四中全会', year: 2019, month: 10 },
  { name: '十九届五中全会', year: 2020, month: 10 },
  { name: '十九届六中全会', year: 2021, month: 11 },
  { name: '二十大', year: 2022, month: 10 },
  { name: '二十届三中全会', year: 2024, month: 7 },
  { name: '二十届四中全会', year: 2025, month: 10 },
  { name: '二十一大', year: 2027, month: 10 },
]

const EVENT =
  /(?<!\d)\d{1,2}月\d{1,2}日[^。！？\n]{0,80}?(?:举行|举办|召开|开展|启动)了?((20\d\d)年[^，。、]{0,12}?(?:演练|大会|会议|活动|比赛|大赛|论坛|仪式|培训))/gu
const UP_TO_NOW = /截至(20\d\d)年\d{1,2}月|(20\d\d)年以来/gu
const SINCE = /(20\d\d)年(?:上半年|下半年|初|底|\d{1,2}月)?[^]{0,160}?(?<![\d至到—-])(\d)年来/u
/** A year before what was done in it; 2026年，我们将 is still to come. */
const YEAR_OF_FIGURES =
  /(?<![\d至到—-])(20\d\d)年[，,](?![^。；]{0,20}(?:将|要|拟|计划|力争|预计|争取|确保|目标))/gu

/** All reasons that a text gives; `month` is that of the page's latest day, if it names one. */
export function yearVotes(text: string, month: number | undefined): YearVote[] {
  return [
    ...[...text.matchAll(EVENT)].map(([, event, year]) =>
      vote(year, 2, `文中的活动名为“${event}”`),
    ),
    ...[...text.matchAll(UP_TO_NOW)].map(([said, now, since]) =>
      vote(now ?? since, 1, `文中有“${said}”`),
    ),
    ...sinceVotes(text),
    ...lastYearVotes(text),
    ...congressVotes(text, month),
  ]
}

const vote = (year: string | number | undefined, weight: number, reason: string): YearVote => ({
  year: Number(year),
  weight,
  reason,
})

/** 2016年下半年 … 4年来 */
function sinceVotes(text: string): YearVote[] {
  const [, from, years] = SINCE.exec(text) ?? []
  if (!from) return []
  return [vote(Number(from) + Number(years), 1.5, `文中从“${from}年”说到“${years}年来”`)]
}

/** Figures of a whole year beside those of this year: the year is the one before. */
function lastYearVotes(text: string): YearVote[] {
  if (!text.includes('今年')) return []
  const years = [...text.matchAll(YEAR_OF_FIGURES)].map(([, year]) => Number(year))
  if (years.length === 0) return []
  const last = years.reduce((latest, year) => Math.max(latest, year))
  return [vote(last + 1, 1.5, `文中“${last}年”为上一个完整年度，与“今年”并列`)]
}

/** A congress still ahead is sure; lectures on its spirit are given in the months after it. */
function congressVotes(text: string, month: number | undefined): YearVote[] {
  return CONGRESSES.flatMap(({ name, year, month: held }) => {
    if (new RegExp(`(?:喜迎|迎接|为)党的${name}(?:的?胜利)?召开`, 'u').test(text))
      return month === undefined || month <= held ? [vote(year, 2, `党的${name}尚未召开`)] : []
    if (month === undefined || !text.includes('宣讲') || !text.includes(`党的${name}精神`))
      return []
    return [vote(month >= held ? year : year + 1, 1.5, `正在宣讲党的${name}精神`)]
  })
}
