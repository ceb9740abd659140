import type { DatabaseSync } from 'node:sqlite'
import type { Update } from 'grammy/types'
import { z } from 'zod'
import { makeTables, seal, transaction } from '../database.ts'

/** A stored update; `begun` counts how often its answer was begun before. */
export interface Stored {
  readonly update: Update
  readonly begun: number
}

/** Telegram keeps updates for a day; a copy that comes later than this is not an echo. */
const REMEMBERED_MS = 3 * 24 * 3600 * 1000

const StoredUpdate = z.custom<Update>(
  (value) => z.object({ update_id: z.int() }).safeParse(value).success,
)

/**
 * Remembers what Telegram sent from before it is acknowledged until after it is answered, so that
 * nothing is lost and nothing answered twice, however the process ends. Texts stay only until then.
 * `bot` keeps the updates of one token apart from another's.
 */
export function createInbox(db: DatabaseSync, bot: number) {
  makeTables(
    db,
    `
    CREATE TABLE IF NOT EXISTS inbox (
      bot INTEGER NOT NULL, id INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('waiting', 'begun', 'answered', 'failed')),
      begun INTEGER NOT NULL DEFAULT 0, body TEXT, at INTEGER NOT NULL,
      ${seal('bot', 'id', 'state', 'begun', 'body', 'at')}, PRIMARY KEY (bot, id)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS sent (
      bot INTEGER NOT NULL, id INTEGER NOT NULL, digest TEXT NOT NULL, message INTEGER NOT NULL,
      ${seal('bot', 'id', 'digest', 'message')}, PRIMARY KEY (bot, id, digest)
    ) WITHOUT ROWID`,
  )
  const sql = {
    accept: db.prepare("INSERT OR IGNORE INTO inbox VALUES (?, ?, 'waiting', 0, ?, ?)"),
    begin: db.prepare(
      "UPDATE inbox SET state = 'begun', begun = begun + 1 WHERE bot = ? AND id = ?",
    ),
    end: db.prepare('UPDATE inbox SET state = ?, body = NULL WHERE bot = ? AND id = ?'),
    unsent: db.prepare('DELETE FROM sent WHERE bot = ? AND id = ?'),
    open: db.prepare(
      "SELECT body, begun FROM inbox WHERE bot = ? AND state IN ('waiting', 'begun') ORDER BY id",
    ),
    send: db.prepare('INSERT OR REPLACE INTO sent VALUES (?, ?, ?, ?)'),
    sent: db.prepare('SELECT message FROM sent WHERE bot = ? AND id = ? AND digest = ?'),
    prune: db.prepare("DELETE FROM inbox WHERE at < ? AND state IN ('answered', 'failed')"),
  }

  return {
    /** Stores updates, all or none, and gives those that are new. */
    accept(updates: readonly Update[], at: number): Update[] {
      return transaction(db, () =>
        updates.filter(
          (update) => sql.accept.run(bot, update.update_id, JSON.stringify(update), at).changes > 0,
        ),
      )
    },
    begin(id: number): void {
      sql.begin.run(bot, id)
    },
    end(id: number, outcome: 'answered' | 'failed'): void {
      sql.end.run(outcome, bot, id)
      sql.unsent.run(bot, id)
    },
    /** What was stored and not answered when the process ended, in order. */
    open(): Stored[] {
      return sql.open.all(bot).map(({ body, begun }) => ({
        update: StoredUpdate.parse(JSON.parse(String(body))),
        begun: Number(begun),
      }))
    },

    /** Notes a message that went out for an update, by a digest of its content. */
    noteSent(id: number, digest: string, message: number): void {
      sql.send.run(bot, id, digest, message)
    },
    /** The message that went out for an update with this content, if one did. */
    messageSent(id: number, digest: string): number | undefined {
      const message = sql.sent.get(bot, id, digest)?.['message']
      return message === undefined ? undefined : Number(message)
    },
    prune(now: number): void {
      sql.prune.run(now - REMEMBERED_MS)
    },
  }
}

export type Inbox = ReturnType<typeof createInbox>
