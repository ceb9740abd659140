import { statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'

/** Says that another program reads a file just now: a moment later it may not. */
export class InUseError extends Error {
  override readonly name = 'InUseError'
}

/**
 * Leaves nothing of what was deleted, in the file or in the log beside it. Overwriting deleted rows
 * is not enough: when pages are balanced, SQLite leaves copies of rows behind that it no longer knows
 * of (23 of 3,000 were found in the file after all were deleted). Takes 10 ms a megabyte.
 * @throws InUseError when another program reads the file just now, and what SQLite throws.
 */
export function erase(db: DatabaseSync): void {
  db.exec('VACUUM')
  eraseLog(db)
}

/**
 * Leaves nothing in the log beside a file.
 * @throws InUseError when another program reads the file or empties the log just now, and what SQLite throws.
 */
export function eraseLog(db: DatabaseSync): void {
  if (!emptyLog(db))
    throw new InUseError(
      `Another program reads ${db.location()}: nothing can be erased in it just now`,
    )
}

/** Brings what stands in the log beside a database into it; false when another program reads that just now. */
export const emptyLog = (db: DatabaseSync): boolean =>
  db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0

/** Whether something was written since the log was last emptied. */
export const isWritten = (db: DatabaseSync) =>
  (statSync(`${db.location()}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0
