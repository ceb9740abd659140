import { fold } from '../../language/fold.ts'
import type { Span } from '../../traced.ts'

/** A text's letters as two texts are compared by them, and where each stands. */
export interface Letters {
  readonly chars: readonly string[]
  /** Of each letter, its offsets in the text. */
  readonly at: readonly Span[]
}

/** Signs change a figure: ≥5%, ±5%, $5. */
const LETTER = /[\p{L}\p{N}\p{Sm}\p{Sc}%‰]/u
/** A mark inside a figure belongs to it: 2.86, 1,234, 10：1, 6、7月, 1—5月. */
const JOINT = /[.,:/、-]/u
const MINUS = /[-－−]/u

/** The letters of a text, folded: marks, white space and width aside. */
export function lettersOf(text: string): Letters {
  const folded = fold(text)
  const [chars, at]: [string[], Span[]] = [[], []]
  for (let i = 0; i < folded.text.length; i++) {
    const [char, start] = [folded.text[i]!, folded.at[i]!]
    if (!LETTER.test(char) && !joins(folded.text, i, text.charAt(start))) continue
    chars.push(char)
    at.push({ start, end: start + String.fromCodePoint(text.codePointAt(start)!).length })
  }
  return { chars, at }
}

function joins(folded: string, i: number, printed: string): boolean {
  // A full-width comma parts clauses even between two figures.
  if (!JOINT.test(folded[i]!) || printed === '，' || !/\d/u.test(folded.charAt(i + 1))) return false
  return MINUS.test(printed) || /[\d年月日%]/u.test(folded.charAt(i - 1))
}

/** The letters that stand within a stretch of the text, as a range of their indexes. */
export function lettersWithin({ at }: Letters, { start, end }: Span): Span {
  let from = 0
  while (from < at.length && at[from]!.start < start) from++
  let to = from
  while (to < at.length && at[to]!.end <= end) to++
  return { start: from, end: to }
}

/** The stretch of the text that a range of letters covers. */
export function stretchOf({ at }: Letters, { start, end }: Span): Span {
  if (start < end) return { start: at[start]!.start, end: at[end - 1]!.end }
  const here = start > 0 ? at[start - 1]!.end : 0
  return { start: here, end: here }
}
