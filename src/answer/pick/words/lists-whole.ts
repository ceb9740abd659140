import type { Candidate } from './candidate.ts'
import { clip } from './clip.ts'
import { enumerationAround } from './enumeration.ts'
import type { Chosen } from './chosen.ts'
import { withReferent } from './with-referent.ts'

/** Where a list or a way is asked for, what is counted off is told whole, once, and little beside it. */
export function listsWhole(chosen: readonly Chosen[], candidates: readonly Candidate[]): Chosen[] {
  const whole: Chosen[] = []
  for (const c of chosen) {
    if (whole.some(({ candidate }) => holdsAll(candidate, c.candidate))) continue
    const list =
      ['list', 'how'].includes(c.facet.want?.kind ?? '') &&
      enumerationAround(c.candidate, candidates)
    whole.push(list ? { ...c, whole: true, candidate: { ...c.candidate, ...list } } : c)
  }
  const few = whole.some((c) => c.whole) ? whole.slice(0, 2) : whole
  return few.map((c) => referred(c, candidates))
}

/** A sentence that is told from its beginning, with the one it points back to. */
function referred(chosen: Chosen, candidates: readonly Candidate[]): Chosen {
  const { candidate } = chosen
  if (chosen.whole || clip(chosen, false).start > candidate.start) return chosen
  const referring = withReferent(candidate, candidates)
  return referring === candidate ? chosen : { ...chosen, candidate: referring, whole: true }
}

function holdsAll(a: Candidate, b: Candidate): boolean {
  return a.passage.id === b.passage.id && a.start <= b.start && a.end >= b.end
}
