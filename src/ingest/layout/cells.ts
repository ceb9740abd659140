import { slice, split, trim } from '../../traced.ts'
import type { Traced } from '../../traced.ts'

/** Whether a line is one of a Markdown table. */
export const isPiped = (line: string): boolean => line.startsWith('|')

/** The pieces of a line that white space parts in the source, whatever repair made of the space. */
export function cellsOf(text: Traced, source: string): Traced[] {
  if (isPiped(text.text))
    return split(text, /\|/u)
      .map(trim)
      .slice(1)
      .filter((cell, i, all) => i < all.length - 1 || cell.text.length > 0)
  const cells: Traced[] = []
  let from = 0
  for (let i = 1; i <= text.text.length; i++) {
    const end = i === text.text.length
    if (!end && !/\s/u.test(text.text[i]!) && !partedBefore(text, i, source)) continue
    if (i > from) cells.push(slice(text, from, i))
    from = !end && /\s/u.test(text.text[i]!) ? i + 1 : i
  }
  return cells
}

function partedBefore({ origin }: Traced, i: number, source: string): boolean {
  for (let at = origin[i - 1]! + 1; at < origin[i]!; at++) if (/\s/u.test(source[at]!)) return true
  return false
}

const FIGURE = /^[-+−－]?\d[\d.,，]*\s*(?:[%％‰]|[\p{Script=Han}]{1,4})?$/u

/** Whether a cell holds a value and not a label. */
export const isFigure = (cell: string): boolean => FIGURE.test(cell) || /^[-—－/]$/u.test(cell)
