import type { Citation } from '../../corpus.ts'
import type { Place } from './place.ts'
import { spansWithin } from './quotes.ts'

/** Numbers citations from 1 in order of use; a quote within another of the same passage is the same citation. */
export function citer() {
  const places: Place[] = []
  const holds = (a: Place, b: Place) =>
    a.passage.id === b.passage.id && a.start <= b.start && a.end >= b.end
  const numberOf = (place: Place): number => {
    const at = places.findIndex((known) => holds(known, place))
    if (at >= 0) return at + 1
    const within = places.findIndex((known) => holds(place, known))
    if (within >= 0) {
      places[within] = place
      return within + 1
    }
    return places.push(place)
  }
  return {
    all: (used: readonly Place[]): number[] => [...new Set(used.map(numberOf))],
    citations: (): Citation[] => places.map((place, i) => citation(place, i + 1)),
  }
}

/** A quote as it is shown, with the number it is cited by. */
export function citation({ passage, start, end }: Place, n: number): Citation {
  return {
    n,
    articleId: passage.articleId,
    passageId: passage.id,
    source: passage.source,
    headline: passage.headline,
    publication: passage.publication,
    date: passage.date,
    place: passage.place,
    url: passage.url,
    quote: passage.text.slice(start, end),
    spans: spansWithin(passage, start, end),
  }
}
