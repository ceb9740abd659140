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
  return spanMarks({ text, runs }, spans)
}

/**
 * What of a text comes from some spans of its source: UTF-16 ranges in order, without the white space
 * around them; white space between two does not part them. Where a range alone has all of it, as of
 * a table that repeats its labels one row has, only that is.
 */
export function spanMarks(
  { text, runs }: Pick<Passage, 'text' | 'runs'>,
  spans: readonly Span[],
): Span[] {
  const ordered = spans.toSorted((a, b) => a.start - b.start)
  const marks: { start: number; end: number; from: Span[] }[] = []
  let at = 0
  for (const [offset, length] of runs) {
    for (const part of partsOf({ start: offset, end: offset + length }, ordered))
      mark(at + part.start - offset, at + part.end - offset, part)
    at += length
  }
  const size = lengthOf(marks.flatMap(({ from }) => from))
  const whole = marks.length > 1 && marks.find(({ from }) => lengthOf(from) === size)
  return (whole ? [whole] : marks).map(({ start, end }) => ({ start, end }))

  function mark(start: number, end: number, part: Span): void {
    const marked = text.slice(start, end)
    if (marked.trim() === '') return
    const first = start + marked.length - marked.trimStart().length
    const behind = start + marked.trimEnd().length
    const last = marks.at(-1)
    if (last && text.slice(last.end, first).trim() === '') {
      last.end = behind
      last.from.push(part)
    } else marks.push({ start: first, end: behind, from: [part] })
  }
}

/** What spans, in order, have of a stretch; each part once. */
function partsOf(stretch: Span, spans: readonly Span[]): Span[] {
  let done = stretch.start
  return spans.flatMap(({ start, end }) => {
    const part = { start: Math.max(start, done), end: Math.min(end, stretch.end) }
    if (part.start >= part.end) return []
    done = part.end
    return [part]
  })
}

/** How much some stretches have together, what several have counted once. */
function lengthOf(stretches: readonly Span[]): number {
  let done = 0
  return stretches
    .toSorted((a, b) => a.start - b.start)
    .reduce((sum, { start, end }) => {
      const more = Math.max(0, end - Math.max(start, done))
      done = Math.max(done, end)
      return sum + more
    }, 0)
}
