import { clipped } from './clip.ts'
import type { FacetScores } from './select.ts'
import { type SentencesOf, type Stretch } from './stretch.ts'

/** Less of the question's words than this, and a sentence comes nowhere near. */
const NEAR = 0.3
/** In characters: a longer sentence is told in part. */
const LENGTH = 90
const SHORTEST = 8

/** What the articles do say next to a question that they do not answer: a sentence, or the best of it. */
export function nearest(facets: readonly FacetScores[], sentences: SentencesOf): Stretch | null {
  const [best] = facets
    .flatMap(({ facet, scored }) => scored.slice(0, 1).map((s) => ({ ...s, facet })))
    .toSorted((a, b) => b.coverage - a.coverage)
  if (!best || best.coverage < NEAR || best.candidate.text.length < SHORTEST) return null
  const { candidate, facet } = best
  // A heading is one candidate with what it heads.
  const [whole] = sentences(candidate.passage)
    .filter(({ start, end }) => start < candidate.end && candidate.start < end)
    .toSorted((a, b) => b.text.length - a.text.length)
  return whole && whole.text.length <= LENGTH ? whole : clipped(candidate, facet, LENGTH)
}
