import { existsSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { copyInto } from './copy-into.ts'
import { DamageError, isBusy } from './errors.ts'
import { LOST } from './open-whole.ts'
import { connect } from './open.ts'
import { schemaOf } from './tables.ts'
import { findLogDamage } from './write-ahead-log.ts'

/**
 * Copies a database as it is at one moment into a new file, while others read and write it. Nothing
 * that was deleted is in the copy.
 * @throws DamageError when what was written last cannot be read, and what SQLite throws.
 */
export function snapshotInto(file: string, copy: string): void {
  // Opening it would hide what its log lacks.
  if (findLogDamage(file)) throw new DamageError(LOST)
  copyInto(file, copy)
}

/** How many rows each table of a database has, by its name. */
export const rowsIn = (db: DatabaseSync): Record<string, number> =>
  Object.fromEntries(
    schemaOf(db)
      .filter(({ type }) => type === 'table')
      .map(({ name }) => [
        name,
        Number(db.prepare(`SELECT count(*) n FROM "${name}"`).get()?.['n']),
      ]),
  )

/** Whether another connection to a database is open, here or in another process. */
export function isInUse(file: string): boolean {
  if (!existsSync(file)) return false
  const db = connect(file, { timeout: 0 })
  try {
    // Only who is alone with a file may end its log.
    db.exec('PRAGMA journal_mode = DELETE')
    return false
  } catch (error) {
    if (isBusy(error)) return true
    throw error
  } finally {
    db.close()
  }
}
