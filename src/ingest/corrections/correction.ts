import { z } from 'zod'
import { GivenDate, Kind } from '../../corpus.ts'

/**
 * Where a correction belongs: the words that stand there, of a source with this name. They are found
 * again in a file that was changed; of several places with the same words the one `near` this offset.
 */
const place = {
  id: z.string(),
  source: z.string(),
  words: z.string().min(1),
  near: z.int().nonnegative(),
  by: z.string(),
  at: z.string(),
}

const corrects = <What extends string, Value extends z.ZodType>(what: What, value: Value) =>
  z.object({ ...place, what: z.literal(what), value })

/** What a person says that an article is, or where it begins and ends, against what was read. */
export const Correction = z.discriminatedUnion('what', [
  // Empty: it has none.
  corrects('headline', z.string()),
  corrects('kind', Kind),
  corrects('date', GivenDate),
  corrects('place', z.string().min(1)),
  // An article begins at the words: with its text, or with its headline.
  corrects('split', z.enum(['text', 'headline'])),
  // Goes on with the article that begins with these words.
  corrects('join', z.string().min(1)),
])
export type Correction = z.infer<typeof Correction>
