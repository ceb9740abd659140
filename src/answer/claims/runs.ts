import { figures } from '../../language/figures.ts'
import { namesIn } from '../../language/names.ts'
import { findPlaces } from '../../language/places.ts'
import { wordsOf } from '../../language/words.ts'
import type { Span } from '../../traced.ts'
import type { Aligned, Alignment, Step } from './align.ts'
import { stretchOf } from './letters.ts'

/** What stands in a claim in place of what is printed, as stretches of both texts; either may be empty. */
export interface Run {
  readonly claimed: Span
  readonly printed: Span
}

/** A name in quotes that is longer says something. */
const LONGEST_NAME = 14
/** A piece beside added words that is as short as so may be what they stand for. */
const SHORT_PIECE = 8

/** The changes of an alignment, each widened to whole words, figures and names. */
export function runsOf({ steps }: Alignment, claim: Aligned, print: Aligned): Run[] {
  const units = { claimed: unitsOf(claim.text), printed: unitsOf(print.text) }
  const found: { from: number; to: number }[] = []
  for (let i = 0; i < steps.length; i++) {
    if (!isChange(steps[i])) continue
    let to = i + 1
    while (isChange(steps[to])) to++
    const run = widened({ from: i, to })
    while (found.length > 0 && found.at(-1)!.to >= run.from) {
      run.from = Math.min(run.from, found.pop()!.from)
    }
    found.push(run)
    i = Math.max(i, run.to - 1)
  }
  return found.map(stretches)

  function stretches({ from, to }: { from: number; to: number }): Run {
    const [first, last] = [steps[from]!, steps[to - 1]!]
    const range = (side: 'claimed' | 'printed') => ({
      start: first[side].start,
      end: last[side].end,
    })
    return {
      claimed: stretchOf(claim.letters, range('claimed')),
      printed: stretchOf(print.letters, range('printed')),
    }
  }

  function widened(run: { from: number; to: number }) {
    withPiece(run)
    for (;;) {
      const { claimed, printed } = stretches(run)
      const cut = (side: readonly Span[], { start, end }: Span, at: number) =>
        side.some((unit) => unit.start < at && at < unit.end && touches(unit, start, end))
      const left =
        cut(units.claimed, claimed, claimed.start) || cut(units.printed, printed, printed.start)
      const right =
        cut(units.claimed, claimed, claimed.end) || cut(units.printed, printed, printed.end)
      if (left && joins(steps[run.from - 1])) run.from--
      else if (right && joins(steps[run.to])) run.to++
      else return run
    }
  }

  /** Words added beside a short piece that is left out stand for it. */
  function withPiece(run: { from: number; to: number }) {
    const { claimed, printed } = stretches(run)
    if (printed.start < printed.end || claimed.start === claimed.end) return
    const short = (step: Step | undefined) =>
      step?.kind === 'left_out' && step.printed.end - step.printed.start <= SHORT_PIECE
    if (short(steps[run.to])) run.to++
    else if (short(steps[run.from - 1])) run.from--
  }
}

const isChange = (step: Step | undefined) => step?.kind === 'other' || step?.kind === 'value'
const joins = (step: Step | undefined) => step !== undefined && step.kind !== 'left_out'
const touches = (unit: Span, start: number, end: number) => unit.start <= end && start <= unit.end

/** What is exchanged as a whole: figures with the word that bounds them, names, places, words. */
function unitsOf(text: string): Span[] {
  return [
    ...figures(text).map((figure) => ({ start: figure.start, end: figure.end })),
    ...namesIn(text).filter(({ start, end }) => end - start <= LONGEST_NAME),
    ...findPlaces(text),
    ...wordsOf(text).filter(({ tag }) => tag !== 'x'),
  ]
}
