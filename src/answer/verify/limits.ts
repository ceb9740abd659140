import { fold } from '../../language/fold.ts'

/** What a person reads on a telephone: characters of all statements together, and of all notices. */
export const STATEMENTS_LIMIT = 500
export const NOTICES_LIMIT = 200

/** Beyond these a text or a list is not even read: whoever wrote it does not answer. */
export const LONGEST_TEXT = 1000
export const MOST_STATEMENTS = 30
export const MOST_QUOTES = 12

/** Length as a reader counts it: white space left out, whichever form of the characters is longest. */
export function lengthOf(text: string): number {
  return Math.max(
    text.replace(/\s/gu, '').length,
    text.normalize('NFKC').replace(/\s/gu, '').length,
    fold(text).text.length,
  )
}
