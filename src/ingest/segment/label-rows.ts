import { join, split, trim } from '../../traced.ts'
import type { Traced } from '../../traced.ts'
import { isFigure } from '../layout/cells.ts'

/**
 * Rows of a table, cells parted by tabs, so that each tells by itself what its values are: every cell
 * behind the first stands after its column's head. A table without a row of heads stays as it is.
 */
export function labelRows(rows: readonly Traced[]): Traced[] {
  const cells = rows.map((row) => split(row, /\t/u).map(trim))
  const [heads = [], ...below] = cells
  if (!isHeads(heads, below)) return cells.map((row) => join(row, ' '))
  return below.map((row) =>
    join(
      row.flatMap((cell, i) => {
        const head = row.length === heads.length && i > 0 ? heads[i] : undefined
        return head && cell.text !== '' ? [head, cell] : [cell]
      }),
      ' ',
    ),
  )
}

/** A row of heads names every column but perhaps the first, and has no figures. */
const isHeads = (heads: readonly Traced[], below: readonly (readonly Traced[])[]) =>
  heads.length > 1 &&
  heads.slice(1).every(({ text }) => text !== '' && !isFigure(text)) &&
  below.some((row) => row.length === heads.length)
