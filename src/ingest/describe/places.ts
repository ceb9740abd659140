import { findPlaces, gazetteer } from '../../language/places.ts'
import type { Place } from '../../language/places.ts'
import type { Item } from '../item.ts'

/** Characters of an item's beginning and of a page in which places are looked for. */
const OPENING = 300
const SAMPLE = 6000
/** Within so many characters of its beginning an article says where it plays. */
const LEAD = 120
/** Times a county must be named in an article that does not open with it. */
const OFTEN = 3
/** Most counties that an article about one of them names. */
const FEW = 4
const LOCAL = /[我本全]市|市[委政]|本报/u

/** The city a page's paper belongs to: the one that it and its counties are named most; empty when none is. */
export function cityOfPage(items: readonly Item[]): readonly string[] {
  const openings = items.map((item) => `${titleOf(item)}\n${bodyOf(item).slice(0, OPENING)}`)
  const text = openings.join('\n').slice(0, SAMPLE)
  if (!LOCAL.test(text)) return []
  return mostNamedCity(text) ?? mostNamedCity(items.map(bodyOf).join('\n').slice(0, SAMPLE)) ?? []
}

/** The city named most, with its counties, at least twice and more than any other. */
function mostNamedCity(text: string): readonly string[] | undefined {
  const cities = findPlaces(text).flatMap(({ places }) => {
    const path = places[0]!.path.slice(0, 2)
    return path.length === 2 ? [path] : []
  })
  const [first, second] = byFrequency(cities, (path) => path.join())
  return first && first.length >= 2 && first.length > (second?.length ?? 0) ? first[0] : undefined
}

const titleOf = ({ kicker, headline, subtitle }: Item) =>
  [kicker, headline, subtitle].map((part) => part?.text ?? '').join(' ')

const bodyOf = ({ body }: Item) => body.map(({ text }) => text).join('\n')

/** Groups of equal values, the largest first. */
function byFrequency<T>(values: readonly T[], key: (value: T) => unknown): T[][] {
  return [...Map.groupBy(values, key).values()].toSorted((a, b) => b.length - a.length)
}

/**
 * Where an item plays, from broad to narrow: the page's city, and the county of it that the item is
 * plainly about; without a city, the place its headline or its lead names most.
 */
export function placeOf(item: Item, city: readonly string[]): string[] {
  const title = titleOf(item)
  const body = bodyOf(item)
  if (city.length === 0) return [...(mostNamed(title) ?? mostNamed(body.slice(0, LEAD)) ?? [])]
  const county = countyInTitle(title, city) ?? countyInBody(body, city)
  return county ? [...county.path] : [...city]
}

/**
 * Where one document or web page plays: what its title names, else who issued it, else the city and
 * county that its text is about.
 */
export function placeOfDocument(
  item: Item,
  issuer: string | null,
  city: readonly string[],
): string[] {
  const named = mostNamed(titleOf(item)) ?? mostNamed(issuer ?? '')
  return [...(named ?? placeOf(item, city))]
}

/** A place as written in one phrase, from broad to narrow; the phrase itself when nothing in it is known. */
export function readPlace(written: string): string[] {
  const paths = findPlaces(written).map(({ places }) => places[0]!.path)
  return [...(paths.toSorted((a, b) => b.length - a.length)[0] ?? [written])]
}

/** The place that a text names most, if any. */
function mostNamed(text: string): readonly string[] | undefined {
  const paths = findPlaces(text).map(({ places }) => places[0]!.path)
  return byFrequency(paths, (path) => path.join())[0]?.[0]
}

function countyInTitle(title: string, city: readonly string[]): Place | undefined {
  const named = countiesOf(city).filter((county) => mentions(title, county).length > 0)
  return named.length === 1 ? named[0] : undefined
}

function countyInBody(body: string, city: readonly string[]): Place | undefined {
  const named = countiesOf(city)
    .map((county) => ({ county, at: mentions(body, county) }))
    .filter(({ at }) => at.length > 0)
    .toSorted((a, b) => b.at.length - a.at.length)
  const [first, second] = named
  if (!first || named.length > FEW || !(first.at[0]! < OPENING)) return undefined
  const opens = first.at[0]! < leadEnd(body) && saysWhere(body.slice(0, first.at[0]))
  if (opens && named.length <= 2) return first.county
  const often = first.at.length >= OFTEN && first.at.length > (second?.at.length ?? 0) * 2
  return often ? first.county : undefined
}

const leadEnd = (body: string) => Math.min(LEAD, body.indexOf('\n') < 0 ? LEAD : body.indexOf('\n'))

/** Whether a text ends where a sentence goes on to say where it plays. */
const saysWhere = (before: string) => /(?:^|[，,。”"\n]|[在到于]|走进|来到)$/u.test(before)

const countiesOf = ([province, city]: readonly string[]) =>
  gazetteer().places.filter(
    ({ path }) => path.length === 3 && path[0] === province && path[1] === city,
  )

/** Where a text names a county. A name that is its city's too (濮阳) means the county only in full. */
function mentions(text: string, { names, name, path }: Place): number[] {
  const own = names.filter((n) => n === name || !path[1]!.startsWith(n))
  const longest = own.filter((n) => !own.some((other) => other !== n && n.startsWith(other)))
  return longest.flatMap((n) => allAt(text, n)).toSorted((a, b) => a - b)
}

function allAt(text: string, word: string): number[] {
  const found: number[] = []
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) found.push(at)
  return found
}
