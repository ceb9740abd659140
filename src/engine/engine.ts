import type { AnswerOptions } from '../answer/answer.ts'
import type { CheckClaim } from '../answer/claims/check-claim.ts'
import type { Holdings } from '../conversation/holdings.ts'
import type { Arrivals } from '../conversation/arrivals.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Library } from '../conversation/library.ts'
import type { Answer, Question, Ranking } from '../corpus.ts'

/**
 * All that a door asks of what computes: plain data in and out, so that it may be asked in another
 * thread; only `ask` has more to say on the way.
 */
export interface Engine extends Conversation, Library, Arrivals, Holdings {
  readonly checkClaim: CheckClaim
  /** An answer with its whole trace, as staff look at it: of no chat, and after what the question says. */
  readonly examine: (question: Question, options?: Pick<AnswerOptions, 'spend'>) => Promise<Answer>
  /** The passages that a question finds, best first. */
  readonly rank: (question: Question, limit: number) => Promise<Ranking>
}
