import { z } from 'zod'

/** A feature's weight for each standard deviation from its mean, both as they were when it was learned. */
const Weight = z.object({ weight: z.number(), mean: z.number(), deviation: z.number().positive() })

/** A linear model over named features, as a weights file has it. */
export const Linear = z.object({ bias: z.number(), features: z.record(z.string(), Weight) })
export type Linear = z.infer<typeof Linear>

/** Gives a model's score for features in the order of `names`; what it has no weight for counts nothing. */
export function scorer(
  { bias, features }: Linear,
  names: readonly string[],
): (values: ArrayLike<number>) => number {
  const known = names.flatMap((name, i) => {
    const weight = features[name]
    return weight ? [{ i, factor: weight.weight / weight.deviation, mean: weight.mean }] : []
  })
  return (values) =>
    known.reduce((score, { i, factor, mean }) => score + factor * (values[i]! - mean), bias)
}

export function probability(score: number): number {
  return 1 / (1 + Math.exp(-score))
}

/** Shares of one for scores, the greater the more (softmax). */
export function shares(scores: readonly number[]): number[] {
  const top = Math.max(...scores)
  const powers = scores.map((score) => Math.exp(score - top))
  const total = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => power / total)
}
