import type { Span } from '../../traced.ts'
import { clauses } from './clauses.ts'
import { figures } from '../../language/figures.ts'
import { negations } from '../../language/negations.ts'

/** What a clause may begin with that changes all it says. */
const GOVERNS = /除|仅限|只限|即将|拟|计划|预计|力争|有望|不超过|不低于|不少于|不高于/u

/**
 * Widens a quote so that it cuts nothing in two: a figure that it cuts is taken whole, with its hedge
 * (近, 不低于), and a clause whose negation, exception or plan it leaves out is taken from there.
 */
export function widen(text: string, { start, end }: Span): Span {
  const whole = widenToFigures(text, { start, end })
  const opening = clauses(text).find((c) => c.start < whole.start && whole.start < c.end)
  if (!opening) return whole
  const left = text.slice(opening.start, whole.start)
  const governing = [...negations(left).map((cue) => cue.start), left.search(GOVERNS)].filter(
    (at) => at >= 0,
  )
  const cut = negations(opening.text).find(
    (cue) => opening.start + cue.start < whole.start && opening.start + cue.end > whole.start,
  )
  const from = Math.min(
    ...governing.map((at) => opening.start + at),
    cut ? opening.start + cut.start : whole.start,
    whole.start,
  )
  return { start: from, end: whole.end }
}

function widenToFigures(text: string, { start, end }: Span): Span {
  const touched = figures(text)
    .map((f) => ({ start: f.start - (f.kind === 'quantity' ? f.hedge.length : 0), end: f.end }))
    .filter((f) => f.start < end && f.end > start)
  return {
    start: Math.min(start, ...touched.map((f) => f.start)),
    end: Math.max(end, ...touched.map((f) => f.end)),
  }
}
