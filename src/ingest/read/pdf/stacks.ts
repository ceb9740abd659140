import { around, middleOf } from './box.ts'
import type { Box, Line, Print } from './box.ts'
import { turned } from './characters.ts'

/** In sizes of the type: how far apart characters of a stack stand, and how straight. */
const CLOSEST = -0.4
const FARTHEST = 0.45
const STRAIGHT = 0.3
const SAME_SIZE = 0.12
/** Where stacks stand side by side, their tops level; how far they are apart. */
const LEVEL = 0.4
const APART = 1.5
/** What parts words of a stack. */
const WORDS = 1.3
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
  const single = prints.filter(({ text, sideways }) => sideways || text.length <= LONGEST)
  const below = neighboursBelow(single)
  const under = new Set(below.values())
  const touches = besides(prints)
  const chains = single
    .filter((first) => !under.has(first))
    .map((first) => {
      const chain: Print[] = []
      for (let print: Print | undefined = first; print; print = below.get(print)) chain.push(print)
      return chain
    })
  const stacks = chains.filter((chain) => isStack(chain, touches))
  // The last characters of a headline may be too few to show by themselves that they run downwards.
  const rests = chains.filter(
    (chain) => chain.length < LEAST && stacks.some((stack) => isBeside(stack[0]!, chain[0]!)),
  )
  const all = united([...stacks, ...rests])
  const used = new Set(all.flat())
  return {
    lines: all.map((stack) => ({
      ...stack[0]!,
      ...around(stack),
      text: textOf(stack),
      vertical: true,
    })),
    rest: prints.filter((print) => !used.has(print) && !print.sideways),
  }
}

/** Stacks under one another as one: the words of a headline. */
function united(stacks: readonly (readonly Print[])[]): Print[][] {
  const all: Print[][] = []
  for (const stack of stacks.toSorted((a, b) => a[0]!.top - b[0]!.top)) {
    const over = all.find((own) => isUnder(own.at(-1)!, stack[0]!))
    if (over) over.push(...stack)
    else all.push([...stack])
  }
  return all
}

const isUnder = (last: Print, first: Print) =>
  first.top - last.bottom < WORDS * last.size &&
  first.top >= last.bottom &&
  Math.abs(middleOf(first) - middleOf(last)) < STRAIGHT * last.size &&
  Math.abs(first.size - last.size) < SAME_SIZE * last.size

const textOf = (stack: readonly Print[]) =>
  turned(
    stack
      .map((print, i) => {
        const before = stack[i - 1]
        return before && print.top - before.bottom > FARTHEST * print.size
          ? ` ${print.text}`
          : print.text
      })
      .join(''),
  )

const isBeside = (first: Print, print: Print) =>
  Math.abs(first.top - print.top) < LEVEL * first.size &&
  Math.abs(first.size - print.size) < SAME_SIZE * first.size &&
  print.right < first.left + LEVEL * first.size &&
  first.left - print.right < APART * first.size

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
      for (
        let i = next;
        i < near.length && near[i]!.top - print.bottom < FARTHEST * print.size;
        i++
      )
        if (!below.has(print) && follows(print, near[i]!)) below.set(print, near[i]!)
    }
  }
  return below
}

const follows = (print: Print, other: Print) =>
  other.top - print.bottom < FARTHEST * print.size &&
  other.top - print.bottom > CLOSEST * print.size &&
  Math.abs(middleOf(other) - middleOf(print)) < STRAIGHT * print.size &&
  Math.abs(other.size - print.size) < SAME_SIZE * print.size

/** Whether gaps within a stack are narrower than those to its sides. */
function isStack(stack: readonly Print[], touches: (print: Print, reach: number) => boolean) {
  if (stack.length < LEAST) return false
  const { size } = stack[0]!
  const gaps = stack.slice(1).map((print, i) => print.top - stack[i]!.bottom)
  const gap = gaps.reduce((sum, own) => sum + own, 0) / gaps.length
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
    for (let k = Math.floor(print.top / STRIP); k * STRIP < print.bottom; k++) {
      const strip = strips.get(k)
      if (strip) strip.push(print)
      else strips.set(k, [print])
    }
  }
  const isNear = (a: Box, b: Box, reach: number) =>
    b.left < a.right + reach && b.right > a.left - reach
  return (print, reach) => {
    const middle = (print.top + print.bottom) / 2
    return (strips.get(Math.floor(middle / STRIP)) ?? []).some(
      (other) =>
        other !== print &&
        other.top < middle &&
        other.bottom > middle &&
        isNear(print, other, reach),
    )
  }
}
