import type { Statement } from '../corpus.ts'

/** What a person reads on a telephone: characters of all statements together, and of all notices. */
export const STATEMENTS_LIMIT = 500
export const NOTICES_LIMIT = 200

/** Length as a reader counts it: white space left out, in whichever form is longer. */
export function lengthOf(text: string): number {
  const length = (form: string) => form.replace(/\s/gu, '').length
  return Math.max(length(text), length(text.normalize('NFKC')))
}

/** As many of some texts as fit, from the first; what goes over falls away, a whole text at a time. */
export function withinLimit<T extends Pick<Statement, 'text'>>(
  texts: Iterable<T>,
  limit: number,
): T[] {
  let length = 0
  const kept: T[] = []
  for (const text of texts) {
    length += lengthOf(text.text)
    if (length > limit) break
    kept.push(text)
  }
  return kept
}
