import type { Retrieved } from '../../retrieval/retrieve.ts'
import type { Picks } from '../picks.ts'
import type { PickRequest } from './picker.ts'

/** What the machine picks by words: an answer, and what it must or may be told beside. */
export interface WordsPick {
  readonly picks: Picks
  /** Pieces of two sentences that give different figures for the same thing, the first in the answer. */
  readonly conflict: readonly [readonly number[], readonly number[]] | null
  /** Pieces of the sentence that comes next to a question that nothing answers. */
  readonly nearest: readonly number[] | null
  /** Why, for whoever asks: what was told and what nearly, with what each feature brought. */
  readonly explain?: () => readonly unknown[]
}

export interface WordsRequest extends PickRequest {
  readonly retrieved: Retrieved
}

/** Picks by words alone: always there, and at once. */
export type PickByWords = (request: WordsRequest) => WordsPick
