import { around, heightOf, median, overlapX, overlapY, widthOf } from './box.ts'
import type { Box, Line } from './box.ts'
import { rowsOf } from './lines.ts'

/** Lines of one column without a gap between them, or of one table. */
export interface Block extends Box {
  readonly lines: readonly Line[]
  /** Of a table its rows, their cells parted by tabs. */
  readonly table: readonly string[] | null
}

/** In sizes of a page's body: what parts columns; columns of one line or two; words of a line. */
const GUTTER = 0.7
const WIDE_GUTTER = 3
const WIDE_CELL = 5
/** In sizes of the body: how much more than between its lines is left free between blocks. */
const BLOCK_GAP = 0.6
const LEAST_GAP = 0.9
/** Share of a block that a rule must go along to part it. */
const RULED = 0.5
/** A line so much wider than half its block spans the columns below it. */
const SPANNING = 0.6
/** Share of a block's lines that stand in the columns under spanning ones; of each column at least. */
const MANY = 0.6
const ABREAST = 3
/** In sizes of the body: what stands so near is of one island where no straight cut parts a block. */
const NEAR_X = 0.3
const NEAR_Y = 0.8
const INDENT = 3

/** Cells are short, and stand on the base lines of their labels; lines of prose fill their columns. */
const CELL_CHARACTERS = 9
const LINE_CHARACTERS = 5
const FILLED = 0.9
const FILLED_SHARE = 0.5
const ALIGNED_SHARE = 0.7
/** Of the lines of prose, so many have a comma or a full stop. */
const PAUSED_SHARE = 0.3

/**
 * Parts the lines of a page into blocks by recursive cuts along empty stripes and rules (Nagy and
 * Seth 1984); `em` is the size of the body's type. Every step sorts, so a page takes n log n.
 */
export function xyCut(lines: readonly Line[], rules: readonly Box[], em: number): Block[] {
  if (lines.length === 0) return []
  const box = around(lines)
  const columns = cutColumns(lines, rules, em, box)
  if (columns.length > 1) {
    if (isTable(columns)) return [{ ...box, lines, table: tableRows(lines) }]
    return columns.flatMap((column) => xyCut(column, rules, em))
  }
  for (const cut of [cutBands, cutSpanning, islands]) {
    const parts = cut(lines, rules, em, box)
    if (parts.length > 1) return parts.flatMap((part) => xyCut(part, rules, em))
  }
  return [{ ...box, lines, table: null }]
}

/** Columns that white stripes from top to bottom part. */
function cutColumns(lines: readonly Line[], rules: readonly Box[], em: number, box: Box): Line[][] {
  const upright = rules.filter((rule) => overlapY(rule, box) > heightOf(box) * RULED)
  const columns: Line[][] = []
  let right = -Infinity
  for (const line of lines.toSorted((a, b) => a.left - b.left)) {
    const gap = line.left - right
    const ruled = gap > 0 && upright.some((r) => r.left >= right - 1 && r.right <= line.left + 1)
    if (ruled || gap >= GUTTER * em) columns.push([line])
    else columns.at(-1)!.push(line)
    right = Math.max(right, line.right)
  }
  const parted = withoutStrays(columns, box, em)
  return parted.length > 1 && areColumns(parted, em) ? parted : [[...lines]]
}

/** A column of one line begins with its neighbours; elsewhere it is the end of a long line. */
function withoutStrays(columns: readonly Line[][], box: Box, em: number): Line[][] {
  const kept: Line[][] = []
  for (const column of columns) {
    const isStray = rowsOf(column).length === 1 && column[0]!.top - box.top > em
    if (isStray && kept.length > 0) kept[kept.length - 1] = [...kept.at(-1)!, ...column]
    else kept.push(column)
  }
  return kept
}

/** Whether so few lines as a byline has are columns and no words wide apart. */
function areColumns(columns: readonly Line[][], em: number): boolean {
  const most = Math.max(...columns.map((column) => rowsOf(column).length))
  if (most > 2) return true
  const boxes = columns.map((column) => around(column))
  const isWide = boxes.every((box) => widthOf(box) >= WIDE_CELL * em)
  const gaps = boxes.slice(1).map((box, i) => box.left - boxes[i]!.right)
  return (most === 2 && isWide) || gaps.every((gap) => gap >= WIDE_GUTTER * em)
}

/** Bands that more white than between lines, or a rule, parts. */
function cutBands(lines: readonly Line[], rules: readonly Box[], em: number, box: Box): Line[][] {
  const sorted = lines.toSorted((a, b) => a.top - b.top)
  const gaps = gapsBetween(sorted)
  const least = Math.max(LEAST_GAP * em, median(gaps.length > 3 ? gaps : [0]) + BLOCK_GAP * em)
  const level = rules.filter((rule) => overlapX(rule, box) > widthOf(box) * RULED)
  const bands: Line[][] = []
  let bottom = -Infinity
  for (const line of sorted) {
    const gap = line.top - bottom
    const ruled = gap > 0 && level.some((r) => r.top >= bottom - 1 && r.bottom <= line.top + 1)
    if (ruled || gap >= least) bands.push([line])
    else bands.at(-1)!.push(line)
    bottom = Math.max(bottom, line.bottom)
  }
  return bands
}

/** What is left free between lines, from the top. */
function gapsBetween(sorted: readonly Line[]): number[] {
  const gaps: number[] = []
  let bottom = -Infinity
  for (const { top, bottom: foot } of sorted) {
    if (top > bottom && bottom > -Infinity) gaps.push(top - bottom)
    bottom = Math.max(bottom, foot)
  }
  return gaps
}

/** Bands above, between and below lines that cross the gutter which most lines keep clear. */
function cutSpanning(
  lines: readonly Line[],
  rules: readonly Box[],
  em: number,
  box: Box,
): Line[][] {
  const gutter = clearest(lines, GUTTER * em)
  const spans = (line: Line) =>
    widthOf(line) > widthOf(box) * SPANNING ||
    (gutter !== null && line.left < gutter + GUTTER * em && line.right > gutter)
  const narrow = lines.filter((line) => !spans(line))
  if (narrow.length === lines.length || narrow.length < lines.length * MANY) return [[...lines]]
  const columns = cutColumns(narrow, rules, em, around(narrow))
  if (columns.length === 1 || !standAbreast(columns)) return [[...lines]]
  const bands: Line[][] = []
  let before: boolean | null = null
  for (const line of lines.toSorted((a, b) => a.top - b.top)) {
    if (before === spans(line)) bands.at(-1)!.push(line)
    else bands.push([line])
    before = spans(line)
  }
  return bands
}

/** Where the upright stripe of a width begins that the fewest lines cross, with lines on both sides; or null. */
function clearest(lines: readonly Line[], width: number): number | null {
  const lefts = lines.map(({ left }) => left).toSorted((a, b) => a - b)
  const rights = lines.map(({ right }) => right).toSorted((a, b) => a - b)
  let best: { at: number; crossed: number } | null = null
  let begun = 0
  for (const [ended, at] of rights.entries()) {
    while (begun < lefts.length && lefts[begun]! < at + width) begun++
    if (begun === lefts.length) break
    const crossed = begun - (ended + 1)
    if (!best || crossed < best.crossed) best = { at, crossed }
  }
  return best?.at ?? null
}

/** Whether columns stand beside one another, line by line, and are no ends of paragraphs. */
function standAbreast(columns: readonly (readonly Line[])[]): boolean {
  const boxes = columns.map((column) => around(column))
  const common = boxes.reduce((a, b) => (overlapY(a, b) < 0 ? a : b))
  return columns.every(
    (column, i) =>
      column.length >= ABREAST && overlapY(boxes[i]!, common) > heightOf(boxes[i]!) / 2,
  )
}

/** Groups of lines near one another, where no straight cut parts them from others. */
function islands(lines: readonly Line[], _rules: readonly Box[], em: number): Line[][] {
  // Pieces of a line or two that are no columns are one line or two.
  if (rowsOf(lines).length <= 2) return [[...lines]]
  const sorted = lines.toSorted((a, b) => a.top - b.top)
  const near = Math.max(NEAR_Y * em, median(gapsBetween(sorted)) + NEAR_X * em)
  const island = sorted.map((_, i) => i)
  const find = (i: number): number => {
    let root = i
    while (island[root] !== root) root = island[root]!
    island[i] = root
    return root
  }
  const open: number[] = []
  for (const [i, line] of sorted.entries()) {
    for (let k = open.length - 1; k >= 0; k--) {
      const other = sorted[open[k]!]!
      if (line.top - other.bottom > near) open.splice(k, 1)
      else if (isNear(line, other, em)) island[find(i)] = find(open[k]!)
    }
    open.push(i)
  }
  return [...Map.groupBy(sorted.keys(), find).values()].map((group) => group.map((i) => sorted[i]!))
}

const tableRows = (lines: readonly Line[]) =>
  rowsOf(lines).map((row) => row.map(({ text }) => text).join('\t'))

/** Over one another; or the indented line under one of a word or two. */
const isNear = (a: Line, b: Line, em: number) =>
  overlapX(a, b) > -NEAR_X * em || Math.abs(a.left - b.left) <= INDENT * em

/** Whether columns side by side are a table's: short cells on common base lines. */
function isTable(columns: readonly (readonly Line[])[]): boolean {
  if (columns.some((column) => column.length < 2)) return false
  const all = columns.flat()
  const paused = all.filter(({ text }) => /[，。；]/u.test(text))
  if (paused.length > all.length * PAUSED_SHARE) return false
  if (columns.filter((column) => isProse(column)).length > 1) return false
  const rows = rowsOf(all).filter((row) => row.length > 1)
  const aligned = rows.reduce((sum, row) => sum + row.length, 0)
  return (
    rows.length > 1 &&
    aligned >= all.length * ALIGNED_SHARE &&
    Math.min(...columns.map((column) => medianLength(column))) <= CELL_CHARACTERS
  )
}

function isProse(column: readonly Line[]): boolean {
  const widths = column.map((line) => widthOf(line))
  const full = Math.max(...widths) * FILLED
  return (
    medianLength(column) >= LINE_CHARACTERS &&
    widths.filter((width) => width >= full).length >= widths.length * FILLED_SHARE
  )
}

const medianLength = (column: readonly Line[]) => median(column.map(({ text }) => text.length))
