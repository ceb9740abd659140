import type { Retrieved } from '../../../retrieval/retrieve.ts'
import { askedAlone } from '../../../retrieval/understand.ts'
import type { Candidate } from './candidate.ts'
import { facetsOf } from './facet.ts'
import { lookAt, score } from './score.ts'
import type { FacetScores } from './select.ts'
import { subjectOf } from './subject.ts'

/** Every candidate's score for each thing that a question asks, best first. */
export function scoreCandidates(
  question: string,
  own: string,
  { units, understood, results }: Retrieved,
  candidates: readonly Candidate[],
): FacetScores[] {
  const best = results[0]?.score ?? 1
  const ranks = new Map(results.map((r) => [r.passage.id, r.score / best]))
  const years = understood.years.filter(({ relative }) => !relative).map(({ year }) => year)
  // What was taken over from the conversation is asked as much as what was added to it.
  const asked = understood.follows ? units.map(askedAlone) : units
  const subject = subjectOf(question, asked)
  const looks = lookAt(candidates, subject.terms)
  return facetsOf(question, subject, own).map((facet) => ({
    facet,
    scored: looks
      .map((look) => score(look, facet, years, ranks.get(look.candidate.passage.id) ?? 0))
      .toSorted((a, b) => b.score - a.score),
  }))
}
