import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { Answer } from '../../corpus.ts'
import { seal } from '../../database/seal.ts'
import { type Told, type ToldPassages, toldIn } from '../told.ts'

const HOUR_MS = 3600 * 1000

export const TOLD_TABLE = `
  CREATE TABLE IF NOT EXISTS told (
    article TEXT NOT NULL, passage TEXT NOT NULL, times INTEGER NOT NULL, at INTEGER NOT NULL,
    ${seal('article', 'passage', 'times', 'at')}, PRIMARY KEY (article, passage)
  ) WITHOUT ROWID;
`

/** Counts in a database with this table, as part of the write that keeps an answer. */
export function createTold(db: DatabaseSync) {
  const sql = {
    count: db.prepare(
      `INSERT INTO told VALUES (?, ?, 1, ?)
       ON CONFLICT DO UPDATE SET times = times + 1, at = max(at, excluded.at)`,
    ),
    articles: db.prepare('SELECT article AS id, sum(times) times, max(at) at FROM told GROUP BY 1'),
    passages: db.prepare('SELECT passage AS id, times, at FROM told WHERE article = ?'),
    any: db.prepare('SELECT 1 FROM told LIMIT 1'),
  }
  const told: ToldPassages = {
    articles: async () => byId(sql.articles.all()),
    passages: async (article) => byId(sql.passages.all(article)),
  }
  return {
    told,
    add(answer: Answer, at: number): void {
      const hour = Math.floor(at / HOUR_MS) * HOUR_MS
      for (const [passage, article] of toldIn(answer)) sql.count.run(article, passage, hour)
    },
    /** Whether nothing was counted yet. */
    isNew: () => sql.any.get() === undefined,
  }
}

const Row = z.object({ id: z.string(), times: z.number(), at: z.number() })

const byId = (rows: readonly unknown[]): ReadonlyMap<string, Told> =>
  new Map(
    Row.array()
      .parse(rows)
      .map(({ id, ...told }) => [id, told]),
  )
