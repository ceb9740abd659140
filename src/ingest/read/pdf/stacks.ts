import { around, middleOf } from './box.ts'
import type { Box, Line, Print } from './box.ts'
import { turned } from './characters.ts'

/** In sizes of the type: how far below one another characters of a stack stand, and how straight. */
const PITCH_LEAST = 0.6
const PITCH_MOST = 1.45
const STRAIGHT = 0.3
const SAME_SIZE = 0.12
const LEAST = 3
/** A pair of figures stands side by side in a stack. */
const LONGEST = 2
/** Of a stack's characters, so many may have a neighbour at their side. */
const BESIDE_SHARE = 1 / 3
/** What counts as beside at least, in sizes of the type. */
const REACH = 0.1

/**
 * Characters that stand under one another and nearer so than to what is beside them: headlines and
 * texts set downwards.
 */
export function stackedLines(prints: readonly Print[]): { lines: Line[]; rest: Print[] } {
  const single = prints.filter(({ text }) => text.length <= LONGEST)
  const below = neighboursBelow(single)
  const under = new Set(below.values())
  const touches = besides(prints)
  const used = new Set<Print>()
  const lines: Line[] = []
  for (const first of single) {
    if (under.has(first)) continue
    const stack: Print[] = []
    for (let print: Print | undefined = first; print; print = below.get(print)) stack.push(print)
    if (stack.length < LEAST || !isStack(stack, touches)) continue
    for (const print of stack) used.add(print)
    const text = turned(stack.map((print) => print.text).join(''))
    lines.push({ ...first, ...around(stack), text, vertical: true })
  }
  return { lines, rest: prints.filter((print) => !used.has(print)) }
}

/** For each print the one right under it. */
function neighboursBelow(prints: readonly Print[]): Map<Print, Print> {
  const below = new Map<Print, Print>()
  const columnOf = (print: Print) => Math.round(middleOf(print) / print.size)
  const byColumn = Map.groupBy(
    prints.toSorted((a, b) => a.top - b.top),
    columnOf,
  )
  const at = new Map<number, number>()
  for (const print of prints.toSorted((a, b) => a.top - b.top)) {
    const column = columnOf(print)
    for (const k of [column, column - 1, column + 1]) {
      const near = byColumn.get(k) ?? []
      let next = at.get(k) ?? 0
      while (next < near.length && near[next]!.top <= print.top) next++
      at.set(k, next)
      for (let i = next; i < near.length && near[i]!.top - print.top < PITCH_MOST * print.size; i++)
        if (!below.has(print) && follows(print, near[i]!)) below.set(print, near[i]!)
    }
  }
  return below
}

const follows = (print: Print, other: Print) =>
  other.top - print.top < PITCH_MOST * print.size &&
  other.top - print.top > PITCH_LEAST * print.size &&
  Math.abs(middleOf(other) - middleOf(print)) < STRAIGHT * print.size &&
  Math.abs(other.size - print.size) < SAME_SIZE * print.size

/** Whether gaps within a stack are narrower than those to its sides. */
function isStack(stack: readonly Print[], touches: (print: Print, reach: number) => boolean) {
  const { top, bottom } = around(stack)
  const { size } = stack[0]!
  const gap = (bottom - top - size) / (stack.length - 1) - size
  const reach = Math.max(gap, REACH * size)
  const beside = stack.filter((print) => touches(print, reach))
  return beside.length <= stack.length * BESIDE_SHARE
}

/** Height of the strips that print is sought in, in points. */
const STRIP = 8

/** Whether other print stands at the side of a print and within reach. */
function besides(prints: readonly Print[]): (print: Print, reach: number) => boolean {
  const strips = new Map<number, Print[]>()
  for (const print of prints) {
    for (let k = Math.floor(print.top / STRIP); k * STRIP < print.bottom; k++)
    {
      const strip = strips.get(k)
      if (strip) strip.push(print)
      else strips.set(k, [print])
    }
  }
  const isBeside = (a: Box, b: Box, reach: number) => b.left < a.right + reach && b.right > a.left - reach
  return (print, reach) => {
    const middle = (print.top + print.bottom) / 2
    return (strips.get(Math.floor(middle / STRIP)) ?? []).some(
      (other) =>
        other !== print &&
        other.top < middle &&
        other.bottom > middle &&
        isBeside(print, other, reach),
    )
  }
}
