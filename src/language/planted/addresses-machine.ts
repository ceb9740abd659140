import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { Boosted, boostedProbability } from '../../learn/trees.ts'
import { FEATURES, look } from './patterns.ts'

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
const likely = boostedProbability(model, FEATURES)

/**
 * Whether a sentence speaks to a machine that reads it, or orders what to answer, however it is
 * masked. About machines, and to people, a paper may write as it likes.
 */
export function addressesMachine(sentence: string): boolean {
  const seen = look(sentence)
  return seen !== undefined && likely(seen) >= threshold
}
