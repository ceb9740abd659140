import type { DatabaseSync } from 'node:sqlite'
import { seal } from '../../database/seal.ts'
import type { Budget } from '../budget.ts'
import type { Write } from './writer.ts'

export const BUDGET_TABLE = `
  CREATE TABLE IF NOT EXISTS spent (day TEXT PRIMARY KEY, calls INTEGER NOT NULL,
    ${seal('day', 'calls')});
`

/** Counts in a database with this table. */
export function createBudget(db: DatabaseSync, write: Write): Budget {
  const spent = db.prepare('SELECT calls FROM spent WHERE day = ?')
  const spend = db.prepare(
    `INSERT INTO spent SELECT $day, 1 WHERE $limit > 0
     ON CONFLICT DO UPDATE SET calls = calls + 1 WHERE calls < $limit`,
  )
  return {
    spend: (day, limit) => write(() => spend.run({ $day: day, $limit: limit }).changes > 0),
    spentOn: async (day) => Number(spent.get(day)?.['calls'] ?? 0),
  }
}
