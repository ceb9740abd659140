/** A value as a cell holds it: a number with at most a short unit; days and months belong to dates. */
const VALUE = /^(?:[-+−±]?\d[\d,.]*(?:[%％‰]|(?![年月日时点分])\p{Script=Han}{1,2})?|[-—–]+)$/u
const SERIAL = /^\d{1,3}$/
const SENTENCE = /[，。；：？！“”,;:?!]/
const HEADER_CELL = 10

/**
 * The words of a line, by index, that begin a table's cell: figures at its end, what follows a
 * serial number before them, and all heads of columns right above such a line. Empty for prose.
 */
export function cellStarts(line: string, next: string | undefined): Set<number> {
  const words = wordsOf(line)
  const starts = rowStarts(line, words)
  if (starts.length > 0) return new Set(starts)
  const heads =
    isHeader(line, words) && next !== undefined && rowStarts(next, wordsOf(next)).length > 0
  return new Set(heads ? words.keys() : [])
}

const wordsOf = (line: string) => line.split(/\s+/).filter((word) => word !== '')

function rowStarts(line: string, words: readonly string[]): number[] {
  if (SENTENCE.test(line)) return []
  const label = words.findLastIndex((word) => !VALUE.test(word))
  const values = words.length - 1 - label
  const numbered = label > 0 && SERIAL.test(words[0]!)
  if (label < 0 || !(values >= 2 || (values === 1 && numbered))) return []
  const cells = [...words.keys()].filter((i) => i > label)
  return numbered ? [1, ...cells] : cells
}

function isHeader(line: string, words: readonly string[]): boolean {
  return (
    words.length >= 2 && !SENTENCE.test(line) && words.every((word) => word.length <= HEADER_CELL)
  )
}
