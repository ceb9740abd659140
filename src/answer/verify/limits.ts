import { fold } from './fold.ts'

/** What a person reads on a telephone: characters of all statements together, and of all notices. */
export const STATEMENTS_LIMIT = 500
export const NOTICES_LIMIT = 200

/** Length as a reader counts it: white space left out, whichever form of the characters is longest. */
export function lengthOf(text: string): number {
  return Math.max(
    text.replace(/\s/gu, '').length,
    text.normalize('NFKC').replace(/\s/gu, '').length,
    fold(text).text.length,
  )
}
