/**
 * How much was asked and how it went, counted by the hour as it happens: who looks at it reads some
 * thousand numbers, however many questions are kept. Numbers name nobody, and stay when a question
 * is forgotten.
 */
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import type { Answer } from '../corpus.ts'
import { seal } from '../database/seal.ts'

export interface Usage {
  readonly asked: number
  readonly people: number
  readonly answered: number
  readonly partial: number
  readonly notFound: number
  readonly byModel: number
  /** Of the time to answer, in milliseconds, within a twentieth; null when nothing was asked. */
  readonly medianMs: number | null
  readonly p95Ms: number | null
  /** What each stage of an answer takes on average, in milliseconds, the slowest first. */
  readonly stages: readonly { readonly stage: string; readonly ms: number }[]
}

const HOUR_MS = 3600 * 1000
/** So many hours are summed up in a millisecond or two; then others have their turn. */
const HOURS_IN_ONE_TURN = 24
/** Times to answer are counted in steps, each a tenth longer than the one before. */
const STEP = 1.1

const stepOf = (ms: number) => Math.round(Math.log(Math.max(ms, 1)) / Math.log(STEP))
const msOf = (step: number) => STEP ** step

/** `what` is a status, a mode, a step of time or a stage of an answer; of a stage, `ms` adds up. */
export const USAGE_TABLES = `
  CREATE TABLE IF NOT EXISTS usage (
    hour INTEGER NOT NULL, kind TEXT NOT NULL, what TEXT NOT NULL, times INTEGER NOT NULL,
    ms REAL NOT NULL, ${seal('hour', 'kind', 'what', 'times', 'ms')}, PRIMARY KEY (hour, kind, what)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS askers (user TEXT PRIMARY KEY, at INTEGER NOT NULL, ${seal('user', 'at')});
  CREATE INDEX IF NOT EXISTS askers_by_time ON askers (at);
`

const Row = z.object({ kind: z.string(), what: z.string(), times: z.number(), ms: z.number() })
type Row = z.infer<typeof Row>

/** Counts in a database with these tables. */
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

  async function summedUp(hour: number): Promise<Row[]> {
    const sums = new Map<string, Row>()
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
    add({ status, mode, ms, trace = [] }: Answer, at: number, user: string): void {
      const hour = hourOf(at)
      sql.count.run(hour, 'status', status, 0)
      sql.count.run(hour, 'mode', mode, 0)
      sql.count.run(hour, 'step', stepOf(ms), ms)
      for (const { stage, ms: took } of trace) sql.count.run(hour, 'stage', stage, took)
      sql.asker.run(user, at)
    },
    /** What was counted in the hours from a time on, the one it lies in included. */
    async since(time: number): Promise<Usage> {
      const rows = await summedUp(hourOf(time))
      const of = (kind: string) => rows.filter((row) => row.kind === kind)
      const times = (kind: string, what: string) =>
        of(kind).find((row) => row.what === what)?.times ?? 0
      const asked = of('status').reduce((sum, row) => sum + row.times, 0)
      const steps = of('step').toSorted((a, b) => Number(a.what) - Number(b.what))
      const nth = (share: number) => {
        let before = 0
        const step = steps.find((row) => (before += row.times) > Math.floor(asked * share))
        return step ? msOf(Number(step.what)) : null
      }
      return {
        asked,
        people: Number(sql.askers.get(time)?.['people']),
        answered: times('status', 'answered'),
        partial: times('status', 'partial'),
        notFound: times('status', 'not_found'),
        byModel: times('mode', 'model'),
        medianMs: nth(0.5),
        p95Ms: nth(0.95),
        stages: of('stage')
          .map(({ what, ms, times: n }) => ({ stage: what, ms: ms / n }))
          .toSorted((a, b) => b.ms - a.ms),
      }
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

const hourOf = (time: number) => Math.floor(time / HOUR_MS)
