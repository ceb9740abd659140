/** A linear model over named features, and the file that holds all of the picker's. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** A feature's weight for each standard deviation from its mean, both as they were when it was learned. */
const Weight = z.object({ weight: z.number(), mean: z.number(), deviation: z.number().positive() })

const Linear = z.object({ bias: z.number(), features: z.record(z.string(), Weight) })
export type Linear = z.infer<typeof Linear>

export const Weights = z.object({
  /** From what it was learned, when, and how well it did on what was held out. */
  about: z.object({
    made: z.string(),
    from: z.array(z.object({ questions: z.string(), asked: z.int(), unanswerable: z.int() })),
    heldOut: z.record(z.string(), z.record(z.string(), z.number())),
  }),
  /** Which sentence answers best: a softmax over the sentences of a context. */
  choice: Linear,
  /** Whether anything answers: the probability, from the best sentences. */
  likely: Linear,
  /** Whether a further sentence brings what those told lack: the probability. */
  more: Linear,
  /** Whether a clause of a chosen sentence belongs to the answer: the probability. */
  clause: Linear,
  /** From which probability on; characters up to which a sentence is told whole. */
  thresholds: z.object({
    likely: z.number(),
    /** Likely enough for the sentence that comes next to be of the topic. */
    near: z.number(),
    more: z.number(),
    clause: z.number(),
    whole: z.int(),
  }),
})
export type Weights = z.infer<typeof Weights>

export const WEIGHTS: Weights = Weights.parse(
  JSON.parse(readFileSync(new URL('weights.json', import.meta.url), 'utf8')),
)

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
