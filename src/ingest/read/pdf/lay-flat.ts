import type { Box, Line, Sheet } from './box.ts'

/** Share of a page's characters that are set downwards on a page that is read from right to left. */
const MOST = 0.5

/** A page whose text is set downwards, laid on its side, so that its lines run from left to right. */
export function layFlat(sheet: Sheet, lines: readonly Line[]): { sheet: Sheet; lines: Line[] } {
  const length = (own: readonly Line[]) => own.reduce((sum, { text }) => sum + text.length, 0)
  const upright = lines.filter(({ vertical }) => vertical)
  if (length(upright) < length(lines) * MOST) return { sheet, lines: [...lines] }
  const lay = <B extends Box>(box: B): B => ({
    ...box,
    left: box.top,
    right: box.bottom,
    top: sheet.width - box.right,
    bottom: sheet.width - box.left,
  })
  return {
    sheet: {
      ...sheet,
      width: sheet.height,
      height: sheet.width,
      rules: sheet.rules.map((box) => lay(box)),
      frames: sheet.frames.map((box) => lay(box)),
      pictures: sheet.pictures.map((box) => lay(box)),
    },
    lines: lines.map((line) => ({ ...lay(line), vertical: !line.vertical })),
  }
}
