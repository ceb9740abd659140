import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { isSealed, seal } from '../../database/seal.ts'
import { type HandledQuestions, STATES } from '../handled.ts'
import type { Write } from './writer.ts'

const COLUMNS = ['asked', 'state', 'note', 'who', 'at'] as const

export const HANDLED_TABLE = `
  CREATE TABLE IF NOT EXISTS handled (
    asked TEXT PRIMARY KEY, state TEXT NOT NULL, note TEXT NOT NULL, who TEXT NOT NULL, at INTEGER NOT NULL,
    ${seal(...COLUMNS)}
  ) WITHOUT ROWID;
`

const Row = z.object({
  asked: z.string(),
  state: z.enum(STATES),
  note: z.string(),
  who: z.string(),
  at: z.number(),
})

/** Keeps it in a database with this table beside that of the questions. */
export function createHandled(db: DatabaseSync, write: Write): HandledQuestions {
  const sql = {
    set: db.prepare('INSERT OR REPLACE INTO handled SELECT id, ?, ?, ?, ? FROM asked WHERE id = ?'),
    all: db.prepare(`SELECT * FROM handled WHERE ${isSealed(...COLUMNS)}`),
  }
  return {
    set: (asked, { state, note, who, at }) =>
      write(() => {
        for (const id of asked) sql.set.run(state, note, who, at, id)
      }),
    all: async () =>
      new Map(
        Row.array()
          .parse(sql.all.all())
          .map(({ asked, ...handled }) => [asked, handled]),
      ),
  }
}
