/** Where a reply goes: the reader's message in its chat, by Telegram's own ids. */
export interface ReplyTo {
  readonly chatId: number
  readonly threadId: number | null
  readonly message: number
}

export interface WrittenReply {
  readonly text: string
  /** Whose name stands over it; empty for none. */
  readonly signature: string
}

/**
 * `open`: wanted, perhaps anew after one could not be sent; `written`: waits for Telegram; `failed` says
 * why in `failure`.
 */
export type StaffReply =
  | { readonly state: 'open'; readonly at: number; readonly unsent?: WrittenReply }
  | ({ readonly state: 'written' | 'sent'; readonly at: number } & WrittenReply)
  | ({ readonly state: 'failed'; readonly failure: string; readonly at: number } & WrittenReply)

/** A reply that waits for Telegram, to the question with the id `asked`. */
export interface ReplyToSend {
  readonly asked: string
  readonly to: ReplyTo
  readonly reply: WrittenReply
}

/**
 * Readers who asked staff to answer them, and what staff wrote. Readers are known by salted hashes
 * only, so whoever wants a reply leaves where to send it; that is erased as soon as it was sent, when
 * they no longer want it, and with the question. Times are milliseconds since 1970.
 */
export interface StaffReplies {
  /**
   * Notes that who asked a question wants a reply, and where; once, and again when one could not be
   * sent. False when the question is no longer kept or somebody else's.
   */
  readonly open: (asked: string, user: string, to: ReplyTo, at: number) => Promise<boolean>
  /** Who asked no longer wants one; false when it is too late or none was wanted. */
  readonly withdraw: (asked: string, user: string) => Promise<boolean>
  /** Writes the reply that was wanted; false when none is, or another was written. */
  readonly write: (asked: string, reply: WrittenReply, at: number) => Promise<boolean>
  /** What was written and has not been sent, the oldest first; not all of a great many. */
  readonly toSend: () => Promise<readonly ReplyToSend[]>
  readonly sent: (asked: string, at: number) => Promise<void>
  /** Notes in a sentence for staff why it cannot be sent. */
  readonly failed: (asked: string, failure: string, at: number) => Promise<void>
  readonly find: (asked: string) => Promise<StaffReply | undefined>
  /** By the ids of the questions. */
  readonly all: () => Promise<ReadonlyMap<string, StaffReply>>
}
