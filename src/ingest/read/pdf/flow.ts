import { around, median, overlapX, weightedMedian, widthOf } from './box.ts'
import type { Box, Line } from './box.ts'
import { isHan } from './characters.ts'
import { isClosed, rowsOfBlock } from './edges.ts'
import type { Row } from './edges.ts'
import type { Block } from './xy-cut.ts'

/** A piece of an article's text, as it will be written. */
export interface Part {
  readonly kind: 'title' | 'kicker' | 'subtitle' | 'subhead' | 'paragraph' | 'table'
  readonly text: string
  readonly size: number
  /** Whether the next column or page may carry it on. */
  readonly open: boolean
  /** Whether it may carry on what came before. */
  readonly continues: boolean
}

/** In sizes of the article's type, and in characters: what sets a subhead apart. */
const LARGER = 1.07
const SUBHEAD_LENGTH = 30
/** Blocks whose edges differ by less are of one column, in sizes of the type. */
const EDGE = 3
/** In sizes of the type: what more white between two lines than between others parts paragraphs. */
const WHITE = 0.4

/** How an article's text is set. */
interface Setting {
  readonly size: number
  readonly font: string
  readonly bold: boolean
}

/** Blocks in reading order as paragraphs, subheads and tables. */
export function partsOf(blocks: readonly Block[], body: Setting): Part[] {
  const size = weightedMedian(
    blocks.flatMap(({ lines }) => lines.map((line) => [line.size, line.text.length] as const)),
  )
  return blocks.flatMap((block, i) => {
    const column = around(blocks.filter((other) => sharesColumn(block, other, size)))
    const isBelow = i > 0 && overlapX(blocks[i - 1]!, block) > 0 && block.top > blocks[i - 1]!.top
    return partsOfBlock(block, column, { ...body, size }, isBelow)
  })
}

const sharesColumn = (a: Block, b: Block, size: number) =>
  a === b ||
  (b.table === null &&
    overlapX(a, b) > 0 &&
    widthOf(b) > widthOf(a) - EDGE * size &&
    (a.lines.length < FEW || Math.abs(a.left - b.left) + Math.abs(a.right - b.right) < EDGE * size))

/** So few lines show no edges of their own. */
const FEW = 4

function partsOfBlock(block: Block, column: Box, setting: Setting, isBelow: boolean): Part[] {
  const { size } = setting
  if (block.table)
    return [{ kind: 'table', text: block.table.join('\n'), size, open: false, continues: false }]
  const rows = rowsOfBlock(block, column)
  const gap = median(rows.slice(1).map(({ line }, i) => line.top - rows[i]!.line.bottom))
  const parts: Part[] = []
  for (const [i, row] of rows.entries()) {
    const { text } = row.line
    const closed = isClosed(text)
    const part: Part = {
      kind: isSubhead(rows, i, setting) ? 'subhead' : 'paragraph',
      text,
      size: row.line.size,
      open: row.full || (!closed && rows.length > 1 && i === rows.length - 1),
      // Where white parts a column, only a sentence that cannot end goes on below it.
      continues: i > 0 ? goesOnWithin(rows, i, gap) : continuesAcross(row, isBelow),
    }
    const last = parts.at(-1)
    if (last && carriesOn(last, part))
      parts[parts.length - 1] = { ...part, text: runOn(last.text, text), continues: last.continues }
    else parts.push(part)
  }
  return parts
}

/** Within a block an indent, a short line or more white than usual ends a paragraph. */
const goesOnWithin = (rows: readonly Row[], i: number, gap: number) =>
  rows[i]!.indented !== true &&
  rows[i - 1]!.full &&
  rows[i]!.line.top - rows[i - 1]!.line.bottom < gap + WHITE * rows[i]!.line.size

const continuesAcross = (row: Row, isBelow: boolean) =>
  isBelow ? row.indented === false && row.full : row.indented !== true

/** Whether a part goes on with the paragraph before it. */
export const carriesOn = (before: Part, part: Part): boolean =>
  before.kind === 'paragraph' && part.kind === 'paragraph' && part.continues && before.open

function isSubhead(rows: readonly Row[], i: number, { size, font, bold }: Setting): boolean {
  const { line, full } = rows[i]!
  const apart = (other: Line) =>
    other.size >= size * LARGER ||
    (other.bold && !bold) ||
    (i > 0 && font !== '' && other.font !== '' && other.font !== font)
  if (!apart(line) || line.text.length > SUBHEAD_LENGTH || /[，。；、：]$/u.test(line.text))
    return false
  const next = rows[i + 1]
  return !full || !next || !apart(next.line)
}

/** Two stretches of one line of text as one. */
export const runOn = (left: string, right: string) => left + joint(left, right) + right

/** What stands between two stretches of one text: Latin words keep a space, and figures that stand apart. */
export function joint(left: string, right: string): '' | ' ' {
  const [last, first] = [left.at(-1) ?? '', right[0] ?? '']
  if (isHan(last) || isHan(first)) return ''
  if (/\d/u.test(last) && /\d/u.test(first)) {
    const figure = /(?<![\d.,])[\d.,]+$/u.exec(left)!
    return isHan(left[figure.index - 1] ?? '') ? '' : ' '
  }
  return /[\p{L}\p{N}.,;:!?%)]/u.test(last) && /[\p{L}\p{N}(]/u.test(first) ? ' ' : ''
}
