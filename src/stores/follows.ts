import type { News, Sought } from '../answer/answer-news.ts'
import { asksTheSame } from '../retrieval/follow-up/asks-the-same.ts'
import type { Asked, SentMessage } from './conversations.ts'

/**
 * What one person follows in a chat. `chat` and `user` are salted hashes; the terminal's has no `chatId`.
 * What several of a group follow is one `matter` there, each in their own words.
 */
export interface Follow extends Sought {
  readonly id: string
  readonly matter: string
  readonly user: string
  readonly chat: string
  readonly chatId: number | null
  readonly threadId: number | null
}

/** What one follow is told of. */
export interface FollowNews extends News {
  readonly follow: Follow
}

/** All that waits for a chat, by what it follows. */
export interface WaitingNews {
  readonly ids: readonly number[]
  /** What all who may be told of it follow. */
  readonly followed: readonly Follow[]
  readonly news: readonly [FollowNews, ...FollowNews[]]
}

/** What a look at the index found. */
export interface Looked {
  /** The state in which it was looked at before. */
  readonly before: string | undefined
  readonly state: string
  /** The articles that came in between. */
  readonly ids: readonly string[]
  /** Milliseconds since 1970. */
  readonly at: number
  readonly news: readonly FollowNews[]
}

/** How news was told: kept as if it had been asked, and the message that carries it. */
export interface ToldNews {
  readonly asked: Asked
  readonly sent: SentMessage
}

/** So many matters in one chat: they are told in one message. */
export const MOST_FOLLOWED = 10
/** News of one follow where nobody may be told, or looks: more ingests than this are made in no day. */
export const MOST_WAITING = 50
/** What nobody could be told of for so long is no news. */
export const WAITING_MS = 60 * 24 * 3600 * 1000

/**
 * What people follow, and the news that waits for them. Whoever follows something leaves where to tell
 * it: the chat by Telegram's own id. That goes when they end it or forget. Times are milliseconds since
 * 1970.
 */
export interface Follows {
  /**
   * Follows something from now on; gives what is followed, which may be what the person follows in
   * other words already, or nothing where the chat follows enough.
   */
  readonly add: (wanted: Omit<Follow, 'matter'>, at: number) => Promise<Follow | undefined>
  /** What a chat follows, in order: each matter once, as who followed it first wrote it. */
  readonly of: (chat: string) => Promise<readonly Follow[]>
  /** What all who follow a matter follow. */
  readonly ofMatter: (matter: string) => Promise<readonly Follow[]>
  /** What is followed anywhere, each matter of a chat once. */
  readonly all: () => Promise<readonly Follow[]>
  readonly end: (followed: readonly Follow[]) => Promise<void>
  /** Ends all that a chat follows: it cannot be told anything. */
  readonly endAll: (chat: string) => Promise<void>

  /** The state in which the index was looked at last; nothing where nobody ever looked. */
  readonly seenState: () => Promise<string | undefined>
  /** Of articles those that were never looked at. */
  readonly unseen: (ids: readonly string[]) => Promise<readonly string[]>
  /**
   * Notes articles as looked at in a state of the index, beside all that ever were, and what is to be
   * told of them: nothing where another process did since the state `before`.
   */
  readonly see: (looked: Looked) => Promise<void>

  /**
   * What waits for one chat, of those that `can` be told; where days count, for one that was told
   * nothing on this one (YYYY-MM-DD).
   */
  readonly waiting: (
    can: (follow: Follow) => boolean,
    day?: string,
  ) => Promise<WaitingNews | undefined>
  /**
   * Notes that a chat was told on a day what waited for it, and how; nothing of those who followed it
   * where all of them ended or forgot it meanwhile.
   */
  readonly told: (waiting: WaitingNews, day: string, how?: ToldNews) => Promise<void>
}

/** Each matter once, as it was followed first. */
export const mattersOf = (followed: readonly Follow[]): Follow[] =>
  Map.groupBy(followed, ({ matter }) => matter)
    .values()
    .map(([first]) => first!)
    .toArray()

/**
 * What becomes of a wish to follow where a chat follows all this: what the person follows already, or
 * what is to be added, of the matter that it is of; nothing where the chat follows enough.
 */
export function followFor(
  wanted: Omit<Follow, 'matter'>,
  followed: readonly Follow[],
): { readonly follow: Follow; readonly isNew: boolean } | undefined {
  const { id, user, topic, place } = wanted
  const same = followed.filter(
    (one) => one.id === id || (one.place === place && asksTheSame(one.topic, topic)),
  )
  const theirs = same.find((one) => one.id === id || one.user === user)
  if (theirs) return { follow: theirs, isNew: false }
  if (same.length === 0 && mattersOf(followed).length >= MOST_FOLLOWED) return undefined
  return { follow: { ...wanted, matter: same[0]?.matter ?? id }, isNew: true }
}

/** What waits for many holds the words of none: whose they are may be forgotten before the others are told. */
export const wordless = (answer: News['answer']): News['answer'] => ({
  ...answer,
  question: '',
  standalone: '',
  missing: [],
  text: '',
  trace: [],
})
