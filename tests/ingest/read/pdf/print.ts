import type { Print } from '../../../../src/ingest/read/pdf/box.ts'

/** Print whose upper left corner is given, each character as wide as it is high. */
export const print = (left: number, top: number, text: string, size = 10): Print => ({
  text,
  left,
  top,
  right: left + text.length * size,
  bottom: top + size,
  size,
  font: '',
  bold: false,
  sideways: false,
  vertical: false,
})

/** Lines of a column, one under another. */
export const column = (left: number, top: number, lines: readonly string[], size = 10) =>
  lines.map((text, i) => print(left, top + i * size * 1.5, text, size))

/** Characters of a headline set downwards. */
export const downwards = (left: number, top: number, text: string, size = 20) =>
  Array.from(text, (character, i) => print(left, top + i * size, character, size))
