import type { Span, Traced } from '../../traced.ts'
import { decideSymbols } from './decide-symbols.ts'
import { restoreAt } from './restore-at.ts'
import { shiftedStretches } from './shifted-stretches.ts'

/** A text with its symbols back, and how many there were. */
export interface Restored {
  readonly text: Traced
  readonly restored: number
}

/** Puts back the symbols that stand as Chinese characters, wherever a text shows that this happened. */
export function restoreSymbols(traced: Traced): Restored {
  const stretches = shiftedStretches(traced.text)
  if (stretches.length === 0) return { text: traced, restored: 0 }
  const places = stretches.flatMap((stretch) => placesIn(traced.text, stretch))
  // One character for one, so the map to the source stays as it is.
  return {
    text: { text: restoreAt(traced.text, places), origin: traced.origin },
    restored: places.length,
  }
}

function placesIn(text: string, { start, end }: Span): number[] {
  return decideSymbols(text.slice(start, end)).map((at) => start + at)
}
