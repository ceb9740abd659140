import type { Question } from '../../corpus.ts'
import type { Context } from '../context/context.ts'
import type { Picks } from '../picks.ts'

/** `question` in the asker's words, `standalone` made whole; `context` is what may be told. */
export interface PickRequest {
  readonly question: Question
  readonly standalone: string
  readonly context: Context
  /** The day on which it was asked, YYYY-MM-DD. */
  readonly date: string
}

export interface PickOptions {
  /** Told each list of pieces as soon as it is known, in the answer's order. It must not throw. */
  readonly onPick?: (pieces: readonly number[]) => void
  readonly signal?: AbortSignal
  /** Asked before each call of a model; false when today's budget is spent. */
  readonly spend?: () => boolean | Promise<boolean>
}

/** What a model chose, and which model by which prompt. */
export interface Picked {
  readonly status: 'picked'
  readonly picks: Picks
  readonly model: string
  readonly promptVersion: string
  /** Whether it broke off: what it found missing or wrong in the question may not have come. */
  readonly isCut?: true
  /** One English sentence for the log, where it was chosen from a part only of what was sent. */
  readonly promptCut?: string
}
