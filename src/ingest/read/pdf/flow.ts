import { weightedMedian } from './box.ts'
import type { Line } from './box.ts'
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

/** Blocks in reading order as paragraphs, subheads and tables. */
export function partsOf(blocks: readonly Block[], bold: boolean): Part[] {
  const size = weightedMedian(
    blocks.flatMap(({ lines }) => lines.map((line) => [line.size, line.text.length] as const)),
  )
  const parts: Part[] = []
  for (const block of blocks) for (const part of partsOfBlock(block, size, bold)) addPart(parts, part)
  return parts
}

/** Adds a part, or carries on the last one. */
export function addPart(parts: Part[], part: Part): void {
  const last = parts.at(-1)
  if (last && last.kind === 'paragraph' && part.kind === 'paragraph' && last.open && part.continues)
    parts[parts.length - 1] = { ...part, text: runOn(last.text, part.text), continues: last.continues }
  else parts.push(part)
}

function partsOfBlock(block: Block, size: number, bold: boolean): Part[] {
  if (block.table)
    return [
      { kind: 'table', text: block.table.join('\n'), size, open: false, continues: false },
    ]
  const parts: Part[] = []
  const rows = rowsOfBlock(block)
  for (const [i, row] of rows.entries()) {
    const { text } = row.line
    const kind = isSubhead(rows, i, size, bold) ? 'subhead' : 'paragraph'
    const before = rows[i - 1]
    const continues = i === 0 ? row.indented !== true : goesOnInBlock(before!, row)
    addPart(parts, {
      kind,
      text,
      size: row.line.size,
      open: row.full || !isClosed(text),
      continues,
    })
  }
  return parts
}

/** Within a block a short line ends a paragraph, and an indent begins one. */
const goesOnInBlock = (before: Row, row: Row) => row.indented !== true && before.full

function isSubhead(rows: readonly Row[], i: number, size: number, bold: boolean): boolean {
  const { line, full } = rows[i]!
  const apart = (other: Line) => other.size >= size * LARGER || (other.bold && !bold)
  if (!apart(line) || line.text.length > SUBHEAD_LENGTH || /[，。；、]$/u.test(line.text)) return false
  const next = rows[i + 1]
  return !full || !next || !apart(next.line)
}

export const runOn = (left: string, right: string) => left + joint(left, right) + right

/** What stands between two stretches of one text: Latin words keep a space, and figures that stand apart. */
export function joint(left: string, right: string): '' | ' ' {
  const [last, first] = [left.at(-1) ?? '', right[0] ?? '']
  if (isHan(last) || isHan(first)) return ''
  if (/\d/u.test(last) && /\d/u.test(first)) {
    const figure = /[\d.,]+$/u.exec(left)!
    return isHan(left[figure.index - 1] ?? '') ? '' : ' '
  }
  return /[\p{L}\p{N}.,;:!?%)]/u.test(last) && /[\p{L}\p{N}(]/u.test(first) ? ' ' : ''
}
