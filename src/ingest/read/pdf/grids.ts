import { around, heightOf, median, overlapX, overlapY, widthOf } from './box.ts'
import type { Box, Line } from './box.ts'
import { isHan } from './characters.ts'
import { rowsOf } from './lines.ts'
import type { Block } from './xy-cut.ts'

/** In points: rules so near touch. */
const TOUCH = 3
/** A page with more is drawn and not ruled. */
const MOST_RULES = 2000
/** Of a cell's characters and lines: what is longer is an article in a frame. */
const CELL_CHARACTERS = 40
const CELL_LINES = 3

/** Tables whose cells rules part, as blocks with their rows; and the lines that stand in none. */
export function ruledTables(
  lines: readonly Line[],
  rules: readonly Box[],
  frames: readonly Box[],
): { tables: Block[]; rest: Line[] } {
  const sides = [...rules, ...frames.flatMap((frame) => sidesOf(frame))]
  if (sides.length < 6 || sides.length > MOST_RULES) return { tables: [], rest: [...lines] }
  const tables: Block[] = []
  let rest = [...lines]
  for (const net of netsOf(sides)) {
    const ys = places(net.filter((rule) => widthOf(rule) >= heightOf(rule)).map(({ top }) => top))
    const xs = places(net.filter((rule) => heightOf(rule) > widthOf(rule)).map(({ left }) => left))
    if (ys.length < 3 || xs.length < 3) continue
    const box = { left: xs[0]!, right: xs.at(-1)!, top: ys[0]!, bottom: ys.at(-1)! }
    const inside = rest.filter((line) => overlapX(line, box) > 0 && isWithin(line, box))
    const cells = cellsOf(inside, xs, ys)
    if (cells.length < 2 || !areCells(cells.flat())) continue
    rest = rest.filter((line) => !inside.includes(line))
    const table = cells.map((row) => row.map((cell) => cellText(cell)).join('\t'))
    tables.push({ ...around([box, ...inside]), lines: inside, table })
  }
  return { tables, rest }
}

const isWithin = (line: Line, box: Box) => {
  const middle = (line.top + line.bottom) / 2
  return middle > box.top && middle < box.bottom
}

/** The four sides of a frame, as rules. */
export const sidesOf = ({ left, right, top, bottom }: Box): Box[] => [
  { left, right, top, bottom: top },
  { left, right, top: bottom, bottom },
  { left, right: left, top, bottom },
  { left: right, right, top, bottom },
]

/** Rules that touch one another. */
function netsOf(rules: readonly Box[]): Box[][] {
  const nets: Box[][] = []
  const free = new Set(rules)
  for (const rule of rules) {
    if (!free.delete(rule)) continue
    const net = [rule]
    for (const own of net)
      for (const other of free)
        if (overlapX(own, other) > -TOUCH && overlapY(own, other) > -TOUCH) {
          free.delete(other)
          net.push(other)
        }
    nets.push(net)
  }
  return nets
}

/** Distinct places, in order. */
function places(values: readonly number[]): number[] {
  const found: number[] = []
  for (const value of values.toSorted((a, b) => a - b))
    if (found.length === 0 || value - found.at(-1)! > TOUCH) found.push(value)
  return found
}

/** The lines of each cell that has any, by rows. */
function cellsOf(lines: readonly Line[], xs: readonly number[], ys: readonly number[]): Line[][][] {
  const rowOf = (line: Line) => ys.findLastIndex((y) => y < (line.top + line.bottom) / 2)
  const columnOf = (line: Line) => xs.findLastIndex((x) => x < line.left + line.size / 2)
  const rows = Map.groupBy(lines, rowOf)
  return [...rows]
    .toSorted(([a], [b]) => a - b)
    .map(([, row]) =>
      [...Map.groupBy(row, columnOf)].toSorted(([a], [b]) => a - b).map(([, cell]) => cell),
    )
}

const areCells = (cells: readonly (readonly Line[])[]) =>
  median(cells.map((cell) => cell.reduce((sum, { text }) => sum + text.length, 0))) <=
    CELL_CHARACTERS && median(cells.map((cell) => cell.length)) <= CELL_LINES

function cellText(cell: readonly Line[]): string {
  const rows = rowsOf(cell).map((row) => row.map(({ text }) => text).join(' '))
  return rows.reduce((text, row) =>
    isHan(text.at(-1)!) && isHan(row[0]!) ? text + row : `${text} ${row}`,
  )
}
