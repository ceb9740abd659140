/** The file that holds all of the picker's models. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { Linear } from '../../../learn/linear.ts'
import { Boosted } from '../../../learn/trees.ts'

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
  likely: Boosted,
  /** Whether a further sentence brings what those told lack: the probability. */
  more: Linear,
  /** Whether a clause of a chosen sentence belongs to the answer: the probability. */
  clause: Linear,
  /** From which probability on; characters up to which a sentence is told whole. */
  thresholds: z.object({
    likely: z.number(),
    /** The share of the question from which on a sentence and its article come near it. */
    near: z.number(),
    more: z.number(),
    clause: z.number(),
    whole: z.int(),
  }),
})
export type Weights = z.infer<typeof Weights>

/** The weights that were learned. Read when they are asked for: learning must not need them. */
export function readWeights(): Weights {
  return Weights.parse(JSON.parse(readFileSync(new URL('weights.json', import.meta.url), 'utf8')))
}
