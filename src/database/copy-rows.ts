import type { DatabaseSync } from 'node:sqlite'
import { isSealed } from './seal.ts'
import { columnsOf, hasSeal, commonColumns } from './tables.ts'
import { isDamage, isSqlite } from './errors.ts'

/** Copies the rows of a table that can be read and are as they were written; the columns are those that both have. */
export function copyRows(db: DatabaseSync, source: DatabaseSync, table: string): void {
  const columns = commonColumns([db, table], [source, table])
  if (columns.length === 0) return
  const insert = db.prepare(
    `INSERT OR IGNORE INTO ${table} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`,
  )
  const whole = hasSeal(source, table) ? isSealed(...columnsOf(source, table)) : '1'
  // From the front up to the damage, then from the back.
  for (const backwards of ['OFF', 'ON']) {
    try {
      source.exec(`PRAGMA reverse_unordered_selects = ${backwards}`)
      const rows = source.prepare(`SELECT ${columns.join()} FROM ${table} WHERE ${whole}`)
      for (const row of rows.iterate()) {
        try {
          insert.run(...columns.map((column) => row[column]!))
        } catch (error) {
          if (!isSqlite(error)) throw error
        }
      }
      return
    } catch (error) {
      if (!isDamage(error)) throw error
    }
  }
}
