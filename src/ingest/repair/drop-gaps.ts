import { edit } from '../../traced.ts'
import type { Edit, Traced } from '../../traced.ts'
import { keepsGap } from './keeps-gap.ts'
import { spreadWords } from './spread-words.ts'
import type { Piece } from './spread-words.ts'
import { cellStarts } from './table-row.ts'

/** Blanks within a line; a tab parts cells and is no blank. */
const BLANKS = '[ \\u00A0\\u2002-\\u200A\\u3000]'
const GAP = new RegExp(`\\S${BLANKS}|[\\u00A0\\u3000]\\S`)
/** A form feed ends the line of a page's end. */
const LINE_END = /[\n\f]/g
const BLANK = new RegExp(BLANKS)

/**
 * Drops the spaces that extraction left in Chinese text; those that carry meaning stay, one ordinary
 * space each. Indents and line breaks stay as they are.
 */
export function dropGaps(traced: Traced): Traced {
  const edits: Edit[] = []
  const { text } = traced
  let start = 0
  while (start < text.length) {
    LINE_END.lastIndex = start
    const end = LINE_END.exec(text)?.index ?? text.length
    const line = text.slice(start, end)
    if (GAP.test(line))
      for (const each of lineEdits(line, start, () => nextLine(text, end))) edits.push(each)
    start = end + 1
  }
  return edit(traced, edits)
}

function lineEdits(line: string, offset: number, next: () => string | undefined): Edit[] {
  const edits: Edit[] = []
  const pieces = piecesOf(line)
  if (pieces.length > 1 && !line.includes('\t')) {
    const joined = spreadWords(pieces)
    const cells = cellStarts(line, next())
    pieces.forEach(({ start, gap }, i) => {
      if (i === 0) return
      const keep = !joined.has(i) && (cells.has(i) || keepsGap(line, start - gap, start))
      const blank = keep ? ' ' : ''
      if (line.slice(start - gap, start) !== blank)
        edits.push({ start: offset + start - gap, end: offset + start, text: blank })
    })
  }
  const trailing = pieces.length > 0 ? trailingIn(line) : null
  if (trailing && trailing.end > trailing.start) {
    edits.push({ start: offset + trailing.start, end: offset + trailing.end, text: '' })
  }
  return edits
}

/** The blanks at a line's end, looked for from there: within a line may stand thousands. */
function trailingIn(line: string): { start: number; end: number } {
  const end = line.endsWith('\r') ? line.length - 1 : line.length
  let start = end
  while (start > 0 && BLANK.test(line[start - 1]!)) start--
  return { start, end }
}

function piecesOf(line: string): Piece[] {
  let end = 0
  return [...line.matchAll(/\S+/g)].map(({ index, 0: text }) => {
    const piece = { start: index, text, gap: index - end }
    end = index + text.length
    return piece
  })
}

/** The next line that is not blank. */
function nextLine(text: string, from: number): string | undefined {
  const rest = /\S[^\n]*/y
  let at = from
  while (at < text.length && /\s/.test(text[at]!)) at++
  rest.lastIndex = at
  return rest.exec(text)?.[0]
}
