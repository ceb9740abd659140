import type { Block } from './blocks.ts'
import { child, count, isOn, value } from './parse-xml.ts'
import type { Element } from './parse-xml.ts'
import { REMOVED } from './unread-fields.ts'

/** A cell that goes on over several rows is said in each, when it is no longer than a label. */
const LONGEST_LABEL = 40

/** As many columns as Word can have. */
const MOST_COLUMNS = 63

/**
 * A table by its rows: every cell once in its column, those it was merged with empty, but a label
 * that stands for several rows in each. One with a single column is a frame around what it holds.
 */
export function readTable(table: Element, readCell: (cell: Element) => Block[]): Block[] {
  const rows: string[][] = []
  const framed: Block[] = []
  let isFrame = true
  let labels: string[] = []
  for (const row of found(table, 'tr')) {
    const properties = child(row, 'trPr')
    if (child(properties, 'del')) continue
    const cells = found(row, 'tc')
    const before = Math.min(count(properties, 'gridBefore') ?? 0, MOST_COLUMNS)
    const texts = Array.from<string>({ length: before }).fill('')
    const labelsHere: string[] = []
    isFrame &&= cells.length === 1
    for (const cell of cells) {
      const at = texts.length
      const { span, goesOn, begins } = merging(cell)
      const blocks = goesOn ? [] : readCell(cell)
      for (const block of blocks) framed.push(block)
      const text = goesOn ? (labels[at] ?? '') : flat(blocks)
      if ((goesOn || begins) && text.length <= LONGEST_LABEL) labelsHere[at] = text
      texts.push(text)
      for (let i = 1; i < span; i++) texts.push('')
    }
    labels = labelsHere
    if (!isOn(properties, 'hidden') && texts.some((text) => text !== '')) rows.push(texts)
  }
  if (isFrame) return framed
  return rows.length > 0 ? [{ kind: 'table', rows }] : []
}

/** How a cell is merged with those beside and above it. */
function merging(cell: Element): { span: number; goesOn: boolean; begins: boolean } {
  const properties = child(cell, 'tcPr')
  const down = child(properties, 'vMerge')
  const begins = down?.attributes['val'] === 'restart'
  return {
    span: Math.min(count(properties, 'gridSpan') ?? 1, MOST_COLUMNS),
    goesOn: (down !== undefined && !begins) || value(properties, 'hMerge') === 'continue',
    begins,
  }
}

/** The rows of a table or the cells of a row, also those in content controls. */
function found(element: Element, name: 'tr' | 'tc'): Element[] {
  return element.children.flatMap((one) => {
    if (one.name === name) return isRemoved(one) ? [] : [one]
    return one.name === 'tbl' || REMOVED.has(one.name) ? [] : found(one, name)
  })
}

const isRemoved = (cell: Element) => child(child(cell, 'tcPr'), 'cellDel') !== undefined

/** All of a cell in one line. */
function flat(blocks: readonly Block[]): string {
  return blocks
    .flatMap((block) => (block.kind === 'paragraph' ? block.text : block.rows.flat()))
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
