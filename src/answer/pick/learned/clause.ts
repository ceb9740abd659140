/** Which clauses of a sentence belong to the answer; what governs them is put back by telling. */
import { type Clause, structureOf } from '../../../language/clauses.ts'
import { normalize } from '../../../retrieval/tokens.ts'
import { KINDS, gives } from '../../../language/kinds.ts'
import { type Has, type Seen, cover } from './look.ts'
import { type Wanted, degree, lettersOf } from './wanted.ts'

/** A clause beside the others of its sentence. */
export interface SeenClause {
  readonly clause: Clause
  readonly wanted: Wanted
  readonly letters: string
  readonly own: Has
  readonly gives: number
  /** Its place, that of the clause with most of the question, and how many there are. */
  readonly n: number
  readonly best: number
  readonly all: readonly Clause[]
  readonly whole: number
}

export function clausesOf({ sentence, wanted, letters }: Seen): SeenClause[] {
  const { clauses } = structureOf(sentence.text, sentence.pieces)
  const owns = clauses.map(({ text }): Has => {
    const normal = normalize(text)
    return wanted.terms.map((term) => degree(term, normal))
  })
  const covers = owns.map((own) => cover(wanted, own))
  const best = covers.indexOf(Math.max(...covers))
  return clauses.map((clause, n) => ({
    clause,
    wanted,
    letters: lettersOf(clause.text),
    own: owns[n]!,
    gives:
      wanted.asked.filter((asked) => gives(asked, clause.text)).length /
      Math.max(1, wanted.asked.length),
    n,
    best,
    all: clauses,
    whole: letters.length,
  }))
}

type ClauseFeature = (clause: SeenClause) => number

const yes = (is: boolean) => (is ? 1 : 0)

const focus = ({ wanted: { terms, focusTotal }, own }: SeenClause) =>
  terms.reduce((sum, term, i) => sum + term.focus * own[i]!, 0) / focusTotal

export const CLAUSE_FEATURES: Readonly<Record<string, ClauseFeature>> = {
  own: ({ wanted, own }) => cover(wanted, own),
  focus,
  gives: (clause) => clause.gives,
  givesNear: (clause) => clause.gives * yes(Math.abs(clause.n - clause.best) <= 1),
  best: ({ n, best }) => yes(n === best),
  next: ({ n, best }) => yes(n === best + 1),
  second: ({ n, best }) => yes(n === best + 2),
  later: ({ n, best }) => Math.log(1 + Math.max(0, n - best)),
  earlier: ({ n, best }) => Math.log(1 + Math.max(0, best - n)),
  sameSegment: ({ clause, best, all }) => yes(clause.segment === all[best]!.segment),
  length: ({ letters }) => Math.log(1 + letters.length),
  first: ({ n }) => yes(n === 0),
  last: ({ n, all }) => yes(n === all.length - 1),
  leads: ({ clause }) => yes(clause.leads),
  led: ({ n, all }) => yes(n > 0 && all[n - 1]!.leads),
  clauses: ({ all }) => Math.log(all.length),
  whole: ({ whole }) => Math.log(1 + whole),
  copied: ({ wanted, letters }) => {
    let shared = 0
    for (let i = 0; i + 2 <= letters.length; i++) {
      if (wanted.letters.includes(letters.slice(i, i + 2))) shared++
    }
    return shared / Math.max(1, letters.length - 1)
  },
  ...Object.fromEntries(
    KINDS.flatMap(({ name }): [string, ClauseFeature][] => {
      const asks = ({ wanted }: SeenClause) => wanted.asked.some(({ kind }) => kind.name === name)
      return [
        [`asks ${name}`, (clause) => yes(asks(clause))],
        [`gives ${name}`, (clause) => yes(asks(clause)) * clause.gives],
      ]
    }),
  ),
}

export const CLAUSE_NAMES: readonly string[] = Object.keys(CLAUSE_FEATURES)

export function clauseValues(clause: SeenClause): Float64Array {
  return Float64Array.from(Object.values(CLAUSE_FEATURES), (feature) => feature(clause))
}
