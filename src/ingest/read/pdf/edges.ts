import { median } from './box.ts'
import type { Box, Line } from './box.ts'
import { joined, rowsOf } from './lines.ts'
import type { Block } from './xy-cut.ts'

/** In sizes of the type: what is an indent, and what a line lacks that ends a paragraph. */
const INDENT = 0.8
const SHORT = 1.5
/** Share of a ragged block's width below which a line is short. */
const RAGGED_SHORT = 0.75
const JUSTIFIED = 0.6

/** A line of a block as a person reads it, and what its edges say. */
export interface Row {
  readonly line: Line
  /** Begins further right than its block; null where nothing shows. */
  readonly indented: boolean | null
  /** Reaches the end of its block. */
  readonly full: boolean
}

/** The rows of a block of text, from top to bottom; `column` is what its lines could fill. */
export function rowsOfBlock(block: Block, column: Box = block): Row[] {
  const lines = rowsOf(block.lines).map((row) => (row.length === 1 ? row[0]! : joined(row)))
  const size = median(lines.map((line) => line.size))
  const ends = lines.filter(({ right }) => column.right - right < SHORT * size)
  const justified = lines.length === 1 || ends.length >= lines.length * JUSTIFIED
  const least = justified
    ? column.right - SHORT * size
    : column.left + (column.right - column.left) * RAGGED_SHORT
  const isAlone = lines.length === 1 && column.left === block.left && column.right === block.right
  return lines.map((line) => ({
    line,
    indented: isAlone ? null : (line.left - column.left) / size >= INDENT,
    full: line.right >= least,
  }))
}

const CLOSED = /[。！？!?…：:；;]["”'’』」）)】》]*$/u

/** Whether a text ends as a paragraph does. */
export const isClosed = (text: string) => CLOSED.test(text)

/**
 * Whether text goes on from the last row of one block in the first of another: what speaks for it
 * above zero, what speaks against it below, 0 where nothing shows.
 */
export function goesOn(before: Row, after: Row): number {
  const closed = isClosed(before.line.text)
  if (after.indented === null) return closed ? 0 : before.full ? 0.8 : -0.2
  if (before.full && !closed) return after.indented ? -2 : 1
  if (closed && !before.full) return after.indented ? 0.3 : -1.5
  if (closed) return after.indented ? 0.1 : -0.3
  return after.indented ? 0 : -0.3
}

/** Share of blocks in which an indent must show for a page to set them. */
const INDENTED_SHARE = 0.3

/** Whether paragraphs of a page begin with an indent. */
export function usesIndents(blocks: readonly (readonly Row[])[]): boolean {
  const telling = blocks.filter((rows) => rows.length > 1)
  const indented = telling.filter((rows) => rows.some((row) => row.indented === true))
  return indented.length >= telling.length * INDENTED_SHARE
}
