import type { Span } from '../../traced.ts'

const FIGURE = /^[-+−－]?\d/u
/** Heads over row numbers, which are furniture. */
const NUMBERS = /^(?:序号|编号|No\.?)$/iu
const UNIT = /^(?:计量)?单位$/u

/**
 * The cells that must be told with those picked of a table's row: its labels, and the label of each
 * value's column. A row has its columns' labels in front of the values (全市 2家), or in a line above.
 */
export function withLabels(
  text: string,
  cells: readonly Span[],
  picks: Iterable<number>,
): Set<number> {
  const lines = Map.groupBy(cells.keys(), (i) => text.slice(0, cells[i]!.start).split('\n').length)
  const rows = [...lines.values()]
  const told = new Set(picks)
  for (const i of new Set(told)) {
    const row = rows.find((cellsOfRow) => cellsOfRow.includes(i))!
    if (rows.length > 1 && row === rows[0]) continue
    for (const label of labelsOf(i, row, rows[0]!, text, cells)) told.add(label)
  }
  return told
}

/** Writes told cells of a row, in order, parted by a space. */
export function joinCells(
  text: string,
  cells: readonly Span[],
  told: ReadonlySet<number>,
  explain: (cell: string) => string,
): string {
  const indexes = [...told].toSorted((a, b) => a - b)
  return `${indexes.map((i) => explain(text.slice(cells[i]!.start, cells[i]!.end))).join(' ')}。`
}

function labelsOf(
  i: number,
  row: readonly number[],
  head: readonly number[],
  text: string,
  cells: readonly Span[],
): number[] {
  const words = (k: number) => text.slice(cells[k]!.start, cells[k]!.end)
  const isFigure = (k: number) => FIGURE.test(words(k))
  if (row !== head) {
    const numbered = NUMBERS.test(words(head[0]!))
    const label = row[numbered ? 1 : 0]!
    const column = head[row.indexOf(i)]
    const unit = head.findIndex((k) => UNIT.test(words(k)))
    return [label, column, row[unit]].filter(
      (k): k is number => k !== undefined && (k === label || i !== label),
    )
  }
  const first = row.findIndex((k) => isFigure(k) && k !== row[0])
  if (first < 0) return [...row]
  // A label alone says nothing: the row's values come with it.
  if (!isFigure(i)) return [...row]
  const at = row.indexOf(i)
  const labels = row.slice(0, Math.max(1, first - 1))
  return [...labels, ...row.slice(Math.max(0, at - 1), at)]
}
