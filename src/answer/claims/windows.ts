import { bigrams, overlap } from '../../language/content.ts'
import { remember } from '../../language/remember.ts'
import { sentences } from '../../language/sentences.ts'
import type { Sentence } from '../context/context.ts'

/** Sentences of an article one after the other, with which a claim is compared. */
export type Window = readonly Sentence[]

/** So many stretches are compared letter by letter; the sentence meant is among the first two or three. */
const CLOSEST = 6
/** A claim is of a sentence or two; what is longer is compared with as many as it has, up to so many. */
const [FEWEST, MOST] = [2, 8]

const bigramsOf = remember(bigrams)

/** The stretches that share the most with a claim, the closest first. `articles` are in reading order. */
export function closestWindows(
  claim: string,
  articles: readonly (readonly Sentence[])[],
): readonly Window[] {
  const wanted = bigrams(claim)
  const size = Math.min(MOST, Math.max(FEWEST, sentences(claim).length))
  return articles
    .flatMap((own) => {
      const shared = own.map(({ text }) => overlap(wanted, bigramsOf(text)))
      return own.map((_, i) => ({
        window: own.slice(i, i + size),
        shared: shared.slice(i, i + size).reduce((sum, n) => sum + n, 0),
        // Of stretches that share as much, the one that begins with what is shared.
        first: shared[i]!,
      }))
    })
    .filter(({ first }) => first > 0)
    .toSorted((a, b) => b.shared - a.shared || b.first - a.first)
    .slice(0, CLOSEST)
    .map(({ window }) => window)
}
