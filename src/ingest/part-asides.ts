import { concat, slice } from '../traced.ts'
import type { Traced } from '../traced.ts'
import type { Aside } from './read/source-text.ts'

/** A text without what is no part of its articles, and that. */
export function partAsides(
  text: Traced,
  asides: readonly Aside[],
): { rest: Traced; parted: { what: Aside['what']; text: Traced }[] } {
  if (asides.length === 0) return { rest: text, parted: [] }
  const kept: Traced[] = []
  const parted: { what: Aside['what']; text: Traced }[] = []
  let from = 0
  for (const { start, end, what } of asides) {
    const [first, last] = [placeOf(text, start), placeOf(text, end)]
    kept.push(slice(text, from, first))
    if (last > first) parted.push({ what, text: slice(text, first, last) })
    from = last
  }
  return { rest: concat([...kept, slice(text, from)]), parted }
}

/** The first character that stands at an offset of the source or behind it. */
function placeOf({ origin }: Traced, offset: number): number {
  let [low, high] = [0, origin.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (origin[middle]! < offset) low = middle + 1
    else high = middle
  }
  return low
}
