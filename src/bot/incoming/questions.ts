import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { isSealed, seal } from '../../database/seal.ts'
import { makeTables } from '../../database/tables.ts'

const COLUMNS = ['chat', 'message', 'user', 'asked', 'words', 'said', 'at'] as const

/** What became of a message that asked something. */
export interface Noted {
  /** The name under which its answer is remembered. */
  readonly asked: string
  /** A digest of its words; empty where it is one of several that were asked as one. */
  readonly words: string
}

const Row = z.object({
  asked: z.string(),
  words: z.string(),
  at: z.number(),
  said: z.string().transform((json) => z.array(z.int()).parse(JSON.parse(json))),
})

/** What is known of it: the messages that answer it, in order, and when it first came to its turn. */
export type Known = z.infer<typeof Row>

/**
 * Remembers for a while which messages asked something, and which messages answered them, so that an
 * edited question is answered in their place. Names and words are digests.
 */
export function createQuestions(db: DatabaseSync) {
  makeTables(
    db,
    `CREATE TABLE IF NOT EXISTS questions (
      chat TEXT NOT NULL, message INTEGER NOT NULL, user TEXT NOT NULL, asked TEXT NOT NULL,
      words TEXT NOT NULL, said TEXT NOT NULL, at INTEGER NOT NULL,
      ${seal(...COLUMNS)}, PRIMARY KEY (chat, message)
    ) WITHOUT ROWID`,
  )
  const sql = {
    find: db.prepare(
      `SELECT asked, words, at, said FROM questions WHERE chat = ? AND message = ? AND ${isSealed(...COLUMNS)}`,
    ),
    note: db.prepare(
      `INSERT INTO questions VALUES (?, ?, ?, ?, ?, '[]', ?)
       ON CONFLICT DO UPDATE SET asked = excluded.asked, words = excluded.words`,
    ),
    said: db.prepare('UPDATE questions SET said = ? WHERE chat = ? AND message = ?'),
    forget: db.prepare('DELETE FROM questions WHERE user = ? OR chat = ? RETURNING chat, message'),
    prune: db.prepare('DELETE FROM questions WHERE at < ?'),
  }
  /** What was forgotten lately: no edit of it is taken for something new. */
  const forgotten = new Set<string>()
  const find = (chat: string, message: number): Known | undefined =>
    Row.safeParse(sql.find.get(chat, message)).data
  return {
    /** What is known of a message; nothing when it asked nothing. */
    find,
    /** Notes what a message asks now; what answered it before stands until that is written over. */
    note(chat: string, message: number, user: string, { asked, words }: Noted, at: number): void {
      sql.note.run(chat, message, user, asked, words, Math.floor(at))
    },
    /** Notes the `n`th message of the answer of that name. */
    answered(chat: string, message: number, asked: string, n: number, id: number): void {
      const known = find(chat, message)
      if (known?.asked !== asked) return
      sql.said.run(JSON.stringify([...known.said.slice(0, n), id]), chat, message)
    },
    forget(user: string, chat: string | undefined): void {
      for (const row of sql.forget.all(user, chat ?? ''))
        forgotten.add(nameOf(String(row['chat']), Number(row['message'])))
    },
    isForgotten: (chat: string, message: number): boolean => forgotten.has(nameOf(chat, message)),
    prune(before: number): void {
      forgotten.clear()
      sql.prune.run(Math.floor(before))
    },
  }
}

export type Questions = ReturnType<typeof createQuestions>

const nameOf = (chat: string, message: number) => `${chat} ${message}`
