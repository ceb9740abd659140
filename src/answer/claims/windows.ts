import { bigrams } from '../../language/content.ts'
import { remember } from '../../language/remember.ts'
import { sentences } from '../../language/sentences.ts'
import type { Sentence } from '../context/context.ts'

/** Sentences of an article one after the other, with which a claim is compared. */
export type Window = readonly Sentence[]

/** So many stretches are compared letter by letter; the sentence meant is among the first two or three. */
const CLOSEST = 8
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
      const shared = own.map(({ text }) => [...bigramsOf(text)].filter((pair) => wanted.has(pair)))
      return own.flatMap((sentence, i) =>
        shared[i]!.length === 0
          ? []
          : {
              window: own.slice(i, i + size),
              shared: new Set(shared.slice(i, i + size).flat()).size,
              first: shared[i]!.length,
              length: sentence.text.length,
            },
      )
    })
    .toSorted((a, b) => b.shared - a.shared || b.first - a.first || a.length - b.length)
    .slice(0, CLOSEST)
    .map(({ window }) => window)
}
