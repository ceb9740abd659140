import type { Passage } from '../../corpus.ts'
import { fromRuns } from '../../traced.ts'
import type { Span } from '../../traced.ts'
import { fold, unfold } from '../../language/fold.ts'

/** Shorter words stand in too many places to prove anything. White space does not count. */
export const MIN_QUOTE = 6

/** What is longer, white space and marks included, is not looked for. */
const LONGEST_QUOTE = 200

/** Marks at the ends of a quote that its writer may have added: they say nothing. */
const EDGES = /^[\s"',.;:!?、…\-·]+|[\s"',.;:!?、…\-·]+$/gu

/** Where a quote stands: UTF-16 offsets in `Passage.text`. */
export type Located =
  | { readonly outcome: 'match'; readonly start: number; readonly end: number }
  | { readonly outcome: 'mismatch' }
  | { readonly outcome: 'cannot_tell'; readonly reason: 'too_short' | 'damaged' | 'unmapped' }

/**
 * Finds a quote in a passage: verbatim but for width, case, white space, shapes of punctuation and
 * traditional forms. `cannot_tell` when it is shorter than six characters, when the passage has lost
 * characters (U+FFFD) just there, or does not know where in its source it stands.
 */
export function locate(quote: string, passage: Pick<Passage, 'text' | 'runs'>): Located {
  if (quote.length > LONGEST_QUOTE + 2 * passage.text.length) return { outcome: 'mismatch' }
  const wanted = fold(quote).text.replace(EDGES, '')
  if (quoteLength(wanted) < MIN_QUOTE) return { outcome: 'cannot_tell', reason: 'too_short' }
  const folded = fold(passage.text)
  const at = folded.text.indexOf(wanted)
  if (at < 0) {
    return damaged(folded.text, wanted)
      ? { outcome: 'cannot_tell', reason: 'damaged' }
      : { outcome: 'mismatch' }
  }
  if (mapped(passage) < passage.text.length) return { outcome: 'cannot_tell', reason: 'unmapped' }
  return { outcome: 'match', ...unfold(folded, at, at + wanted.length) }
}

/** The characters of a quote that count, white space not among them. */
export function quoteLength(quote: string): number {
  return Math.min(Array.from(fold(quote).text).length, Array.from(quote.replace(/\s/gu, '')).length)
}

/**
 * Where a stretch of a passage stands in its source, in reading order: its characters' offsets, cut
 * where the passage itself is cut. White space and dropped marks within one of the passage's spans
 * part nothing.
 */
export function spansWithin(
  { runs, spans }: Pick<Passage, 'runs' | 'spans'>,
  start: number,
  end: number,
): Span[] {
  const found: { start: number; end: number; within: number }[] = []
  for (const offset of fromRuns(runs).subarray(start, end)) {
    const within = spans.findIndex((span) => offset >= span.start && offset < span.end)
    const last = found.at(-1)
    if (last && offset >= last.start && offset < last.end) continue
    const goesOn = within < 0 ? offset === last?.end : within === last?.within
    if (last && goesOn && offset >= last.end) last.end = offset + 1
    else found.push({ start: offset, end: offset + 1, within })
  }
  return found.map((span) => ({ start: span.start, end: span.end }))
}

const mapped = ({ runs }: Pick<Passage, 'runs'>) =>
  runs.reduce((sum, [, length]) => sum + length, 0)

/** Whether the quote would stand in the text if lost characters were what it says. */
function damaged(text: string, wanted: string): boolean {
  if (!text.includes('\uFFFD')) return false
  for (let at = 0; at + wanted.length <= text.length; at++) {
    let lost = 0
    let k = 0
    for (; k < wanted.length; k++) {
      if (text[at + k] === '\uFFFD') lost++
      else if (text[at + k] !== wanted[k]) break
    }
    if (k === wanted.length && lost > 0 && lost * 2 < wanted.length) return true
  }
  return false
}
