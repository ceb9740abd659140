/** Questions that wait to be judged, one after the other. */
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { Question } from '../../corpus.ts'
import { isSealed, seal } from '../../database/seal.ts'
import { makeTables } from '../../database/tables.ts'
import { transaction } from '../../database/transaction.ts'
import { parseJson } from '../../parse-json.ts'

const TABLES = `
  CREATE TABLE IF NOT EXISTS queue (
    n INTEGER PRIMARY KEY AUTOINCREMENT, question TEXT NOT NULL UNIQUE, ${seal('n', 'question')}
  );
`

const Row = z.object({
  n: z.number(),
  question: z.string().transform((json) => Question.parse(JSON.parse(json))),
})

export function createQueue(db: DatabaseSync) {
  makeTables(db, TABLES)
  const sql = {
    add: db.prepare('INSERT OR IGNORE INTO queue (question) VALUES (?)'),
    first: db.prepare(
      `SELECT * FROM queue WHERE n > ? AND ${isSealed('n', 'question')} ORDER BY n LIMIT 1`,
    ),
    drop: db.prepare('DELETE FROM queue WHERE n = ?'),
    size: db.prepare('SELECT count(*) size FROM queue'),
    clear: db.prepare('DELETE FROM queue'),
  }
  return {
    /** Adds questions that do not wait yet; says how many. */
    add(questions: readonly Question[]): number {
      return transaction(db, () =>
        questions.reduce((sum, one) => sum + Number(sql.add.run(JSON.stringify(one)).changes), 0),
      )
    },
    /** The next question behind one, the first again behind the last; nothing when none waits. */
    after(n: number): z.infer<typeof Row> | undefined {
      const row = sql.first.get(n) ?? sql.first.get(0)
      return row && Row.parse(row)
    },
    done: (n: number): void => void sql.drop.run(n),
    size: (): number => Number(sql.size.get()?.['size']),
    clear: (): void => void sql.clear.run(),
  }
}

export type Queue = ReturnType<typeof createQueue>

/**
 * Questions from a text: one a line, each a question as typed or one as JSON, as `ask --jsonl` takes it.
 * @throws Error with one sentence that names the line that is neither.
 */
export function readQuestions(text: string): Question[] {
  return text.split('\n').flatMap((line, i): Question[] => {
    const typed = line.trim()
    if (typed === '') return []
    if (!typed.startsWith('{')) return [{ question: typed }]
    const parsed = Question.safeParse(parseJson(typed))
    if (!parsed.success) throw new Error(`第 ${i + 1} 行不是问题：应是一句话，或 {"question": …}。`)
    return [parsed.data]
  })
}
