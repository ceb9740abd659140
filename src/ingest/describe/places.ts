import { findPlaces } from '../../gazetteer.ts'
import type { Place } from '../../gazetteer.ts'
import type { Item } from '../item.ts'

const SAMPLE = 20_000
const LEAD_LENGTH = 120
/** Times a county must be named in an article that does not open with it. */
const OFTEN = 3
const LOCAL = /[我本全]市|市[委政]|本报/u

/** The city a page's paper belongs to: the one that it and its counties are named most; empty when none is. */
export function cityOfPage(items: readonly Item[]): readonly string[] {
  const text = items.map((item) => wholeText(item)).join('\n')
  const votes = new Map<string, { path: readonly string[]; n: number }>()
  for (const { places } of findPlaces(text.slice(0, SAMPLE))) {
    const path = places[0]?.path.slice(0, 2)
    if (!path || path.length < 2) continue
    const key = path.join('/')
    const vote = votes.get(key) ?? { path, n: 0 }
    vote.n++
    votes.set(key, vote)
  }
  const [first, second] = [...votes.values()].toSorted((a, b) => b.n - a.n)
  if (!first || !LOCAL.test(text)) return []
  return first.n >= 2 && first.n > (second?.n ?? 0) ? first.path : []
}

const wholeText = (item: Item) =>
  [item.kicker, item.headline, item.subtitle, ...item.body, ...item.credits]
    .map((part) => part?.text ?? '')
    .join('\n')

/** Where an item plays, from broad to narrow: the page's city, and the county that the item is plainly about. */
export function placeOf(item: Item, city: readonly string[]): string[] {
  const title = [item.kicker, item.headline, item.subtitle]
    .map((part) => part?.text ?? '')
    .join(' ')
  const body = item.body.map(({ text }) => text).join('\n')
  if (city.length === 0) return [...(broadest(title) ?? broadest(body.slice(0, LEAD_LENGTH)) ?? [])]
  const county = countyOf(title, body, city)
  return county ? [...county.path] : [...city]
}

function broadest(text: string): readonly string[] | undefined {
  const counts = new Map<string, { path: readonly string[]; n: number }>()
  for (const { places } of findPlaces(text)) {
    const path = places[0]!.path
    const count = counts.get(path.join()) ?? { path, n: 0 }
    count.n++
    counts.set(path.join(), count)
  }
  return [...counts.values()].toSorted((a, b) => b.n - a.n)[0]?.path
}

function countyOf(title: string, body: string, city: readonly string[]): Place | undefined {
  const within = (text: string) =>
    findPlaces(text).flatMap(({ places, start, text: name }) => {
      const place = places.find(({ level, path }) => level === 'county' && path[1] === city[1])
      // A city's own name is a county's short name too (濮阳): only the full name means the county.
      return place && (places.length === 1 || name === place.name) ? [{ place, start }] : []
    })
  const titled = within(title)
  if (titled.length > 0)
    return new Set(titled.map(({ place }) => place)).size === 1 ? titled[0]!.place : undefined
  const named = within(body)
  const counts = Map.groupBy(named, ({ place }) => place)
  const [first, second] = [...counts].toSorted((a, b) => b[1].length - a[1].length)
  if (!first) return undefined
  const opening = named.find(
    ({ start, place }) => start < LEAD_LENGTH && place === first[0] && opensWithPlace(body, start),
  )
  if (opening && counts.size <= 2) return first[0]
  const often = first[1].length >= OFTEN && first[1].length > (second?.[1].length ?? 0) * 2
  return often && counts.size <= 4 ? first[0] : undefined
}

/** Whether the place stands where a sentence says where it plays. */
const opensWithPlace = (text: string, start: number) =>
  /(?:^|[，,。”"\n]|[在到于]|走进|来到)$/u.test(text.slice(0, start))
