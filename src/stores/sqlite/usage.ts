import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import type { Answer } from '../../corpus.ts'
import { seal } from '../../database/seal.ts'
import { type Counted, type Usage, countsOf, hourOf, usageOf } from '../usage.ts'

/** So many hours are summed up in a millisecond or two; then others have their turn. */
const HOURS_IN_ONE_TURN = 24

export const USAGE_TABLES = `
  CREATE TABLE IF NOT EXISTS usage (
    hour INTEGER NOT NULL, kind TEXT NOT NULL, what TEXT NOT NULL, times INTEGER NOT NULL,
    ms REAL NOT NULL, ${seal('hour', 'kind', 'what', 'times', 'ms')}, PRIMARY KEY (hour, kind, what)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS askers (user TEXT PRIMARY KEY, at INTEGER NOT NULL, ${seal('user', 'at')});
  CREATE INDEX IF NOT EXISTS askers_by_time ON askers (at);
`

const Row = z.object({ kind: z.string(), what: z.string(), times: z.number(), ms: z.number() })

/** Counts in a database with these tables, as part of the writes that keep and forget. */
export function createUsage(db: DatabaseSync) {
  const sql = {
    count: db.prepare(
      `INSERT INTO usage VALUES (?, ?, ?, 1, ?)
       ON CONFLICT DO UPDATE SET times = times + 1, ms = ms + excluded.ms`,
    ),
    asker: db.prepare(
      'INSERT INTO askers VALUES (?, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)',
    ),
    hours: db.prepare('SELECT min(hour) first, max(hour) last FROM usage WHERE hour >= ?'),
    between: db.prepare(
      `SELECT kind, what, sum(times) times, sum(ms) ms FROM usage
       WHERE hour >= ? AND hour < ? GROUP BY kind, what`,
    ),
    // Whoever asked since a time is whoever asked last since then.
    askers: db.prepare('SELECT count(*) people FROM askers WHERE at >= ?'),
    forget: db.prepare('DELETE FROM askers WHERE user = ?'),
    expire: db.prepare('DELETE FROM usage WHERE hour < ?'),
    expireAskers: db.prepare('DELETE FROM askers WHERE at < ?'),
    any: db.prepare('SELECT 1 FROM usage LIMIT 1'),
  }

  async function summedUp(hour: number): Promise<Counted[]> {
    const sums = new Map<string, Counted>()
    const { first, last } = sql.hours.get(hour) ?? {}
    if (first === null) return []
    for (let from = Number(first); from <= Number(last); from += HOURS_IN_ONE_TURN) {
      for (const row of Row.array().parse(sql.between.all(from, from + HOURS_IN_ONE_TURN))) {
        const key = `${row.kind} ${row.what}`
        const { times = 0, ms = 0 } = sums.get(key) ?? {}
        sums.set(key, { ...row, times: times + row.times, ms: ms + row.ms })
      }
      await nextTurn()
    }
    return [...sums.values()]
  }

  return {
    add(answer: Answer, at: number, user: string): void {
      for (const { kind, what, ms } of countsOf(answer)) sql.count.run(hourOf(at), kind, what, ms)
      sql.asker.run(user, at)
    },
    /** What was counted in the hours from a time on, the one it lies in included. */
    async since(time: number): Promise<Usage> {
      return usageOf(await summedUp(hourOf(time)), Number(sql.askers.get(time)?.['people']))
    },
    forget(user: string): void {
      sql.forget.run(user)
    },
    expire(before: number): void {
      sql.expire.run(hourOf(before))
      sql.expireAskers.run(before)
    },
    /** Whether nothing was counted yet. */
    isNew: () => sql.any.get() === undefined,
  }
}
