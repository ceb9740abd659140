/**
 * What a picker chose, a model or the machine: numbers of pieces in a context. Nobody writes: whatever
 * stands here can only choose what is told.
 */
export interface Picks {
  readonly status: 'answered' | 'partial' | 'not_found'
  /** The pieces to tell, each list from one sentence, the answer first. */
  readonly statements: readonly (readonly number[])[]
  /** What was asked and is not said, in the question's own words. */
  readonly missing: readonly string[]
  /** Pieces that say otherwise than the question takes for granted. */
  readonly premise: readonly number[] | null
}
