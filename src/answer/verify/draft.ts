import { z } from 'zod'
import type { NoticeKind } from '../../corpus.ts'

/** Words of a passage, by the label it was sent under: passages are labelled from 1. */
const Evidence = z.object({ label: z.int(), quote: z.string() })
export type Evidence = z.infer<typeof Evidence>

const Evidenced = z.object({ text: z.string(), evidence: z.array(Evidence) })
export type Evidenced = z.infer<typeof Evidenced>

/** What a language model returns under the schema `answer`: material to be verified. */
export const ModelDraft = z.object({
  status: z.enum(['answered', 'partial', 'not_found']),
  statements: z.array(Evidenced),
  missing: z.array(z.string()),
  premise: Evidenced.nullable(),
})
export type ModelDraft = z.infer<typeof ModelDraft>

/** A notice before it was verified; its text is the program's own, but for what it quotes. */
export interface DraftNotice extends Evidenced {
  readonly kind: Exclude<NoticeKind, 'premise'>
}

/** An answer before it was verified, whoever wrote it; statements and notices best first. */
export interface Draft extends ModelDraft {
  readonly notices?: readonly DraftNotice[]
}
