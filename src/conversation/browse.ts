import type { Entry } from './catalogue.ts'

/** What an article is to be of; a place is a path from broad to narrow, a month YYYY or YYYY-MM. */
export interface Filters {
  readonly place: readonly string[]
  readonly month: string
  readonly topic: string
}

/** A value that may be chosen, and how many articles are then left. */
export interface Choice {
  readonly value: string
  readonly count: number
}

export interface Browsed {
  /** In the order in which they came. */
  readonly entries: readonly Entry[]
  /** What is next below the place chosen: provinces, cities, counties. */
  readonly places: readonly Choice[]
  /** Years, newest first; once one is chosen its months. */
  readonly months: readonly Choice[]
  readonly topics: readonly Choice[]
}

type Test = (entry: Entry) => boolean

/** The entries that agree with all filters; beside each choice stands how many it leaves of what the other filters leave. */
export function browse(entries: readonly Entry[], filters: Filters): Browsed {
  const { place, month, topic } = filters
  const inPlace: Test = (entry) => place.every((name, i) => entry.place[i] === name)
  const inMonth: Test = ({ date }) => month === '' || isIn(date, month)
  const onTopic: Test = ({ topics }) => topic === '' || topics.includes(topic)
  const left = entries.filter((entry) => inPlace(entry) && inMonth(entry) && onTopic(entry))
  const year = month.slice(0, YEAR)
  return {
    entries: left,
    places: byCount(left.map((entry) => entry.place[place.length])),
    months: counted(
      entries
        .filter((entry) => inPlace(entry) && onTopic(entry) && isIn(entry.date, year))
        .map(({ date }) => date?.slice(0, year ? MONTH : YEAR)),
    ).toSorted((a, b) => (a.value < b.value ? 1 : -1)),
    topics: byCount(
      entries.filter((entry) => inPlace(entry) && inMonth(entry)).flatMap(({ topics }) => topics),
    ),
  }
}

const YEAR = 'YYYY'.length
const MONTH = 'YYYY-MM'.length

const isIn = (date: string | null, month: string) =>
  month === '' || date === month || (date?.startsWith(`${month}-`) ?? false)

function counted(values: readonly (string | undefined)[]): Choice[] {
  const counts = new Map<string, number>()
  for (const value of values) {
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return Array.from(counts, ([value, count]) => ({ value, count }))
}

const byCount = (values: readonly (string | undefined)[]) =>
  counted(values).toSorted((a, b) => b.count - a.count || a.value.localeCompare(b.value, 'zh'))
