import { normalize } from '../../retrieval/tokens.ts'
import type { Subject, SubjectTerm } from './subject.ts'
import { wantsOf } from './wants.ts'
import type { Want } from './wants.ts'

/** One thing that a question asks: its own clause's terms in full, what the rest of it is about for less. */
export interface Facet {
  readonly want: Want | null
  /** In the asker's own words. */
  readonly clause: string
  readonly terms: readonly SubjectTerm[]
  /** The sum of the terms' weights. */
  readonly total: number
}

/** What terms of the question's other clauses are worth. */
const ELSEWHERE = 0.6

/** The things a question asks, in order; at least one, the whole question. */
export function facetsOf(question: string, { question: normal, terms }: Subject): Facet[] {
  const wants = wantsOf(question)
  if (wants.length < 2) return [facet(wants[0] ?? null, question, terms)]
  return wants.map((want) => {
    const start = normal.indexOf(normalize(want.clause))
    const end = start + normalize(want.clause).length
    const inClause = ({ at }: SubjectTerm) => start < 0 || (at >= start && at < end)
    return facet(
      want,
      want.clause,
      terms.map((term) => (inClause(term) ? term : { ...term, weight: term.weight * ELSEWHERE })),
    )
  })
}

function facet(want: Want | null, clause: string, terms: readonly SubjectTerm[]): Facet {
  return { want, clause, terms, total: terms.reduce((sum, { weight }) => sum + weight, 0) }
}
