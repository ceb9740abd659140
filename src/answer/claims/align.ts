import type { Span } from '../../traced.ts'
import { type Letters, lettersOf, lettersWithin } from './letters.ts'
import { type Reading, compareReadings } from './readings.ts'

/** A text as it is aligned. */
export interface Aligned {
  readonly text: string
  readonly letters: Letters
  readonly readings: readonly Reading[]
}

/** What is printed: it may be left out by whole pieces, and an item's number in front of a piece alone. */
export interface AlignedPrint extends Aligned {
  readonly pieces: readonly Span[]
  readonly numbers: readonly Span[]
}

/**
 * A step of an alignment, as ranges of letters in both: the same letters; the same thing in another
 * form; another value of the same kind; other words; a piece left out.
 */
export interface Step {
  readonly kind: 'same' | 'form' | 'value' | 'other' | 'left_out'
  readonly claimed: Span
  readonly printed: Span
}

export interface Alignment {
  readonly steps: readonly Step[]
  /** What its changes cost; what is left out by the piece costs next to nothing. */
  readonly cost: number
}

/**
 * What steps cost beside each other. A piece left out is a cut, so anything else is dearer; words
 * exchanged for others are likelier than words added.
 */
const COST = { leftOut: 1, form: 1, exchanged: 60, dropped: 60, added: 80 }

export function aligned(text: string, readings: readonly Reading[]): Aligned {
  return { text, letters: lettersOf(text), readings }
}

/**
 * The cheapest way to make a claim from what is printed by leaving out pieces and changing words:
 * Levenshtein's, where a whole piece is dropped in one step, and a figure, a date or a place is one.
 */
export function align(claim: Aligned, print: AlignedPrint): Alignment {
  const a = claim.letters.chars
  const b = print.letters.chars
  const width = a.length + 1
  const costs = new Int32Array((b.length + 1) * width).fill(UNREACHED)
  const from = new Int32Array(costs.length)
  const kinds = new Uint8Array(costs.length)
  costs[0] = 0
  const reach = (to: number, cost: number, at: number, kind: number) => {
    if (cost >= costs[to]!) return
    costs[to] = cost
    from[to] = at
    kinds[to] = kind
  }
  const skips = skipsOf(print)
  const readings = { claimed: byStart(claim), printed: byStart(print) }
  for (let p = 0; p <= b.length; p++) {
    const here = readings.printed.get(p) ?? []
    for (let c = 0; c <= a.length; c++) {
      const at = p * width + c
      const cost = costs[at]!
      if (cost === UNREACHED) continue
      if (p < b.length) {
        if (c < a.length) {
          const same = a[c] === b[p]
          reach(at + width + 1, same ? cost : cost + COST.exchanged, at, same ? SAME : OTHER)
        }
        reach(at + width, cost + COST.dropped, at, OTHER)
        for (const to of skips.get(p) ?? []) {
          reach(to * width + c, cost + COST.leftOut, at, LEFT_OUT)
        }
      }
      if (c < a.length) reach(at + 1, cost + COST.added, at, OTHER)
      for (const { to: toP, reading: printed } of here) {
        for (const { to: toC, reading: claimed } of readings.claimed.get(c) ?? []) {
          const compared = compareReadings(claimed, printed)
          const to = toP * width + toC
          if (compared === 'same') reach(to, cost + COST.form, at, FORM)
          else if (compared === 'differs') reach(to, cost + COST.exchanged, at, VALUE)
        }
      }
    }
  }
  const steps: Step[] = []
  for (let at = costs.length - 1; at > 0; at = from[at]!) {
    const before = from[at]!
    steps.push({
      kind: KINDS[kinds[at]!]!,
      claimed: { start: before % width, end: at % width },
      printed: { start: Math.floor(before / width), end: Math.floor(at / width) },
    })
  }
  return { steps: steps.toReversed(), cost: costs.at(-1)! }
}

const UNREACHED = 0x7fffffff
const KINDS = ['same', 'form', 'value', 'other', 'left_out'] as const
const [SAME, FORM, VALUE, OTHER, LEFT_OUT] = [0, 1, 2, 3, 4]

/** From each letter at which something may be left out, where it goes on. */
function skipsOf({ letters, pieces, numbers }: AlignedPrint): Map<number, number[]> {
  const skips = new Map<number, number[]>()
  const add = ({ start, end }: Span) => {
    if (start < end) skips.set(start, [...(skips.get(start) ?? []), end])
  }
  let last = 0
  for (const piece of pieces) {
    const range = lettersWithin(letters, piece)
    // What stands between pieces (1., （一）) is in none.
    add({ start: last, end: range.start })
    add(range)
    last = range.end
  }
  add({ start: last, end: letters.chars.length })
  for (const number of numbers) add(lettersWithin(letters, number))
  return skips
}

function byStart({ letters, readings }: Aligned) {
  const ranges = readings.map((reading) => ({ reading, ...lettersWithin(letters, reading) }))
  return Map.groupBy(
    ranges.map(({ reading, start, end }) => ({ reading, start, to: end })),
    ({ start }) => start,
  )
}
