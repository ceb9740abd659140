import type { DatabaseSync } from 'node:sqlite'
import { connect } from './open.ts'
import { transaction } from './transaction.ts'
import { seal, isSealed } from './seal.ts'

const MADE = `CREATE TABLE IF NOT EXISTS made (name TEXT PRIMARY KEY, sql TEXT, ${seal('name', 'sql')})`

/**
 * Makes tables and indexes that are not there yet, and remakes those that an older version made
 * otherwise, with all rows of the columns that it had. What they are is noted, so that damage to it
 * is seen.
 */
export function makeTables(db: DatabaseSync, schema: string): void {
  const wanted = made(schema)
  db.exec(MADE)
  const noted = db.prepare(`SELECT sql FROM made WHERE name = ? AND ${isSealed('name', 'sql')}`)
  if (wanted.every(({ name, sql }) => noted.get(name)?.['sql'] === sql)) return
  transaction(db, () => {
    const there = db.prepare('SELECT sql FROM main.sqlite_schema WHERE name = ?')
    const other = wanted.filter(({ name, sql }) => (there.get(name)?.['sql'] ?? sql) !== sql)
    const old = (name: string) => `${name}_of_before`
    for (const { type, name } of other)
      db.exec(
        type === 'index' ? `DROP INDEX ${name}` : `ALTER TABLE ${name} RENAME TO ${old(name)}`,
      )
    db.exec(schema)
    for (const { type, name } of other) {
      if (type === 'index') continue
      const columns = commonColumns([db, name], [db, old(name)])
      db.exec(
        `INSERT INTO ${name} (${columns.join()}) SELECT ${columns.join()} FROM ${old(name)};
         DROP TABLE ${old(name)}`,
      )
    }
    // The indexes of a table that was renamed went with it.
    if (other.length > 0) db.exec(schema)
    const note = db.prepare('INSERT OR REPLACE INTO made VALUES (?, ?)')
    for (const { name, sql } of wanted) note.run(name, sql)
  })
}

/** What statements make: tables and indexes, and the text that SQLite keeps of each. */
export function made(schema: string) {
  const scratch = connect(':memory:')
  scratch.exec(schema)
  const found = schemaOf(scratch)
  scratch.close()
  return found
}

export const schemaOf = (db: DatabaseSync) =>
  db
    .prepare('SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid')
    .all()
    .map(({ type, name, sql }) => ({ type: String(type), name: String(name), sql: String(sql) }))

/** The columns of a table that are written, without its seal. */
export const columnsOf = (db: DatabaseSync, table: string) =>
  db
    .prepare(`PRAGMA table_xinfo("${table}")`)
    .all()
    .flatMap(({ name, hidden }) => (hidden === 0 ? [String(name)] : []))

export const hasSeal = (db: DatabaseSync, table: string) =>
  db
    .prepare(`PRAGMA table_xinfo("${table}")`)
    .all()
    .some(({ name }) => name === 'seal')

export function commonColumns(
  [db, table]: readonly [DatabaseSync, string],
  [other, otherTable]: readonly [DatabaseSync, string],
): string[] {
  const known = columnsOf(other, otherTable)
  return columnsOf(db, table).filter((column) => known.includes(column))
}
