import { numberPieces } from '../../../../src/answer/context/number-pieces.ts'
import type { Passage } from '../../../../src/corpus.ts'
import { type Candidate, candidatesOf } from '../../../../src/answer/pick/words/candidate.ts'
import type { Facet } from '../../../../src/answer/pick/words/facet.ts'
import type { Scored } from '../../../../src/answer/pick/words/score.ts'
import type { Stretch } from '../../../../src/answer/pick/words/stretch.ts'

/** What may answer in one article's passages. */
export function candidatesIn(...passages: readonly Passage[]): Candidate[] {
  return candidatesOf(numberPieces([passages]))
}

/** A candidate that is as good as can be. */
export function scored(candidate: Candidate, over: Partial<Scored> = {}): Scored {
  return {
    candidate,
    score: 1,
    merit: 1,
    coverage: 1,
    own: 1,
    has: [],
    held: true,
    ...over,
  }
}

/** Asks for nothing in particular. */
export const ANYTHING: Facet = { want: null, clause: '', terms: [], unheard: false, total: 1 }

/** The words of a stretch. */
export function wordsIn({ passage, start, end }: Stretch): string {
  return passage.text.slice(start, end)
}
