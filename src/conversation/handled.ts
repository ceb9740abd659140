/** What staff made of a question: kept with it, and forgotten with it. */
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { isSealed, seal } from '../database/seal.ts'
import { transaction } from '../database/transaction.ts'

export const STATES = ['new', 'working', 'done', 'not_ours'] as const
export type HandledState = (typeof STATES)[number]

export interface Handled {
  readonly state: HandledState
  readonly note: string
  /** By the name that they gave. */
  readonly who: string
  /** Milliseconds since 1970. */
  readonly at: number
}

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
export function createHandled(db: DatabaseSync) {
  const sql = {
    set: db.prepare('INSERT OR REPLACE INTO handled SELECT id, ?, ?, ?, ? FROM asked WHERE id = ?'),
    all: db.prepare(`SELECT * FROM handled WHERE ${isSealed(...COLUMNS)}`),
  }
  return {
    /** Says the same of several questions; those that are no longer kept are passed over. */
    set(asked: readonly string[], { state, note, who, at }: Handled): void {
      transaction(db, () => {
        for (const id of asked) sql.set.run(state, note, who, at, id)
      })
    },
    /** By the ids of the questions; those that nobody looked at are not in it. */
    all: (): ReadonlyMap<string, Handled> =>
      new Map(
        Row.array()
          .parse(sql.all.all())
          .map(({ asked, ...handled }) => [asked, handled]),
      ),
  }
}
