import { open } from 'node:fs/promises'
import type { DatabaseSync } from 'node:sqlite'
import type { Update } from 'grammy/types'
import { z } from 'zod'
import { seal } from '../../database/seal.ts'
import { makeTables } from '../../database/tables.ts'
import { transaction } from '../../database/transaction.ts'
import { parseJson } from '../../parse-json.ts'
import type { Planned } from '../send/send.ts'

/** A stored update; `begun` counts how often its answer was begun before, `isPlanned` says that what to answer is known. */
export interface Stored {
  readonly update: Update
  readonly begun: number
  readonly isPlanned: boolean
  /** Updates that it speaks for too, and which are done with once what to answer is known. */
  readonly parts?: readonly Update[]
}

/** A message planned for an update, the `n`th; `message` is its id once it arrived, and then what it said is gone. */
export type Part =
  | { readonly n: number; readonly message: number }
  | { readonly n: number; readonly message: null; readonly planned: Planned }

/** Telegram keeps updates for a day; a copy that comes later than this is not an echo. */
const REMEMBERED_MS = 3 * 24 * 3600 * 1000

/** What somebody types in another chat is answered at once or never. */
const isFleeting = ({ inline_query: query }: Update): boolean => query !== undefined

/** Stands before the messages of an answer: what was shown while it was being written. */
const SHOWN = -1

/** What `line` tells, as it is counted. */
export const LINE = {
  updates_waiting: 'Updates that were stored and not begun',
  updates_in_flight: 'Updates whose answer was begun and has not arrived',
  oldest_update_seconds: 'How long the oldest of them has been here',
}

/** What is to be answered still. */
const OPEN = "state IN ('waiting', 'begun')"

const StoredUpdate = z.custom<Update>(
  (value) => z.object({ update_id: z.int() }).safeParse(value).success,
)
const StoredPlanned = z.custom<Planned>(
  (value) => z.object({ chatId: z.int(), text: z.string() }).safeParse(value).success,
)

/**
 * Remembers what Telegram sent from before it is acknowledged until after it is answered, and what is
 * answered from before the first message of it is sent until the last arrived: nothing is lost and
 * nothing said twice, however the process ends. Texts stay only until then.
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
    CREATE TABLE IF NOT EXISTS outbox (
      bot INTEGER NOT NULL, id INTEGER NOT NULL, n INTEGER NOT NULL, body TEXT, message INTEGER,
      ${seal('bot', 'id', 'n', 'body', 'message')}, PRIMARY KEY (bot, id, n)
    ) WITHOUT ROWID`,
  )
  // Where an older version kept digests of what it had sent.
  db.exec('DROP TABLE IF EXISTS sent')
  const sql = {
    accept: db.prepare('INSERT OR IGNORE INTO inbox VALUES (?, ?, ?, 0, ?, ?)'),
    begin: db.prepare(
      `UPDATE inbox SET state = 'begun', begun = ? WHERE bot = ? AND id = ? AND ${OPEN}`,
    ),
    end: db.prepare('UPDATE inbox SET state = ?, body = NULL WHERE bot = ? AND id = ?'),
    open: db.prepare(
      `SELECT id, body, begun, EXISTS (SELECT 1 FROM outbox WHERE bot = inbox.bot AND id = inbox.id AND n >= 0) AS planned
       FROM inbox WHERE bot = ? AND ${OPEN} ORDER BY id`,
    ),
    line: db.prepare(
      `SELECT state, count(*) AS updates, min(at) AS oldest FROM inbox WHERE bot = ? AND ${OPEN} GROUP BY state`,
    ),
    isOpen: db.prepare(`SELECT 1 FROM inbox WHERE bot = ? AND id = ? AND ${OPEN}`),
    // Another bot's were left by an earlier token.
    before: db.prepare(
      `SELECT bot, id, body FROM inbox WHERE ${OPEN} AND (bot <> $bot OR id < $id)`,
    ),
    plan: db.prepare('INSERT OR REPLACE INTO outbox VALUES (?, ?, ?, ?, NULL)'),
    planned: db.prepare(
      'SELECT n, body, message FROM outbox WHERE bot = ? AND id = ? AND n >= 0 ORDER BY n',
    ),
    arrived: db.prepare(
      'UPDATE outbox SET body = NULL, message = ? WHERE bot = ? AND id = ? AND n = ?',
    ),
    show: db.prepare('INSERT OR REPLACE INTO outbox VALUES (?, ?, ?, NULL, ?)'),
    shown: db.prepare('SELECT message FROM outbox WHERE bot = ? AND id = ? AND n = ?'),
    unplan: db.prepare('DELETE FROM outbox WHERE bot = ? AND id = ?'),
    prune: db.prepare("DELETE FROM inbox WHERE at < ? AND state IN ('answered', 'failed')"),
  }
  const isOpen = (id: number): boolean => sql.isOpen.get(bot, id) !== undefined

  return {
    /** Stores updates, all or none, and gives those that are new; of what is worth nothing later only the number. */
    accept(updates: readonly Update[], at: number): Update[] {
      const isNew = (update: Update) => {
        const [state, body] = isFleeting(update)
          ? ['answered', null]
          : ['waiting', JSON.stringify(update)]
        return sql.accept.run(bot, update.update_id, state, body, Math.floor(at)).changes > 0
      }
      return transaction(db, () => updates.filter(isNew))
    },
    /**
     * Resolves when the disk has what was accepted: Telegram keeps nothing that we said we had, and the
     * power may go. A slow disk holds up nobody meanwhile; all else that is written may be done anew.
     */
    async synced(): Promise<void> {
      const path = db.location()
      if (path === null) return
      const log = await open(`${path}-wal`, 'r+')
      try {
        await log.datasync()
      } finally {
        await log.close()
      }
    },
    /** Notes that an answer is begun, for the so manieth time; false when there is nothing to answer any more. */
    begin: (id: number, times: number): boolean => sql.begin.run(times, bot, id).changes > 0,
    /**
     * Whether an update is to be answered still. Whoever waited for anything asks before they note what
     * was said in it: it may have been forgotten.
     */
    isOpen,
    end(id: number, outcome: 'answered' | 'failed'): void {
      transaction(db, () => {
        sql.end.run(outcome, bot, id)
        sql.unplan.run(bot, id)
      })
    },
    /**
     * Ends what is `theirs` of what came before an update and is not answered, with all that was to be
     * said to it, and does what else is to be done then: all or nothing. Gives the ids of what it ended.
     */
    forget(before: number, isTheirs: (update: Update) => boolean, also: () => void): number[] {
      return transaction(db, () => {
        also()
        return sql.before.all({ $bot: bot, $id: before }).flatMap(({ bot: of, id, body }) => {
          const update = read(StoredUpdate, body)
          if (!update || !isTheirs(update)) return []
          sql.end.run('answered', of!, id!)
          sql.unplan.run(of!, id!)
          return of === bot ? [Number(id)] : []
        })
      })
    },
    /** What was stored and not answered when the process ended, in order, and the ids of what can no longer be read. */
    open(): { readonly left: readonly Stored[]; readonly unreadable: readonly number[] } {
      const left: Stored[] = []
      const unreadable: number[] = []
      for (const { id, body, begun, planned } of sql.open.all(bot)) {
        const update = read(StoredUpdate, body)
        if (update?.update_id === Number(id))
          left.push({ update, begun: Number(begun), isPlanned: planned === 1 })
        else unreadable.push(Number(id))
      }
      return { left, unreadable }
    },

    /** How many wait, how many were begun, and for how many seconds the oldest has been here. */
    line(now: number) {
      const rows = sql.line.all(bot)
      const of = (state: string) =>
        Number(rows.find((row) => row['state'] === state)?.['updates'] ?? 0)
      const oldest = Math.min(now, ...rows.map((row) => Number(row['oldest'])))
      return {
        updates_waiting: of('waiting'),
        updates_in_flight: of('begun'),
        oldest_update_seconds: (now - oldest) / 1000,
      }
    },

    /** Notes all that is to be said to an update, and that others are done with by it; nothing when it was forgotten. */
    plan(id: number, messages: readonly Planned[], parts: readonly Update[] = []): void {
      transaction(db, () => {
        if (!isOpen(id)) return
        for (const part of parts) sql.end.run('answered', bot, part.update_id)
        for (const [n, planned] of messages.entries())
          sql.plan.run(bot, id, n, JSON.stringify(planned))
      })
    },
    /** What is to be said to an update, in order; nothing before it is known. */
    planned(id: number): Part[] {
      return sql.planned.all(bot, id).flatMap(({ n, body, message }): Part[] => {
        if (message !== null) return [{ n: Number(n), message: Number(message) }]
        const planned = read(StoredPlanned, body)
        return planned ? [{ n: Number(n), message, planned }] : []
      })
    },
    /** Notes that a message arrived; nothing when it was forgotten. */
    arrived(id: number, n: number, message: number): void {
      sql.arrived.run(message, bot, id, n)
    },
    /** Notes the message that shows an answer while it is being written. */
    show(id: number, message: number): void {
      if (isOpen(id)) sql.show.run(bot, id, SHOWN, message)
    },
    shown(id: number): number | undefined {
      const message = sql.shown.get(bot, id, SHOWN)?.['message']
      return message === undefined ? undefined : Number(message)
    },

    prune(now: number): void {
      sql.prune.run(Math.floor(now) - REMEMBERED_MS)
    },
  }
}

export type Inbox = ReturnType<typeof createInbox>

/** What was stored as JSON; nothing when the file was altered. */
const read = <T>(schema: z.ZodType<T>, json: unknown): T | undefined =>
  schema.safeParse(parseJson(String(json))).data
