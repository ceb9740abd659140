import { heightOf, weightedMedian, widthOf } from './box.ts'
import type { Box, Line, Print } from './box.ts'
import { closesWide, isHan, opensWide } from './characters.ts'
import { stackedLines } from './stacks.ts'

/** In sizes of the type: what parts words of a line, and lines of neighbouring columns. */
const WORD_GAP = 0.25
const HAN_GAP = 0.5
const LINE_GAP = 0.7
const HANGING = 0.3
/** How far from the same character one is drawn twice. */
const TWIN = 0.25
/** Print on one base line differs in size by less: a superscript, a large initial. */
const SIZES = 1.7
/** Of the smaller size: how far base lines of one line are apart. */
const LEVEL = 0.35

/**
 * Print into lines: on one base line, nearer than the columns of a page, and not on two sides of an
 * upright rule. What is set downwards, one character under another, is a line of its own kind.
 */
export function linesOf(prints: readonly Print[], walls: readonly Box[] = []): Line[] {
  const { lines, rest } = stackedLines(prints.filter(({ vertical }) => !vertical))
  const upright = prints.filter(({ vertical }) => vertical)
  const em = weightedMedian(rest.map(({ size, text }) => [size, text.length]))
  const hasWall = wallsOf(walls)
  return [...upright, ...lines, ...rowsOf(rest).flatMap((row) => linesOfRow(row, em, hasWall))]
}

/** Pieces that stand on one base line, from left to right; base lines from top to bottom. */
export function rowsOf<P extends Print>(prints: readonly P[]): P[][] {
  const rows: P[][] = []
  for (const print of prints.toSorted((a, b) => a.bottom - b.bottom || a.left - b.left)) {
    const first = rows.at(-1)?.[0]
    if (first && print.bottom - first.bottom < LEVEL * Math.min(first.size, print.size))
      rows.at(-1)!.push(print)
    else rows.push([print])
  }
  return rows.map((row) => row.toSorted((a, b) => a.left - b.left))
}

/** Whether an upright rule stands between two pieces of print. */
type HasWall = (left: Print, right: Print) => boolean

function wallsOf(rules: readonly Box[]): HasWall {
  const upright = rules.filter((rule) => heightOf(rule) > widthOf(rule))
  const sorted = upright.toSorted((a, b) => a.left - b.left)
  return (left, right) => {
    const middle = (right.top + right.bottom) / 2
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const at = (low + high) >> 1
      if (sorted[at]!.left < left.right - 1) low = at + 1
      else high = at
    }
    for (let i = low; i < sorted.length && sorted[i]!.left <= right.left + 1; i++)
      if (sorted[i]!.top < middle && sorted[i]!.bottom > middle) return true
    return false
  }
}

function linesOfRow(row: readonly Print[], em: number, hasWall: HasWall): Line[] {
  const lines: Print[][] = []
  let right = -Infinity
  for (const print of row) {
    const last = lines.at(-1)?.at(-1)
    const size = last ? Math.min(last.size, print.size) : 0
    const fits = last && Math.max(last.size, print.size) < size * SIZES
    const gap = print.left - right
    // A mark at a line's end may hang out of its column by the half of it that is blank.
    const hangs = last && closesWide(last.text) && gap > HANGING * size ? size / 2 : 0
    // Headlines beside one another are no further apart than the columns under them.
    if (last && fits && gap + hangs < LINE_GAP * Math.min(size, em) && !hasWall(last, print))
      lines.at(-1)!.push(print)
    else lines.push([print])
    right = Math.max(last && fits ? right : -Infinity, print.right)
  }
  return lines.map((line) => joined(line))
}

/** Print without the characters that it draws over those before it, to make them look bold. */
function withoutTwin(before: string, { text }: Print, over: number): string {
  const count = Math.round(over)
  if (count < 1 || Math.abs(over - count) > TWIN || count > text.length) return text
  return before.endsWith(text.slice(0, count)) ? text.slice(count) : text
}

/** Pieces side by side as one line, with a space where one is seen. */
export function joined(prints: readonly Print[]): Line {
  let text = ''
  let right = -Infinity
  for (const print of prints) {
    const gap = (print.left - right) / print.size
    const close = isHan(text.at(-1) ?? '') && isHan(print.text[0] ?? '') ? HAN_GAP : WORD_GAP
    text += (text !== '' && gap > close ? ' ' : '') + withoutTwin(text, print, -gap)
    right = Math.max(right, print.right)
  }
  const main = prints.reduce((a, b) => (widthOf(b) > widthOf(a) ? b : a))
  const bold = prints.reduce((sum, print) => sum + (print.bold ? widthOf(print) : 0), 0)
  const all = prints.reduce((sum, print) => sum + widthOf(print), 0)
  return {
    text,
    left: prints[0]!.left + (opensWide(text) ? main.size / 2 : 0),
    right: right - (closesWide(text) ? main.size / 2 : 0),
    top: main.top,
    bottom: main.bottom,
    size: main.size,
    font: main.font,
    bold: bold * 2 > all,
    sideways: false,
    vertical: false,
  }
}
