import type { Citation, Passage } from '../corpus.ts'
import { type Span, fromRuns } from '../traced.ts'

/**
 * Where a cited quote stands in its passage's text: UTF-16 ranges in order, none when it is not there.
 *
 * The spans say which characters of the source are quoted. A table's passage repeats a column's label
 * in every row, so all repeats of a quoted label would be marked by spans alone: where the quote
 * stands in one piece, only that piece is.
 */
export function quoteMarks(
  { text, runs }: Pick<Passage, 'text' | 'runs'>,
  { quote, spans }: Pick<Citation, 'quote' | 'spans'>,
): Span[] {
  const origin = fromRuns(runs)
  const quoted = (i: number) =>
    spans.some(({ start, end }) => start <= origin[i]! && origin[i]! < end)
  const visible = [...text.matchAll(/\S/g)].map(({ index }) => index)

  const sought = quote.replaceAll(/\s/g, '')
  const dense = visible.map((i) => text[i]).join('')
  for (let at = sought ? dense.indexOf(sought) : -1; at >= 0; at = dense.indexOf(sought, at + 1)) {
    const piece = visible.slice(at, at + sought.length)
    if (piece.every(quoted)) return [{ start: piece[0]!, end: piece.at(-1)! + 1 }]
  }
  return joined(visible.filter(quoted), text)
}

/** Positions as ranges; white space between two of them does not part a range. */
function joined(positions: readonly number[], text: string): Span[] {
  const ranges: { start: number; end: number }[] = []
  for (const at of positions) {
    const last = ranges.at(-1)
    if (last && text.slice(last.end, at).trim() === '') last.end = at + 1
    else ranges.push({ start: at, end: at + 1 })
  }
  return ranges
}
