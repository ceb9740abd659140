/**
 * How often each passage was told, counted as questions are answered: a passage is told when a
 * statement cites it, once an answer. Numbers name nobody, and stay when a question is forgotten.
 */
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { Answer } from '../corpus.ts'
import { seal } from '../database/seal.ts'

const Told = z.object({
  times: z.number(),
  /** The hour in which it was told last, in milliseconds since 1970. */
  at: z.number(),
})
export type Told = z.infer<typeof Told>

const HOUR_MS = 3600 * 1000

export const TOLD_TABLE = `
  CREATE TABLE IF NOT EXISTS told (
    article TEXT NOT NULL, passage TEXT NOT NULL, times INTEGER NOT NULL, at INTEGER NOT NULL,
    ${seal('article', 'passage', 'times', 'at')}, PRIMARY KEY (article, passage)
  ) WITHOUT ROWID;
`

/** Counts in a database with this table. */
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

  return {
    add({ statements, citations }: Answer, at: number): void {
      const cited = new Set(statements.flatMap((statement) => statement.citations))
      const told = citations.filter(({ n }) => cited.has(n))
      const hour = Math.floor(at / HOUR_MS) * HOUR_MS
      for (const [passage, { articleId }] of new Map(told.map((one) => [one.passageId, one])))
        sql.count.run(articleId, passage, hour)
    },
    /** How often passages of each article were told, by its id; articles never told are not in it. */
    articles: () => byId(sql.articles.all()),
    /** How often each passage of an article was told, by its id; those never told are not in it. */
    passages: (article: string) => byId(sql.passages.all(article)),
    /** Whether nothing was counted yet. */
    isNew: () => sql.any.get() === undefined,
  }
}

const Row = Told.extend({ id: z.string() })

const byId = (rows: readonly unknown[]): ReadonlyMap<string, Told> =>
  new Map(
    Row.array()
      .parse(rows)
      .map(({ id, ...told }) => [id, told]),
  )
