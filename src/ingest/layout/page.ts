import type { Traced } from '../../traced.ts'
import { cellsOf, isPiped } from './cells.ts'
import { readLines, uprightLines } from './line.ts'
import type { Line } from './line.ts'
import { neighbours } from './neighbours.ts'
import { columnWidths, styleOf } from './page-style.ts'
import type { PageStyle } from './page-style.ts'
import { breaksOff, opensWithRemainder } from './sentence.ts'
import { tableLines } from './table-lines.ts'
import { crossesWord } from './word-boundary.ts'

/** The lines of a page, and what looking at all of them together shows. */
export interface Page {
  readonly lines: readonly Line[]
  readonly style: PageStyle
  /** The width of the column that each line stands in. */
  readonly columns: readonly number[]
  /** Lines of tables. */
  readonly tables: ReadonlySet<number>
  /** Whether the page prints one text's last character right before another's first somewhere. */
  readonly adjoins: (left: string, right: string) => boolean
}

/** Reads a text into lines and looks at them together. */
export function readPage(text: Traced, source: string): Page {
  const read = readLines(text, source)
  const style = styleOf(read)
  const lines = uprightLines(read, style.doubled)
  const piped = (i: number) => isPiped(lines[i]!.text.text)
  const tables = tableLines(
    lines.map((line) => cellsOf(line.text, source)),
    (i) => lines[i]!.opensBlock || lines[i]!.level !== null,
    piped,
  )
  return {
    lines,
    style,
    tables,
    columns: columnWidths(lines, tables),
    adjoins: neighbours(text.text),
  }
}

/** Whether a blank line that means something stands before line `i`. */
export const hasGap = ({ lines, style }: Page, i: number): boolean =>
  i >= lines.length || lines[i]!.blanks > (style.doubled ? 1 : 0)

/** Whether a word or a clause of one text goes on in another. */
export const carriesOn = (page: Page, left: string, right: string): boolean =>
  breaksOff(left) ||
  opensWithRemainder(right) ||
  page.adjoins(left, right) ||
  crossesWord(left, right)

/** Whether line `i` reaches the end of its column. */
export const isFull = ({ lines, columns }: Page, i: number): boolean =>
  lines[i]!.width >= columns[i]! * FULL

/** A share of the column's width. */
const FULL = 0.88
