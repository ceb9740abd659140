import type { Picks } from '../picks.ts'

/** What the machine picks by words: an answer, and what it must or may be told beside. */
export interface WordsPick {
  readonly picks: Picks
  /** Pieces of two sentences that give different figures for the same thing, the first in the answer. */
  readonly conflict: readonly [readonly number[], readonly number[]] | null
  /** Pieces of the sentence that comes next to a question that nothing answers. */
  readonly nearest: readonly number[] | null
}
