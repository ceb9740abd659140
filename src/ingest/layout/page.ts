import type { Traced } from '../../traced.ts'
import { cellsOf, isPiped } from './cells.ts'
import { readLines, uprightLines } from './line.ts'
import type { Line } from './line.ts'
import { ISSUE_MARK, PAGE_NUMBER, startsAnew } from './marker.ts'
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

/** Whether line `i` is a running head, an issue's mark or a page number. */
export function isFurniture({ lines, style }: Page, i: number): boolean {
  const { text, blanks } = lines[i]!
  if (style.running.has(text.text) || ISSUE_MARK.test(text.text)) return true
  return blanks > 0 && PAGE_NUMBER.test(text.text)
}

/** Whether line `i` carries on a word or a clause of the line before it. */
export function runsOn(page: Page, i: number): boolean {
  const [before, line] = [page.lines[i - 1], page.lines[i]]
  if (!before || !line || line.opensBlock || startsAnew(line.text.text)) return false
  return carriesOn(page, before.text.text, line.text.text)
}

/** Whether a word or a clause of one text goes on in another. */
export const carriesOn = (page: Page, left: string, right: string): boolean =>
  breaksOff(left) ||
  opensWithRemainder(right) ||
  page.adjoins(left, right) ||
  crossesWord(left, right)

/** Whether line `i` is set narrower than its column by more than an indent or a last word. */
export const isNarrow = ({ lines, columns }: Page, i: number): boolean =>
  lines[i]!.width < columns[i]! * NARROW

/** Whether line `i` reaches the end of its column. */
export const isFull = ({ lines, columns }: Page, i: number): boolean =>
  lines[i]!.width >= columns[i]! * FULL

/** Whether line `i` is shorter than its column by an indent or more. */
export const isShort = ({ lines, columns }: Page, i: number): boolean =>
  lines[i]!.width < columns[i]! - INDENT

/** Shares of the column's width. */
const NARROW = 0.86
const FULL = 0.88
/** In half-width columns; an indent is four, of which justified lines make up one. */
const INDENT = 3
