import type { Traced } from '../../traced.ts'
import { isFigure } from './cells.ts'
import { DATA_SOURCE, EDITOR, startsAnew, TABLE_HEAD } from './marker.ts'
import { isClosed } from './sentence.ts'

type Cells = readonly Traced[]

const LABEL_LENGTH = 40
/** Lines of labels that may stand between two rows. */
const LABEL_LINES = 3
const LEAST_ROWS = 2

/** Which lines belong to tables: from a line of column heads to the last that holds a row, within a block; and those of Markdown tables. */
export function tableLines(
  lines: readonly Cells[],
  breaks: (i: number) => boolean,
  piped: (i: number) => boolean,
): Set<number> {
  const found = new Set<number>()
  for (const [i, line] of lines.entries()) {
    if (piped(i)) found.add(i)
    if (found.has(i) || !isHead(line)) continue
    const end = tableEnd(lines, i, breaks)
    if (lines.slice(i + 1, end).filter(isRow).length < LEAST_ROWS) continue
    for (let k = i; k < end; k++) found.add(k)
  }
  return found
}

const isHead = (line: Cells) => line.length >= 2 && TABLE_HEAD.test(line[0]!.text)

const isRow = (line: Cells) => line.length >= 2 && line.slice(1).some(({ text }) => isFigure(text))

function tableEnd(lines: readonly Cells[], head: number, breaks: (i: number) => boolean): number {
  let last = head
  for (let i = head + 1; i < lines.length && i - last <= LABEL_LINES; i++) {
    const line = lines[i]!
    if (breaks(i) || endsTable(line.map(({ text }) => text).join(''))) break
    if (isRow(line) || /^\d{1,3}$/u.test(line[0]!.text)) last = i
  }
  return last + 1
}

const endsTable = (text: string) =>
  text.length > LABEL_LENGTH ||
  isClosed(text) ||
  startsAnew(text) ||
  EDITOR.test(text) ||
  DATA_SOURCE.test(text)
