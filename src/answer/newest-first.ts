import { asksNow } from '../retrieval/asks-now.ts'
import type { ContextArticle } from './context/context.ts'
import { type Best, bestOf, bestWithin, inFront } from './pick-again.ts'
import type { PickByWords } from './pick/words-pick.ts'
import { isNewer } from './printed.ts'
import { placeNameAt, placeOf } from './which-place.ts'

/**
 * A picker that answers how things stand now, and who holds an office, from the newest article that
 * answers it; what it would have told of an older one comes behind.
 */
export function newestFirst(pick: PickByWords): PickByWords {
  return (request) => {
    const all = pick(request)
    const first = bestOf(all, request)
    if (!first || !asksNow(request.standalone)) return all
    const city = placeNameAt('city', first.sentence.passage)
    const found: Best[] = [first]
    for (;;) {
      const { sentence } = found[0]!
      const newer = request.context.articles.filter(
        (one) =>
          placeNameAt('city', placeOf(one)) === city &&
          isNewer(dateOf(one), sentence.passage.date.value),
      )
      const next = bestWithin(newer, request, { pick, first })
      if (!next) break
      found.unshift(next)
    }
    if (found.length === 1) return all
    return {
      ...all,
      picks: { ...all.picks, statements: inFront([found[0]!, first], all, request) },
    }
  }
}

/** An article's passages share its date. */
const dateOf = ({ sentences }: ContextArticle) => sentences[0]?.passage.date.value ?? null
