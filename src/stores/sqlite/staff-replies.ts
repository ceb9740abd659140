import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { isSealed, seal } from '../../database/seal.ts'
import type { StaffReplies, StaffReply } from '../staff-replies.ts'
import type { Write } from './writer.ts'

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
export function createStaffReplies(db: DatabaseSync, write: Write): StaffReplies {
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
    isOurs: db.prepare('SELECT 1 FROM asked WHERE id = ? AND user = ?'),
  }
  return {
    open: (asked, user, { chatId, threadId, message }, at) =>
      write(() => {
        sql.open.run(chatId, threadId, message, Math.floor(at), asked, user)
        return sql.isOurs.get(asked, user) !== undefined
      }),
    withdraw: (asked, user) => write(() => sql.withdraw.run(asked, user).changes > 0),
    write: (asked, { text, signature }, at) =>
      write(() => sql.write.run(text, signature, Math.floor(at), asked).changes > 0),
    toSend: async () =>
      ToSend.array()
        .parse(sql.toSend.all())
        .map(({ asked, chat, thread, message, text, signature }) => ({
          asked,
          to: { chatId: chat, threadId: thread, message },
          reply: { text, signature },
        })),
    sent: (asked, at) => write(() => void sql.sent.run(Math.floor(at), asked)),
    failed: (asked, failure, at) =>
      write(() => void sql.failed.run(failure, Math.floor(at), asked)),
    async find(asked) {
      const row = Row.safeParse(sql.find.get(asked)).data
      return row && replyOf(row)
    },
    all: async () =>
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
