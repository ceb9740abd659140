import { z } from 'zod'
import { Kind } from './corpus.ts'

/** What a person says that an article is, or where it begins and ends, against what was read. */
export const Correcting = z.discriminatedUnion('what', [
  // Empty: it has none.
  z.object({ what: z.literal('headline'), value: z.string() }),
  z.object({ what: z.literal('kind'), value: Kind }),
  z.object({ what: z.literal('date'), value: z.string().regex(/^\d{4}(?:-\d\d){0,2}$/u) }),
  z.object({ what: z.literal('place'), value: z.string().min(1) }),
  // An article begins at the words: with its text, or with its headline.
  z.object({ what: z.literal('split'), value: z.enum(['text', 'headline']) }),
  // Goes on with the article that begins with these words.
  z.object({ what: z.literal('join'), value: z.string().min(1) }),
])
export type Correcting = z.infer<typeof Correcting>

/**
 * Where a correction belongs: to one text of its source, by the line or row of data that it stands on,
 * and in that text where the words stand. They are found again in a file that was changed; of several
 * places with the same words the one `near` this offset.
 */
export const Anchor = z.object({
  line: z.int().positive().nullable().default(null),
  words: z.string().min(1),
  near: z.int().nonnegative(),
})
export type Anchor = z.infer<typeof Anchor>

const Made = z.object({
  id: z.string(),
  source: z.string(),
  by: z.string(),
  /** When, in ISO 8601. */
  at: z.string(),
})

/** What is corrected in a source, where, by whom and when. */
export const Correction = Made.and(Anchor).and(Correcting)
export type Correction = z.infer<typeof Correction>

/** What is noted of an article that staff corrected. */
export const BY_STAFF: Readonly<Record<Correction['what'], string>> = {
  headline: '标题由工作人员校正',
  kind: '类别由工作人员校正',
  date: '日期由工作人员校正',
  place: '地点由工作人员校正',
  split: '由工作人员从上一篇拆出',
  join: '由工作人员与下一篇合并',
}

const ALL: ReadonlySet<string> = new Set(Object.values(BY_STAFF))

/** Whether a note says that, and no doubt. */
export const isByStaff = (note: string): boolean => ALL.has(note)
