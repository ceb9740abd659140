/** Orders sentences by how well they answer, and says what the best of them tell about the whole. */
import { FEATURE_NAMES } from './features.ts'
import type { Seen } from './look.ts'
import { shares } from './model.ts'

/** A sentence that was scored; `share` is its part of what all are worth. */
export interface Candidate {
  readonly seen: Seen
  readonly values: Float64Array
  readonly score: number
  readonly share: number
}

/** Best first; of equals the one that stands first. */
export function choose(
  seen: readonly Seen[],
  values: readonly Float64Array[],
  score: (values: Float64Array) => number,
): Candidate[] {
  const scores = values.map(score)
  const parts = shares(scores)
  return seen
    .map((one, i) => ({ seen: one, values: values[i]!, score: scores[i]!, share: parts[i]! }))
    .toSorted((a, b) => b.score - a.score)
}

/** So many of the best sentences say how likely an answer is. Measured: one alone refuses 2 in 100 fewer. */
const BEST = 3

export const LIKELY_NAMES: readonly string[] = [
  ...FEATURE_NAMES,
  'choice score',
  'choice lead',
  'choice share',
]

/** What the best sentences have, each by its share; and how clear the choice was. */
export function likelyValues(candidates: readonly Candidate[]): Float64Array {
  const best = candidates.slice(0, BEST)
  const total = best.reduce((sum, { share }) => sum + share, 0)
  const [first, second] = candidates
  const mean = FEATURE_NAMES.map((_, i) =>
    best.reduce((sum, { values, share }) => sum + (values[i]! * share) / total, 0),
  )
  const lead = first && second ? Math.min(CLEAR, first.score - second.score) : CLEAR
  return Float64Array.from([...mean, first?.score ?? 0, lead, first?.share ?? 0])
}

/** A greater lead says no more. */
const CLEAR = 3
