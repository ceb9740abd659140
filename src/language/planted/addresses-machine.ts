import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { Boosted, boostedProbability } from '../../learn/trees.ts'
import { CERTAIN, FEATURES, look } from './patterns.ts'

export const OrderWeights = z.object({
  /** From what it was learned, when, and how well it does on what was held out. */
  about: z.record(z.string(), z.union([z.string(), z.number()])),
  /** As likely as this a sentence is taken for an order. */
  threshold: z.number(),
  model: Boosted,
})
export type OrderWeights = z.infer<typeof OrderWeights>

const { threshold, model } = OrderWeights.parse(
  JSON.parse(readFileSync(new URL('weights.json', import.meta.url), 'utf8')),
)

/** How likely a sentence is an order, by what was seen in it. */
export const likelyBy = (weights: Boosted) => {
  const likely = boostedProbability(weights, FEATURES)
  return (seen: Uint8Array) => (certain.some((i) => seen[i] === 1) ? 1 : likely(seen))
}
const certain = CERTAIN.map((name) => FEATURES.indexOf(name))
const likely = likelyBy(model)

/** Characters that are looked at together: longer stretches without a stop are no sentence. */
const LONGEST = 400

/**
 * How likely it is that a sentence speaks to a machine that reads it, or orders what to answer, however
 * it is masked. About machines, and to people, a paper may write as it likes.
 */
export function orderLikely(sentence: string): number {
  let most = 0
  for (let at = 0; at < sentence.length; at += LONGEST) {
    const seen = look(sentence.slice(at, at + LONGEST))
    if (seen) most = Math.max(most, likely(seen))
  }
  return most
}

/** Whether a sentence is taken for one that speaks to a machine. */
export const addressesMachine = (sentence: string) => orderLikely(sentence) >= threshold
