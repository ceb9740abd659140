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

/** The entries that agree with all filters; beside each choice stands how many it leaves of what the other filters leave. */
export function browse(entries: readonly Entry[], { place, month, topic }: Filters): Browsed {
  const year = month.slice(0, YEAR)
  const left: Entry[] = []
  const [places, months, topics] = [new Counts(), new Counts(), new Counts()]
  for (const entry of entries) {
    const inPlace = place.every((name, i) => entry.place[i] === name)
    const inMonth = isIn(entry.date, month)
    const onTopic = topic === '' || entry.topics.includes(topic)
    if (inPlace && inMonth && onTopic) {
      left.push(entry)
      places.add(entry.place[place.length])
    }
    if (inPlace && onTopic && isIn(entry.date, year))
      months.add(entry.date?.slice(0, year === '' ? YEAR : MONTH))
    if (inPlace && inMonth) for (const one of entry.topics) topics.add(one)
  }
  return {
    entries: left,
    places: places.mostFirst(),
    months: months.choices().toSorted((a, b) => (a.value < b.value ? 1 : -1)),
    topics: topics.mostFirst(),
  }
}

const YEAR = 'YYYY'.length
const MONTH = 'YYYY-MM'.length

const isIn = (date: string | null, month: string) =>
  month === '' || date === month || (date?.startsWith(`${month}-`) ?? false)

// Made at the start: the first takes long.
const collator = new Intl.Collator('zh')

class Counts {
  readonly #counts = new Map<string, number>()

  add(value: string | undefined): void {
    if (value !== undefined) this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1)
  }

  choices(): Choice[] {
    return Array.from(this.#counts, ([value, count]) => ({ value, count }))
  }

  mostFirst(): Choice[] {
    return this.choices().toSorted(
      (a, b) => b.count - a.count || collator.compare(a.value, b.value),
    )
  }
}
