import { asksNow } from '../retrieval/asks-now.ts'
import type { Sentence } from './context/context.ts'
import { type Best, bestOf, bestWithin } from './pick-again.ts'
import type { PickByWords } from './pick/words-pick.ts'
import { type Picks } from './picks.ts'
import { bySentence } from './tell/tell.ts'
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
        (one) => placeNameAt('city', placeOf(one)) === city && isNewer(one.sentences[0]!, sentence),
      )
      const next = bestWithin(newer, request, { pick, first })
      if (!next) break
      found.unshift(next)
    }
    const statements =
      found.length > 1
        ? [found[0]!.pieces, first.pieces]
        : inDateOrder(all.picks.statements, request.context)
    return { ...all, picks: { ...all.picks, statements } }
  }
}

/** Whether an article is surely newer than another: of 2022 and 2022年10月 neither is. */
function isNewer(one: Sentence, other: Sentence): boolean {
  const [value, than] = [one.passage.date.value, other.passage.date.value]
  return value !== null && than !== null && value > `${than}-99`
}

/** Statements by the dates of their articles, the newest first, those of one article as they were; the undated last. */
function inDateOrder(
  statements: Picks['statements'],
  context: Parameters<typeof bySentence>[1],
): Picks['statements'] {
  const dated = statements.map((pieces) => {
    const sentence = bySentence([pieces], context).keys().next().value
    return { pieces, date: sentence?.passage.date.value ?? '' }
  })
  return dated.toSorted((a, b) => b.date.localeCompare(a.date)).map(({ pieces }) => pieces)
}
