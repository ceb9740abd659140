/** Runs of all judged questions, kept to be compared: what turned right, and what wrong. */
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { FAULT_KINDS } from '../../answer/evaluate/judge.ts'
import { changed } from '../../answer/evaluate/summary.ts'
import { isSealed, seal } from '../../database/seal.ts'
import { makeTables } from '../../database/tables.ts'
import { parseJson } from '../../parse-json.ts'

/** `failed`: it could not be answered. */
const FaultKind = z.enum([...FAULT_KINDS, 'failed'])

/** What became of one question; `stage` is where it went wrong, null when it is right. */
const Ran = z.object({
  id: z.string(),
  question: z.string(),
  stage: z.string().nullable(),
  faults: z.array(z.object({ kind: FaultKind, words: z.string() })).readonly(),
  /** What the statements said. */
  said: z.string(),
})
export type Ran = z.infer<typeof Ran>

const Run = z.object({
  n: z.number(),
  who: z.string(),
  /** When it was done, in milliseconds since 1970, and how long it took. */
  at: z.number(),
  ms: z.number(),
  /** Who picked: the model with its prompt's version, or the weights and when they were learned. */
  picked: z.string(),
  ran: z.array(Ran).readonly(),
})
export type Run = z.infer<typeof Run>

const Row = Run.extend({ ran: z.string().transform(parseJson).pipe(Run.shape.ran) })

const COLUMNS = ['n', 'who', 'at', 'ms', 'picked', 'ran'] as const
const TABLES = `
  CREATE TABLE IF NOT EXISTS runs (
    n INTEGER PRIMARY KEY, who TEXT NOT NULL, at INTEGER NOT NULL, ms REAL NOT NULL,
    picked TEXT NOT NULL, ran TEXT NOT NULL, ${seal(...COLUMNS)}
  );
`

export function createRunStore(db: DatabaseSync) {
  makeTables(db, TABLES)
  const whole = isSealed(...COLUMNS)
  const sql = {
    add: db.prepare('INSERT INTO runs (who, at, ms, picked, ran) VALUES (?, ?, ?, ?, ?)'),
    latest: db.prepare(`SELECT * FROM runs WHERE ${whole} ORDER BY n DESC LIMIT ?`),
    one: db.prepare(`SELECT * FROM runs WHERE n <= ? AND ${whole} ORDER BY n DESC LIMIT 2`),
  }
  return {
    add({ who, at, ms, picked, ran }: Omit<Run, 'n'>): number {
      return Number(sql.add.run(who, at, ms, picked, JSON.stringify(ran)).lastInsertRowid)
    },
    /** The last runs, the latest first. */
    latest: (count: number): Run[] => readable(sql.latest.all(count)),
    /** A run, and the one before it. */
    withLast(n: number): readonly [run: Run | undefined, last: Run | undefined] {
      const [run, last] = readable(sql.one.all(n))
      return run?.n === n ? [run, last] : [undefined, undefined]
    },
  }
}

export type RunStore = ReturnType<typeof createRunStore>

/** A run that another version kept otherwise is passed over: the next one shows the same. */
const readable = (rows: readonly unknown[]): Run[] =>
  rows.flatMap((row) => Row.safeParse(row).data ?? [])

const idsOf = (ran: readonly Ran[]) => ran.map(({ id }) => id)

/** The questions of a run that are wrong. */
export const wrongIn = (ran: readonly Ran[]): Ran[] => ran.filter(({ stage }) => stage !== null)

/** The ids of questions that turned wrong and right since another run; only those in both. */
export function turned(now: readonly Ran[], last: readonly Ran[]) {
  const before = { ids: idsOf(last), wrong: idsOf(wrongIn(last)) }
  return changed({ wrong: wrongIn(now) }, idsOf(now), before)
}
