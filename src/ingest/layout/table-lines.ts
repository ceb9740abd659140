import { cellsOf, isFigure } from './cells.ts'
import type { Line } from './line.ts'
import { DATA_SOURCE, EDITOR, startsAnew, TABLE_HEAD } from './marker.ts'
import { isClosed } from './sentence.ts'

const LABEL_LENGTH = 40

/** Which lines belong to tables: from a line of column heads to the last line that holds a row. */
export function tableLines(lines: readonly Line[], source: string): Set<number> {
  const found = new Set<number>()
  for (let i = 0; i < lines.length; i++) {
    if (found.has(i) || !isHead(lines[i]!, source)) continue
    const end = tableEnd(lines, i, source)
    if (countRows(lines.slice(i + 1, end), source) < 2) continue
    for (let k = i; k < end; k++) found.add(k)
  }
  return found
}

function isHead({ text }: Line, source: string): boolean {
  if (text.text.length > LABEL_LENGTH || isClosed(text.text)) return false
  if (text.text.startsWith('|')) return true
  const cells = cellsOf(text, source)
  return cells.length >= 2 && TABLE_HEAD.test(cells[0]!.text)
}

function tableEnd(lines: readonly Line[], head: number, source: string): number {
  let last = head
  for (let i = head + 1; i < lines.length && i - last <= 3; i++) {
    const line = lines[i]!
    if (line.opensBlock || line.level !== null || isClosed(line.text.text)) break
    if (
      line.text.text.length > LABEL_LENGTH ||
      startsAnew(line.text.text) ||
      EDITOR.test(line.text.text)
    )
      break
    if (DATA_SOURCE.test(line.text.text)) break
    if (isRow(line, source) || /^\d{1,3}$/u.test(line.text.text)) last = i
  }
  return last + 1
}

const isRow = ({ text }: Line, source: string) => {
  if (text.text.startsWith('|')) return true
  const cells = cellsOf(text, source)
  return cells.length >= 2 && cells.slice(1).some((cell) => isFigure(cell.text))
}

const countRows = (lines: readonly Line[], source: string) =>
  lines.filter((line) => isRow(line, source)).length
