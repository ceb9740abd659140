import { unnamedPlace } from '../retrieval/asked-places.ts'
import { type Best, bestOf, bestWithin, inFront } from './pick-again.ts'
import type { PickByWords } from './pick/words-pick.ts'
import { placeNameAt, placeOf } from './which-place.ts'

/** A telephone's screen has room for so many. */
const PLACES = 3

/**
 * A picker that answers a question of 我市 for each city that the articles answer it for, with the best
 * sentence of each: nobody said which city is meant, and one alone would pass for it.
 */
export function ofEveryPlace(pick: PickByWords): PickByWords {
  return (request) => {
    const all = pick(request)
    const { context, standalone, retrieved } = request
    const { paths } = retrieved.understood.places
    const level = paths.length > 0 ? null : unnamedPlace(standalone)
    const first = bestOf(all, request)
    if (level === null || !first) return all
    const byPlace = Map.groupBy(context.articles, (one) => placeNameAt(level, placeOf(one)))
    const own = placeNameAt(level, first.sentence.passage)
    const best: Best[] = [first]
    for (const [name, articles] of byPlace) {
      if (best.length === PLACES) break
      if (name === '' || name === own) continue
      const next = bestWithin(articles, request, { pick, first })
      if (next) best.push(next)
    }
    if (best.length === 1) return all
    return { ...all, picks: { ...all.picks, statements: inFront(best, all, request) } }
  }
}
