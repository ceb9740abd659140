import { join, split, trim } from '../../traced.ts'
import type { Traced } from '../../traced.ts'
import { isFigure } from '../layout/cells.ts'

type Cells = readonly Traced[]

/**
 * Rows of a table, cells parted by tabs, so that each tells by itself what its values are: every cell
 * behind the first stands after its column's head. A row whose cells all say the same, as one that
 * reaches over the table does, is told once; heads further down begin a table of their own.
 */
export function labelRows(rows: readonly Traced[]): Traced[] {
  const cells = rows.map((row) => split(row, /\t/u).map(trim))
  let heads: Cells = []
  const told: Traced[] = []
  for (const [i, row] of cells.entries()) {
    if (row.length > 1 && row.every(({ text }) => text === row[0]!.text)) told.push(row[0]!)
    else if (isHeads(row, cells[i + 1], heads.length > 0)) heads = row
    else told.push(behindHeads(row, row.length === heads.length ? heads : []))
  }
  return told
}

/** A row's cells, each that says anything behind its column's head; the first is the row's own label. */
export const behindHeads = (row: Cells, heads: Cells): Traced =>
  join(
    row.flatMap((cell, i) => {
      const head = i > 0 && cell.text !== '' ? heads[i] : undefined
      return head ? [head, cell] : [cell]
    }),
    ' ',
  )

/**
 * A row of heads names every column but perhaps the first and has no figures but years; further down
 * only when figures stand under it.
 */
function isHeads(row: Cells, below: Cells | undefined, isSecond: boolean): boolean {
  if (row.length < 2 || below?.length !== row.length) return false
  const named = row.slice(1).every(({ text }) => text !== '' && (!isFigure(text) || isYear(text)))
  return named && (!isSecond || below.slice(1).some(({ text }) => isFigure(text)))
}

const isYear = (text: string) => /^(?:19|20)\d\d年?$/u.test(text)
