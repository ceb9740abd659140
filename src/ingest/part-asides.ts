import { concat, firstFrom, slice } from '../traced.ts'
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
    const [first, last] = [firstFrom(text.origin, start), firstFrom(text.origin, end)]
    kept.push(slice(text, from, first))
    if (last > first) parted.push({ what, text: slice(text, first, last) })
    from = last
  }
  return { rest: concat([...kept, slice(text, from)]), parted }
}
