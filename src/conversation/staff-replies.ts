/**
 * Readers who asked staff to answer them, and what staff wrote. Readers are known by salted hashes
 * only, so whoever wants a reply leaves where to send it; that is erased as soon as it was sent, when
 * they no longer want it, and with the question.
 */
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { isSealed, seal } from '../database/seal.ts'

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

const COLUMNS = [
  'asked',
  'user',
  'state',
  'chat',
  'thread',
  'message',
  'text',
  'signature',
  'failure',
  'at',
] as const

export const REPLIES_TABLE = `
  CREATE TABLE IF NOT EXISTS replies (
    asked TEXT PRIMARY KEY, user TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'written', 'sent', 'failed')),
    chat INTEGER, thread INTEGER, message INTEGER, text TEXT NOT NULL, signature TEXT NOT NULL,
    failure TEXT NOT NULL, at INTEGER NOT NULL, ${seal(...COLUMNS)}
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS replies_to_send ON replies (at) WHERE state = 'written';
`

const Row = z.object({
  asked: z.string(),
  state: z.enum(['open', 'written', 'sent', 'failed']),
  text: z.string(),
  signature: z.string(),
  failure: z.string(),
  at: z.number(),
})
const ToSend = Row.extend({
  chat: z.number(),
  thread: z.number().nullable(),
  message: z.number(),
})

/** Keeps them in a database with this table beside that of the questions. */
export function createStaffReplies(db: DatabaseSync) {
  const whole = isSealed(...COLUMNS)
  const gone = 'chat = NULL, thread = NULL, message = NULL'
  const sql = {
    open: db.prepare(
      `INSERT INTO replies SELECT id, user, 'open', ?, ?, ?, '', '', '', ? FROM asked WHERE id = ? AND user = ?
       ON CONFLICT DO UPDATE SET state = 'open', chat = excluded.chat, thread = excluded.thread,
         message = excluded.message, at = excluded.at WHERE state = 'failed'`,
    ),
    withdraw: db.prepare("DELETE FROM replies WHERE asked = ? AND user = ? AND state = 'open'"),
    write: db.prepare(
      `UPDATE replies SET state = 'written', text = ?, signature = ?, at = ?
       WHERE asked = ? AND state = 'open'`,
    ),
    toSend: db.prepare(
      `SELECT * FROM replies WHERE state = 'written' AND ${whole} ORDER BY at LIMIT 500`,
    ),
    sent: db.prepare(`UPDATE replies SET state = 'sent', at = ?, ${gone} WHERE asked = ?`),
    failed: db.prepare(
      `UPDATE replies SET state = 'failed', failure = ?, at = ?, ${gone} WHERE asked = ?`,
    ),
    all: db.prepare(`SELECT * FROM replies WHERE ${whole}`),
    find: db.prepare(`SELECT * FROM replies WHERE asked = ? AND ${whole}`),
  }
  return {
    /**
     * Notes that who asked a question wants a reply, and where; once, and again when one could not be
     * sent. False when the question is no longer kept or somebody else's.
     */
    open(asked: string, user: string, { chatId, threadId, message }: ReplyTo, at: number): boolean {
      const isOurs = db.prepare('SELECT 1 FROM asked WHERE id = ? AND user = ?').get(asked, user)
      sql.open.run(chatId, threadId, message, Math.floor(at), asked, user)
      return isOurs !== undefined
    },
    /** Who asked no longer wants one; false when it is too late or none was wanted. */
    withdraw: (asked: string, user: string): boolean => sql.withdraw.run(asked, user).changes > 0,
    /** Writes the reply that was wanted; false when none is, or another was written. */
    write: (asked: string, { text, signature }: WrittenReply, at: number): boolean =>
      sql.write.run(text, signature, Math.floor(at), asked).changes > 0,
    /** What was written and has not been sent, the oldest first; not all of a great many. */
    toSend: (): readonly { asked: string; to: ReplyTo; reply: WrittenReply }[] =>
      ToSend.array()
        .parse(sql.toSend.all())
        .map(({ asked, chat, thread, message, text, signature }) => ({
          asked,
          to: { chatId: chat, threadId: thread, message },
          reply: { text, signature },
        })),
    sent(asked: string, at: number): void {
      sql.sent.run(Math.floor(at), asked)
    },
    /** Notes in a sentence for staff why it cannot be sent. */
    failed(asked: string, failure: string, at: number): void {
      sql.failed.run(failure, Math.floor(at), asked)
    },
    find(asked: string): StaffReply | undefined {
      const row = Row.safeParse(sql.find.get(asked)).data
      return row && replyOf(row)
    },
    /** By the ids of the questions. */
    all: (): ReadonlyMap<string, StaffReply> =>
      new Map(
        Row.array()
          .parse(sql.all.all())
          .map((row) => [row.asked, replyOf(row)]),
      ),
  }
}

function replyOf({ state, text, signature, failure, at }: z.infer<typeof Row>): StaffReply {
  if (state !== 'open') return { state, text, signature, failure, at }
  return { state, at, ...(text !== '' && { unsent: { text, signature } }) }
}

export type StaffReplies = ReturnType<typeof createStaffReplies>
