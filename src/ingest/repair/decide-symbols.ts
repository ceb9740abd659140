import { fullWidthFigures } from './full-width-figures.ts'
import { markFigureSigns } from './figure-signs.ts'
import type { Marks } from './marks.ts'
import { markPairs } from './pair-signs.ts'
import { markPauses } from './pause-signs.ts'
import { restoreAt } from './restore-at.ts'

/**
 * In a text whose symbols are shifted, the offsets of the characters that are symbols, in order.
 * Each is decided where it stands: figures by what they count, brackets by their partner, pauses by
 * the words around them, signs between figures by the figures.
 */
export function decideSymbols(text: string): number[] {
  const figures = fullWidthFigures(text)
  const legible = restoreAt(text, figures)
  const marks: Marks = new Uint8Array(text.length)
  const spaced = isSpaced(legible)
  markPairs(legible, marks)
  markFigureSigns(legible, marks)
  markPauses(legible, marks, spaced)
  for (const at of figures) marks[at] = 1
  return offsetsOf(marks)
}

function offsetsOf(marks: Marks): number[] {
  const offsets: number[] = []
  for (let at = marks.indexOf(1); at !== -1; at = marks.indexOf(1, at + 1)) offsets.push(at)
  return offsets
}

/** Whether extraction left a space behind nearly every sign. */
function isSpaced(text: string): boolean {
  const commas = text.match(/[袁遥尧]/g)?.length ?? 0
  const followed = text.match(/[袁遥尧](?=\s|$|[冶曳冤])/g)?.length ?? 0
  return followed > commas * 0.8
}
