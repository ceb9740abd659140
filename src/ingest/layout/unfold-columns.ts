import type { Traced } from '../../traced.ts'
import { isCredit } from './credit.ts'
import { MASTHEAD, PAGE_CREDITS } from './marker.ts'
import { widthOf } from './line.ts'
import { isFinished } from './sentence.ts'

/**
 * Columns that a page prints side by side, as `pdftotext -layout` writes them: rows of text padded
 * with spaces. They are put below each other, each headline over the columns that it spans.
 */

/** A piece of a row that two spaces or more part from the others. */
interface Piece {
  readonly text: string
  /** Where it stands in the whole text. */
  readonly at: number
  readonly row: number
  /** Its first place in its row, and the one after its last. */
  readonly start: number
  readonly end: number
  /** The first and the last column that it stands over. */
  readonly from: number
  readonly to: number
}

/** Places of a row, the second one after the last. */
interface Column {
  readonly start: number
  readonly end: number
}

/** Rows with text in two columns from which a page is one of columns, and their share of all rows. */
const LEAST_ROWS = 4
const LEAST_SHARE = 0.25
/** Characters of a usual piece of prose beside another; a cell of a table has fewer. */
const PROSE = 8
/** Share of the rows with a gap in which a piece begins at one place, as lines of a column do. */
const TOGETHER = 0.6
/** Places by which such beginnings differ. */
const NEAR = 2
/** Share of pieces with a mark in them. */
const PAUSED = 0.3
/** Places by which the beginnings of a column's lines waver. */
const WAVER = 3
/** Rows below headlines that show how many columns are there. */
const HEAD_ROWS = 3
/** Places by which a first line is set in: at least, at most. */
const SET_IN = 2
const INDENT = 5
/** Share of rows that have text in all columns; no page has more than so many. */
const COLUMN_SHARE = 0.2
const MOST_COLUMNS = 12
/** A headline is no longer; each of its characters is so much wider than those of the text. */
const DISPLAY_LENGTH = 36
const LARGER = 1.5
/** Rows of text side by side that can be a stretch of articles of its own. */
const STRETCH_ROWS = 3

/** The text with its columns below each other; null where none stand side by side. */
export function unfoldColumns(text: string): Traced | null {
  if (!/\S {2,}\S/u.test(text)) return null
  const parts: Part[] = []
  let found = false
  let at = 0
  for (const page of text.split('\f')) {
    const unfolded = unfoldPage(page, at)
    found ||= unfolded !== null
    if (at > 0) parts.push({ start: at - 1, end: at })
    parts.push(...(unfolded ?? [{ start: at, end: at + page.length }]))
    at += page.length + 1
  }
  return found ? write(text, parts) : null
}

/** A stretch of the text: a line of its own, set in or after a gap, or text as it stands. */
interface Part {
  readonly start: number
  readonly end: number
  readonly line?: { readonly setIn: boolean; readonly gap: boolean }
}

function write(text: string, parts: readonly Part[]): Traced {
  const written: string[] = []
  const origin: number[] = []
  const put = (what: string, at: number) => {
    written.push(what)
    for (const _ of what) origin.push(at)
  }
  for (const { start, end, line } of parts) {
    if (line?.gap) put('\n', start)
    if (line?.setIn) put('  ', start)
    written.push(text.slice(start, end))
    for (let i = start; i < end; i++) origin.push(i)
    if (line) put('\n', end - 1)
  }
  return { text: written.join(''), origin: Uint32Array.from(origin) }
}

function unfoldPage(page: string, offset: number): Part[] | null {
  const pieces = piecesOf(page, offset)
  const rows = rowsOf(pieces).map((row) => wholeMasthead(row, page, offset))
  const beside = rows.filter((row) => row.length > 1)
  if (beside.length < Math.max(LEAST_ROWS, rows.length * LEAST_SHARE)) return null
  if (!beginTogether(beside) || !isProse(beside)) return null
  const lengths = beside.flatMap((row) => row.map(({ text }) => text.length))
  if (lengths.toSorted((a, b) => a - b)[Math.floor(lengths.length / 2)]! < PROSE) return null
  return sheetsOf(rows).flatMap(unfoldSheet)
}

/** Whether most rows have a piece that begins where those of the others do: spaces within prose stand anywhere. */
function beginTogether(beside: readonly (readonly Piece[])[]): boolean {
  const rowsAt = new Map<number, number>()
  for (const row of beside) {
    const near = new Set(row.slice(1).flatMap(({ start }) => range(start - NEAR, start + NEAR)))
    for (const at of near) rowsAt.set(at, (rowsAt.get(at) ?? 0) + 1)
  }
  return Math.max(0, ...rowsAt.values()) >= beside.length * TOGETHER
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** Lines of prose have pauses and stops; cells of a table have none. */
const isProse = (beside: readonly (readonly Piece[])[]) => {
  const pieces = beside.flat()
  return pieces.filter(({ text }) => /[，。；、]/u.test(text)).length >= pieces.length * PAUSED
}

/** A masthead spreads its parts over the page, and is one line all the same. */
function wholeMasthead(row: readonly Piece[], page: string, offset: number): readonly Piece[] {
  const [first, last] = [row[0]!, row.at(-1)!]
  const text = page.slice(first.at - offset, last.at - offset + last.text.length)
  const isMasthead = row.length > 1 && MASTHEAD.test(text.replaceAll(/\s+/g, ' '))
  return isMasthead ? [{ ...first, text, end: last.end }] : row
}

/** Parts a page where headlines alone stand in a row, or its own head or foot: what is below has columns of its own. */
function sheetsOf(rows: readonly (readonly Piece[])[]): Piece[][][] {
  const sheets: Piece[][][] = []
  let before = false
  for (const [i, row] of rows.entries()) {
    const isHead = isFrame(row) || isHeadRow(rows, i)
    const last = sheets.at(-1)
    if (!last || (isHead && !before)) sheets.push([[...row]])
    else last.push([...row])
    before = isHead
  }
  return sheets
}

const isFrame = ([piece, ...others]: readonly Piece[]) =>
  others.length === 0 &&
  (MASTHEAD.test(piece!.text.replaceAll(/\s+/g, ' ')) || PAGE_CREDITS.test(piece!.text))

/** Whether a row holds nothing but headlines: fewer than the columns below, or set otherwise than the row above. */
function isHeadRow(rows: readonly (readonly Piece[])[], i: number): boolean {
  const row = rows[i]!
  if (!row.every(isDisplay)) return false
  if (rows.slice(i + 1, i + 1 + HEAD_ROWS).some(({ length }) => length > row.length)) return true
  const above = rows[i - 1] ?? []
  const isAligned = ({ start }: Piece) =>
    above.some((other) => Math.abs(other.start - start) <= INDENT)
  return row.length > 1 && !row.every(isAligned)
}

const isDisplay = ({ text }: Piece) => text.length <= DISPLAY_LENGTH && !/[，。；：]/u.test(text)

function unfoldSheet(rows: readonly Piece[][]): Part[] {
  const parted = partJustified(rows)
  const columns = columnsOf(parted)
  const text = parted.findIndex((row) => !row.every(isDisplay))
  const placed = parted.flatMap((row, r) => {
    // Headlines over the sheet.
    if (r < text && row.length === 1) return [{ ...row[0]!, from: 0, to: columns.length - 1 }]
    const pieces = row.flatMap((piece) => partAtColumns(piece, columns))
    return centreOver(joinWithin(pieces.map((piece) => placeOver(piece, columns))), columns)
  })
  const read = readRegion(placed, 0, columns.length - 1)
  return read.map((piece, i) => {
    const [before, next] = [read[i - 1], read[i + 1]]
    const gap = !before || piece.row > before.row + 1 || isWide(piece) !== isWide(before)
    const line = { setIn: isSetIn(piece, before, next), gap }
    return { start: piece.at, end: piece.at + piece.text.length, line }
  })
}

function piecesOf(page: string, offset: number): Piece[] {
  const pieces: Piece[] = []
  let at = offset
  for (const [row, line] of page.split('\n').entries()) {
    for (const { 0: text, index: start } of line.matchAll(/\S+(?: \S+)*/gu))
      pieces.push({ text, at: at + start, row, start, end: start + text.length, from: 0, to: 0 })
    at += line.length + 1
  }
  return pieces
}

const rowsOf = (pieces: readonly Piece[]) => [...Map.groupBy(pieces, ({ row }) => row).values()]

/**
 * Parts rows whose columns only one space parts, each column's line as wide as the next: where most
 * stretches between spaces are of one width, pieces longer than that are parted at it.
 */
function partJustified(rows: readonly (readonly Piece[])[]): Piece[][] {
  const times = new Map<number, number>()
  for (const { text } of rows.flat())
    for (const part of text.split(' ').slice(0, -1)) {
      const width = widthOf(part)
      if (part.length >= PROSE) times.set(width, (times.get(width) ?? 0) + 1)
    }
  const near = (width: number) =>
    [-1, 0, 1].reduce((sum, off) => sum + (times.get(width + off) ?? 0), 0)
  const width = [...times.keys()].reduce((a, b) => (near(b) > near(a) ? b : a), 0)
  if (near(width) < Math.max(LEAST_ROWS, rows.length / 2)) return rows.map((row) => [...row])
  return rows.map((row) => row.flatMap((piece) => partAtWidth(piece, width)))
}

function partAtWidth(piece: Piece, width: number): Piece[] {
  const parts: Piece[] = []
  let from = 0
  for (let i = piece.text.indexOf(' '); i >= 0; i = piece.text.indexOf(' ', i + 1)) {
    const isNear =
      i - from <= width && Math.abs(widthOf(piece.text.slice(from, i)) - width) <= INDENT
    if (!isNear) continue
    parts.push(partOf(piece, from, i))
    from = i + 1
  }
  return [...parts, partOf(piece, from, piece.text.length)]
}

const partOf = (piece: Piece, from: number, to: number): Piece => ({
  ...piece,
  text: piece.text.slice(from, to),
  at: piece.at + from,
  start: piece.start + from,
  end: piece.start + to,
})

/** Where the pieces of the rows begin that have the most of them. */
function columnsOf(rows: readonly (readonly Piece[])[]): Column[] {
  const right = rows.flat().reduce((most, { end }) => Math.max(most, end), 0)
  const counts = rows.map(({ length }) => length).toSorted((a, b) => b - a)
  const usual = counts[Math.floor(rows.length * COLUMN_SHARE)] ?? 1
  const most = usual > MOST_COLUMNS ? 1 : usual
  const whole = rows.filter(({ length }) => length === most)
  const starts = Array.from({ length: most }, (_, k) => {
    const begins = whole.map((row) => row[k]!.start).toSorted((a, b) => a - b)
    return begins[Math.floor(begins.length / 2)] ?? 0
  })
  return starts.map((start, i) => ({ start, end: starts[i + 1] ?? right }))
}

/** Parts a piece that runs over a column's beginning where one space stands there. */
function partAtColumns(piece: Piece, columns: readonly Column[]): Piece[] {
  // A headline or a page's head runs over columns with spaces of its own.
  if (!/[，。、；：]/u.test(piece.text) || MASTHEAD.test(piece.text)) return [piece]
  const parts: Piece[] = []
  let from = 0
  for (const { start } of columns) {
    if (start - WAVER <= piece.start + from) continue
    if (start >= piece.end) break
    const space = spaceNear(piece.text, start - piece.start)
    if (space - from < PROSE) continue
    parts.push(partOf(piece, from, space))
    from = space + 1
  }
  return [...parts, partOf(piece, from, piece.text.length)]
}

const spaceNear = (text: string, at: number) =>
  [at - 1, at, at - 2, at + 1].find((x) => text[x] === ' ') ?? -1

function placeOver(piece: Piece, columns: readonly Column[]): Piece {
  const from = Math.max(
    0,
    columns.findLastIndex(({ start }) => start <= piece.start + WAVER),
  )
  const to = columns.findLastIndex(({ start }) => start + WAVER < piece.end)
  return { ...piece, from, to: Math.max(from, to) }
}

/** Two pieces of one column's line, which has a wide space in it. */
function joinWithin(row: readonly Piece[]): Piece[] {
  const joined: Piece[] = []
  for (const piece of row) {
    const last = joined.at(-1)
    const space = last ? piece.start - last.end : 0
    if (!last || space > INDENT || last.from !== piece.from || last.to !== piece.to)
      joined.push(piece)
    else {
      const text = last.text + ' '.repeat(space) + piece.text
      joined[joined.length - 1] = { ...last, text, end: piece.end }
    }
  }
  return joined
}

/** A short piece in the middle of a row's empty columns stands over all of them. */
function centreOver(row: readonly Piece[], columns: readonly Column[]): Piece[] {
  return row.map((piece, i) => {
    const { start } = columns[piece.from]!
    if (piece.start - start <= INDENT || piece.text.length > DISPLAY_LENGTH) return piece
    const left = (row[i - 1]?.to ?? -1) + 1
    const right = (row[i + 1]?.from ?? columns.length) - 1
    const middle = piece.start + (piece.text.length * LARGER) / 2
    const over = spanAround(middle, left, right, columns)
    return over ? { ...piece, from: over.from, to: over.to } : piece
  })
}

/** Of the columns from `left` to `right` those that a place is the middle of. */
function spanAround(middle: number, left: number, right: number, columns: readonly Column[]) {
  let best: { from: number; to: number; off: number } | undefined
  for (let from = left; from <= right; from++)
    for (let to = from; to <= right; to++) {
      const off = Math.abs((columns[from]!.start + columns[to]!.end) / 2 - middle)
      if (off <= (best?.off ?? PROSE)) best = { from, to, off }
    }
  return best
}

const isWide = ({ from, to }: Piece) => to > from

/** Pieces in the order in which a person reads them, each headline over its columns. */
function readRegion(pieces: readonly Piece[], from: number, to: number): Piece[] {
  if (from === to || pieces.length === 0) return [...pieces]
  const { cut, crossed } = clearestGutter(pieces, from, to)
  const spansAll = (piece: Piece) => piece.from <= from && piece.to >= to
  const crosses = (piece: Piece) => piece.from <= cut && piece.to > cut
  const bands = bandsOf(pieces, crossed ? crosses : spansAll)
  if (bands.length > 1)
    return bands.flatMap((band) => (band.every(isWide) ? band : readRegion(band, from, to)))
  const isLeft = (piece: Piece) => piece.from <= cut
  return [
    ...readRegion(pieces.filter(isLeft), from, cut),
    ...readRegion(
      pieces.filter((piece) => !isLeft(piece)),
      cut + 1,
      to,
    ),
  ]
}

/** The last column before the gutter that the fewest pieces cross, and whether any does. */
function clearestGutter(pieces: readonly Piece[], from: number, to: number) {
  const crossings = Array.from({ length: to - from }, () => 0)
  for (const piece of pieces)
    for (let cut = Math.max(from, piece.from); cut < Math.min(to, piece.to); cut++)
      crossings[cut - from]!++
  const fewest = Math.min(...crossings)
  return { cut: from + crossings.indexOf(fewest), crossed: fewest > 0 }
}

/** Pieces that part the others, each run of them a band; and between those, articles below articles. */
function bandsOf(pieces: readonly Piece[], parts: (piece: Piece) => boolean): Piece[][] {
  const bands: Piece[][] = []
  for (const piece of pieces) {
    const last = bands.at(-1)
    if (last && parts(last[0]!) === parts(piece)) last.push(piece)
    else bands.push([piece])
  }
  return bands.flatMap((band) => (parts(band[0]!) ? [band] : stretchesOf(band)))
}

/** Parts rows side by side where a blank row stands below the end of a sentence in their last column. */
function stretchesOf(pieces: readonly Piece[]): Piece[][] {
  const stretches: Piece[][] = []
  let beside = 0
  for (const row of rowsOf(pieces)) {
    const last = stretches.at(-1)
    const before = last?.at(-1)
    const apart = before !== undefined && row[0]!.row > before.row + 1
    if (last && !(apart && beside >= STRETCH_ROWS && endsSentence(last))) last.push(...row)
    else {
      stretches.push([...row])
      beside = 0
    }
    if (row.length > 1) beside++
  }
  return stretches
}

function endsSentence(stretch: readonly Piece[]): boolean {
  const last = stretch.reduce((a, b) => (b.from >= a.from ? b : a))
  return isFinished(last.text) || isCredit(last.text)
}

/** Whether a line is set in beside the lines around it, as the first of a paragraph is. */
function isSetIn(piece: Piece, before: Piece | undefined, next: Piece | undefined): boolean {
  if (isWide(piece)) return false
  const around = [before, next].filter(
    (other) => other?.from === piece.from && other.to === piece.to,
  )
  return around.some((other) => {
    const by = piece.start - other!.start
    return by >= SET_IN && by <= INDENT
  })
}
