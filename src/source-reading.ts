import { z } from 'zod'
import { SourceKind } from './corpus.ts'

/** What is to be looked at of an article: what was unsure of it, and what of it is written for machines. */
const Doubt = z.object({
  n: z.number(),
  headline: z.string().nullable(),
  notes: z.array(z.string()),
  planted: z.array(z.string()),
})
export type Doubt = z.infer<typeof Doubt>

/** What a source was read as, and what is to be looked at of it. */
export const SourceReading = z.object({
  kind: SourceKind,
  reason: z.string(),
  /** How many it prints, those of others too. */
  articles: z.number(),
  /** What was unsure of its texts as a whole, in Chinese. */
  notes: z.array(z.string()),
  doubts: z.array(Doubt),
})
export type SourceReading = z.infer<typeof SourceReading>

/** A source as it was read last: where its file lies, what it was read as, and what could not be read. */
export interface ReadSource {
  readonly source: string
  readonly path: string
  /** Null of one that an older version read, or that is to be read again. */
  readonly reading: Readonly<SourceReading> | null
  /** A sentence for each line that could not be read, and each correction that found no place. */
  readonly problems: readonly string[]
}
