import type { Question } from '../corpus.ts'
import type { WeightedTerm } from './passage-index.ts'
import { termsOf } from './tokens.ts'

/** What a question asks, as far as can be told without a model. */
export interface Understood {
  /** The question as searched, follow-ups made whole. */
  readonly standalone: string
  readonly terms: readonly WeightedTerm[]
}

export function understand({ question }: Question): Understood {
  return {
    standalone: question,
    terms: termsOf(question).map((term) => ({ term, weight: 1 })),
  }
}
