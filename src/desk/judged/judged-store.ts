/**
 * Judged questions: what staff said of answers, in the format of `eval`. Nothing is overwritten: each
 * change is a row, the last row of a question holds, and the others are its history.
 */
import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { JudgedQuestion } from '../../answer/evaluate/judged-question.ts'
import { plain } from '../../answer/evaluate/says.ts'
import type { Answer, Question } from '../../corpus.ts'
import { isSealed, seal } from '../../database/seal.ts'
import { makeTables } from '../../database/tables.ts'
import { transaction } from '../../database/transaction.ts'
import { parseJson } from '../../parse-json.ts'
import type { Ticks } from './pointed.ts'
import { VERDICT_NAMES } from './verdicts.ts'
import { clock } from '../../clock.ts'

/** `imported` came with a file, and nobody said anything of its answer yet. */
const Said = z.enum([...VERDICT_NAMES, 'imported'])
export type Said = z.infer<typeof Said>

/** A judged question as it was at some time. */
export interface Judgement {
  readonly judged: JudgedQuestion
  readonly said: Said
  readonly who: string
  readonly note: string
  /** What was answered then, without its trace; of what was imported nothing. */
  readonly answer: Answer | null
  /** What was ticked, to be shown when the same is judged again. */
  readonly ticks: Ticks
  /** Milliseconds since 1970. */
  readonly at: number
}
/** `n` names the change, later ones are greater. */
export type KeptJudgement = Judgement & { readonly n: number }

const COLUMNS = [
  'n',
  'id',
  'asked',
  'judged',
  'said',
  'who',
  'note',
  'answer',
  'ticks',
  'at',
] as const

const TABLES = `
  CREATE TABLE IF NOT EXISTS judgements (
    n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, asked TEXT NOT NULL, judged TEXT NOT NULL,
    said TEXT NOT NULL, who TEXT NOT NULL, note TEXT NOT NULL, answer TEXT NOT NULL,
    ticks TEXT NOT NULL DEFAULT '{}', at INTEGER NOT NULL, ${seal(...COLUMNS)}
  );
  CREATE INDEX IF NOT EXISTS judgements_by_id ON judgements (id, n);
  CREATE INDEX IF NOT EXISTS judgements_by_asked ON judgements (asked);
`

const NO_TICKS: Ticks = { pieces: [], sentences: [] }

/** What a row says whose question was taken out; a day later all of it goes. */
const REMOVED = 'removed'
const UNDONE_WITHIN_MS = 24 * 3600 * 1000

const Row = z.object({
  n: z.number(),
  judged: z.string().transform(parseJson).pipe(JudgedQuestion),
  said: Said,
  who: z.string(),
  note: z.string(),
  answer: z.string().transform(parseJson).pipe(z.custom<Answer | null>()),
  ticks: z
    .string()
    .transform(parseJson)
    .pipe(
      z.object({
        pieces: z.string().array().default([]),
        sentences: z.string().array().default([]),
      }),
    ),
  at: z.number(),
})

const Changed = Row.pick({ n: true, judged: true }).extend({ said: Said.nullable().catch(null) })
export type Change = z.infer<typeof Changed>

export function createJudgedStore(db: DatabaseSync, openedAt = clock.now()) {
  makeTables(db, TABLES)
  const whole = isSealed(...COLUMNS)
  const last = `n = (SELECT max(n) FROM judgements later WHERE later.id = judgements.id)`
  db.prepare(
    `DELETE FROM judgements WHERE id IN
     (SELECT id FROM judgements WHERE ${last} AND said = '${REMOVED}' AND at < ?)`,
  ).run(openedAt - UNDONE_WITHIN_MS)
  const sql = {
    add: db.prepare(
      `INSERT INTO judgements (id, asked, judged, said, who, note, answer, ticks, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    all: db.prepare(
      `SELECT * FROM judgements WHERE ${last} AND said <> '${REMOVED}' AND ${whole} ORDER BY n DESC`,
    ),
    history: db.prepare(
      `SELECT * FROM judgements WHERE id = ? AND said <> '${REMOVED}' AND ${whole} ORDER BY n DESC`,
    ),
    last: db.prepare('SELECT n, said FROM judgements WHERE id = ? ORDER BY n DESC LIMIT 1'),
    ofAsked: db.prepare(
      `SELECT id FROM judgements WHERE asked = ? AND ${last} AND said <> '${REMOVED}' LIMIT 1`,
    ),
    one: db.prepare(`SELECT * FROM judgements WHERE n = ? AND ${whole}`),
    drop: db.prepare('DELETE FROM judgements WHERE n = ?'),
  }

  function add({ judged, said, who, note, answer, ticks, at }: Judgement): number {
    const { trace: _, ...kept } = answer ?? {}
    const json = JSON.stringify(answer && kept)
    const row = [JSON.stringify(judged), said, who, note, json, JSON.stringify(ticks), at] as const
    return Number(sql.add.run(judged.id, askedKey(judged), ...row).lastInsertRowid)
  }

  function find(id: string): KeptJudgement | undefined {
    const [latest] = history(id)
    return latest?.n === sql.last.get(id)?.['n'] ? latest : undefined
  }

  function history(id: string): KeptJudgement[] {
    return Row.array().parse(sql.history.all(id))
  }

  return {
    /** The id of a question: that of the same one judged before, wherever it came from. */
    idOf(question: Question): string {
      const key = askedKey(question)
      return String(sql.ofAsked.get(key)?.['id'] ?? `desk-${key}`)
    },
    /** Keeps what was said of a question, in place of what was said before. Gives the name of the change. */
    add,
    /** All judged questions as they are now, the last changed first. */
    all: (): KeptJudgement[] => Row.array().parse(sql.all.all()),
    find,
    /** What was said of a question, the last first. */
    history,
    /** One change by its name; `said` is null where the question was taken out. */
    change(n: number): Change | undefined {
      const row = Changed.safeParse(sql.one.get(n))
      return row.success ? row.data : undefined
    },
    /** Takes a question out; it can be put back. */
    remove(id: string, who: string, at: number): number | undefined {
      const kept = find(id)
      if (!kept) return undefined
      const { judged } = kept
      const row = [JSON.stringify(judged), REMOVED, who, '', 'null', '{}', at] as const
      return Number(sql.add.run(id, askedKey(judged), ...row).lastInsertRowid)
    },
    /** Takes a change back, unless another came after it. Says whether it did. */
    undo(n: number): boolean {
      const id = sql.one.get(n)?.['id']
      if (typeof id !== 'string' || sql.last.get(id)?.['n'] !== n) return false
      return sql.drop.run(n).changes > 0
    },
    /** Keeps questions of a file, all of them or none; those of the same id are replaced. */
    importAll(questions: readonly JudgedQuestion[], who: string, at: number) {
      return transaction(db, () => {
        let replaced = 0
        let same = 0
        for (const judged of questions) {
          const kept = find(judged.id)
          // Whose own export comes back keeps who said what.
          if (kept && isDeepStrictEqual(kept.judged, judged)) {
            same++
            continue
          }
          if (kept) replaced++
          add({ judged, said: 'imported', who, note: '', answer: null, ticks: NO_TICKS, at })
        }
        return { added: questions.length - replaced - same, replaced, same }
      })
    },
  }
}

export type JudgedStore = ReturnType<typeof createJudgedStore>

/** Two questions are the same when they say the same in the same place after the same turns, whatever the day. */
function askedKey({ question, place = '', history = [] }: Question): string {
  const turns = history.map((turn) => plain(turn.question))
  return createHash('sha256')
    .update(JSON.stringify([plain(question), place, turns]))
    .digest('base64url')
    .slice(0, 10)
}
