import type { Budget } from './budget.ts'
import type { Conversations } from './conversations.ts'
import type { Follows } from './follows.ts'
import type { HandledQuestions } from './handled.ts'
import type { Secrets } from './secrets.ts'
import type { StaffReplies } from './staff-replies.ts'
import type { ToldPassages } from './told.ts'

/** Whose is forgotten: a person, all of a chat of theirs, and of one that is shared what is nobody else's. */
export interface Forgotten {
  readonly user: string
  readonly chat?: string | undefined
  readonly shared?: string | undefined
}

/** A chat that is another from now on, as when a group becomes a supergroup: its messages are numbered anew. */
export interface MovedChat {
  readonly was: string
  readonly chat: string
}

/**
 * All that the processes of an installation share, a store each. Of every store:
 * - one call is done whole or not at all, whatever else others do at the same time;
 * - what one process writes takes effect in the order in which it asked for it, whether it waits for the
 *   answer or not; what it reads holds all that was written when it asked;
 * - a call that writes waits for others that do, and throws `UnwritableError` where nothing can be written.
 */
export interface State {
  readonly conversations: Conversations
  readonly follows: Follows
  readonly replies: StaffReplies
  readonly handled: HandledQuestions
  readonly told: ToldPassages
  readonly budget: Budget
  readonly secrets: Secrets

  /**
   * What was kept of a chat is that of another from now on, whichever of the two it is asked for by;
   * false when that was known.
   */
  readonly move: (moved: MovedChat) => Promise<boolean>
  /** All chats that moved. */
  readonly moved: () => Promise<readonly MovedChat[]>
  /**
   * Forgets all that a person asked, said, chose and follows. True when no file keeps a trace of it; false
   * when others were reading just then, and the trace goes later.
   */
  readonly forget: (who: Forgotten) => Promise<boolean>
  /** Forgets what was asked before a time, and clears up; gives how many questions that were. */
  readonly expire: (before: number) => Promise<number>
  /** Nothing can be asked of it any more. */
  readonly close: () => Promise<void>
}
