/** Why a sentence was told and others nearly: what each feature brought. */
import { z } from 'zod'
import type { Answer } from '../../../corpus.ts'
import type { Linear } from '../../../learn/linear.ts'
import type { Candidate } from './choose.ts'
import { FEATURE_NAMES } from './features.ts'

/** Why a sentence was told, or nearly. */
const Considered = z.object({
  articleId: z.string(),
  passageId: z.string(),
  text: z.string(),
  /** Where it stands in its passage's text. */
  start: z.number(),
  end: z.number(),
  told: z.boolean(),
  /** How it compares with the others, and its part of what all are worth. */
  score: z.number(),
  share: z.number(),
  /** What each feature is, and what it brought to the score, the greatest first. */
  features: z.array(z.object({ name: z.string(), value: z.number(), brought: z.number() })),
})
export type Considered = z.infer<typeof Considered>

/** What an answer's trace says of why, where it was asked for; and how likely anything answers. */
export function consideredIn({ trace = [] }: Pick<Answer, 'trace'>): {
  readonly probability: number | null
  readonly considered: readonly Considered[]
} {
  const words = trace.findLast(({ stage }) => stage === 'words')
  return {
    probability: z.number().nullable().catch(null).parse(words?.['probability']),
    considered: z.array(Considered).catch([]).parse(words?.['explain']),
  }
}

/** Told and nearly told sentences to explain. */
const EXPLAINED = 5

/** What was told first, then what came next. */
export function explained(
  candidates: readonly Candidate[],
  told: readonly Candidate[],
  { features }: Linear,
): Considered[] {
  const nearly = candidates.filter((one) => !told.includes(one))
  const shown = [...told, ...nearly].slice(0, Math.max(EXPLAINED, told.length))
  return shown.map((one) => ({
    articleId: one.seen.sentence.passage.articleId,
    passageId: one.seen.sentence.passage.id,
    text: one.seen.sentence.text,
    start: one.seen.sentence.start,
    end: one.seen.sentence.end,
    told: told.includes(one),
    score: one.score,
    share: one.share,
    features: FEATURE_NAMES.flatMap((name, i) => {
      const weight = features[name]
      const value = one.values[i]!
      if (!weight) return []
      return [{ name, value, brought: (weight.weight * (value - weight.mean)) / weight.deviation }]
    }).toSorted((a, b) => Math.abs(b.brought) - Math.abs(a.brought)),
  }))
}
