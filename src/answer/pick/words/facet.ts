import { normalize } from '../../../retrieval/tokens.ts'
import type { Subject, SubjectTerm } from './subject.ts'
import { wantsOf } from './wants.ts'
import type { Want } from './wants.ts'

/** One thing that a question asks: its own clause's terms in full, what the rest of it is about for less. */
export interface Facet {
  readonly want: Want | null
  /** In the asker's own words. */
  readonly clause: string
  readonly terms: readonly SubjectTerm[]
  /** A word that stands nowhere is what is asked for: 怎么加盟, 哪个酒店. */
  readonly unheard: boolean
  /** The sum of the terms' weights. */
  readonly total: number
}

/** What terms of the question's other clauses are worth. */
const ELSEWHERE = 0.6

/**
 * The things a question asks, in order; at least one, the whole question. Of a follow-up the asker's `own`
 * words say what is asked, and what was taken over only of what.
 */
export function facetsOf(question: string, subject: Subject, own = question): Facet[] {
  const { question: normal, terms } = subject
  const asked = wantsOf(own)
  const wants = asked.length > 0 ? asked : wantsOf(question)
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

/** So much of a question that stands nowhere, and it asks for what the articles do not have. */
const UNHEARD = 0.25
/** What a word that stands nowhere counts for in that, beside the weights of those that do. */
const UNHEARD_WEIGHT = 3.5

function facet(want: Want | null, clause: string, terms: readonly SubjectTerm[]): Facet {
  const total = terms.reduce((sum, { weight }) => sum + weight, 0)
  const unknown = terms.filter((term) => term.unknown)
  const share = (unknown.length * UNHEARD_WEIGHT) / Math.max(total, 1e-9)
  return {
    want,
    clause,
    terms,
    unheard: share >= UNHEARD,
    total,
  }
}
