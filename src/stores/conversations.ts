import { courtesyIn } from '../answer/courteous.ts'
import type { Answer } from '../corpus.ts'
import type { Usage } from './usage.ts'

/** One question as it was asked and answered. `chat` and `user` are salted hashes, `id` is the caller's. */
export interface Asked {
  readonly id: string
  readonly chat: string
  readonly user: string
  readonly question: string
  readonly answer: Answer
  /** Milliseconds since 1970. */
  readonly askedAt: number
}

/** What a reader says of an answer; `comment` says what was wrong. */
export interface Feedback {
  readonly verdict: 'useful' | 'wrong'
  readonly comment: string | null
}

/** What a reply to one of our messages is for. */
export interface Prompt {
  readonly purpose: 'complaint' | 'claim' | 'place' | 'question'
  /** The answer it is about, if any. */
  readonly about: string | null
}

/** A message that arrived and carries an answer, or a part of it; the last of an answer stands for it. */
export interface SentMessage {
  /** The id of what was asked. */
  readonly asked: string
  readonly chat: string
  /** Its number in its chat, and a name that tells it from all others anywhere. */
  readonly message: number
  readonly name: string
}

/** A message that asks somebody to reply to it. */
export interface PromptMessage extends Pick<SentMessage, 'chat' | 'message'> {
  readonly prompt: Prompt
  /** Who brought it about. */
  readonly user: string
  readonly at: number
}

export interface Complaint {
  readonly question: string
  readonly answer: Answer
  readonly comment: string | null
  readonly at: number
}

/** What a reader said was wrong with the answer to the question of the id `asked`. */
export interface SaidWrong {
  readonly asked: string
  readonly comment: string | null
  readonly at: number
}

/** A question that nothing answered, how often it was asked, and when last. */
export interface Unanswered {
  readonly question: string
  readonly times: number
  readonly at: number
}

export interface Stats extends Usage {
  readonly useful: number
  readonly wrong: number
}

/**
 * What was asked and answered, where, and what was said of it. Chats and people are salted hashes, times
 * milliseconds since 1970. A chat that moved is found under each name it had.
 */
export interface Conversations {
  /**
   * What one person was answered in a chat after a time and until another, the latest first; what others
   * asked in a group is another conversation. Courtesies only where they offered something.
   */
  readonly recent: (
    chat: string,
    user: string,
    span: { readonly since: number; readonly until?: number | undefined; readonly limit: number },
  ) => Promise<readonly Answer[]>
  /** What one person asked in a chat after a time, courtesies too: the last of it, in order. */
  readonly conversation: (
    chat: string,
    user: string,
    since: number,
    limit: number,
  ) => Promise<readonly Asked[]>
  /** Where a chat is, in full: 濮阳市. */
  readonly place: (chat: string) => Promise<string | null>
  /** `user` chose it, also for others in a group, and takes it along when they are forgotten. */
  readonly setPlace: (chat: string, place: string | null, user: string) => Promise<void>

  /** Keeps a question with its answer; of one that is kept already nothing changes. */
  readonly record: (asked: Asked) => Promise<void>
  readonly find: (id: string) => Promise<Asked | undefined>
  /** Forgets one question that was asked otherwise since, unless staff promised to answer it. */
  readonly retract: (id: string) => Promise<void>
  /** What the articles were asked last in a chat. */
  readonly latest: (chat: string) => Promise<Asked | undefined>

  /** Notes a message that carries an answer; nothing where the question is no longer kept. */
  readonly sent: (message: SentMessage) => Promise<void>
  /** The answer that a message of a chat stands for. */
  readonly findByMessage: (chat: string, message: number) => Promise<Asked | undefined>
  /** The id of the answer that a message of that name carries, or a part of it. */
  readonly shownAs: (name: string) => Promise<string | undefined>
  readonly promptSent: (message: PromptMessage) => Promise<void>
  readonly promptOf: (chat: string, message: number) => Promise<Prompt | undefined>

  /** Keeps what somebody says of an answer, once a person; false when the answer is no longer kept. */
  readonly judge: (asked: string, user: string, said: Feedback, at: number) => Promise<boolean>
  /** Takes back what somebody said of an answer, unless they wrote why. */
  readonly unjudge: (asked: string, user: string, verdict: Feedback['verdict']) => Promise<void>
  /** What somebody said of an answer; nothing when they said nothing. */
  readonly feedback: (asked: string, user: string) => Promise<Feedback | undefined>

  /** The ids of all that the articles were asked, the latest first. */
  readonly ids: () => Promise<readonly string[]>
  /** What readers said was wrong with answers, by the id of the question, the latest last. */
  readonly saidWrong: () => Promise<ReadonlyMap<string, readonly SaidWrong[]>>
  /** What readers said was wrong, with what was answered, the latest first. */
  readonly complaints: (limit: number, offset: number) => Promise<readonly Complaint[]>
  /** Whether somebody's question with these words is kept still. */
  readonly isKept: (question: string) => Promise<boolean>
  /** Questions without an answer, the latest first, the same one once. */
  readonly unanswered: (limit: number, offset: number) => Promise<readonly Unanswered[]>
  /** How much was asked since a time and how it went; the hour that it lies in is included. */
  readonly stats: (since: number) => Promise<Stats>
}

/** Courtesies are kept for their buttons; they are no questions that the articles left unanswered. */
export function statusOf(answer: Answer): Answer['status'] | 'courtesy' | 'offer' {
  const courtesy = courtesyIn(answer)
  if (!courtesy) return answer.status
  return courtesy.readings === undefined ? 'courtesy' : 'offer'
}
