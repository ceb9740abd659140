export const STATES = ['new', 'working', 'done', 'not_ours'] as const
export type HandledState = (typeof STATES)[number]

export interface Handled {
  readonly state: HandledState
  readonly note: string
  /** By the name that they gave. */
  readonly who: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/** What staff made of questions: kept with each, and forgotten with it. */
export interface HandledQuestions {
  /** Says the same of several questions, all or none; those that are no longer kept are passed over. */
  readonly set: (asked: readonly string[], handled: Handled) => Promise<void>
  /** By the ids of the questions; those that nobody looked at are not in it. */
  readonly all: () => Promise<ReadonlyMap<string, Handled>>
}
