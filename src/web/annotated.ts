import { betweenCharacters } from '../code-points.ts'
import type { Repair } from '../corpus.ts'
import type { Span } from '../traced.ts'
import { type Html, type Part, html } from './html.ts'

export interface Annotations {
  /** In order, apart from each other. */
  readonly marks: readonly Span[]
  readonly repairs?: readonly Repair[]
  readonly mark: (inside: Part) => Html
}

/**
 * Draws stretches of a text, asked for in order: what is marked as `mark` draws it, and behind what was
 * repaired, as deleted, what the source prints there.
 */
export function annotated(
  text: string,
  { marks, repairs = [], mark }: Annotations,
): (stretch: Span) => Part[] {
  let nextMark = 0
  let nextRepair = 0

  return ({ start, end }) => {
    const parts: Part[] = []
    let at = start
    for (; nextMark < marks.length && marks[nextMark]!.start < end; nextMark++) {
      const marked = marks[nextMark]!
      // An address may ask for any.
      const from = betweenCharacters(text, Math.max(at, marked.start))
      const to = betweenCharacters(text, Math.min(end, marked.end))
      if (from < to) {
        parts.push(repaired(at, from), mark(repaired(from, to)))
        at = to
      }
      if (marked.end > end) break
    }
    return [...parts, repaired(at, end)]
  }

  function repaired(start: number, end: number): Part[] {
    const parts: Part[] = []
    let at = start
    for (; nextRepair < repairs.length && repairs[nextRepair]!.end <= end; nextRepair++) {
      const repair = repairs[nextRepair]!
      const to = Math.max(at, repair.end)
      parts.push(text.slice(at, to), html`<del>${repair.printed}</del>`)
      at = to
    }
    return [...parts, text.slice(at, end)]
  }
}
