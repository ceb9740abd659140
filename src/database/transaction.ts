import type { DatabaseSync } from 'node:sqlite'

/**
 * Does work in one transaction, or in the one that is under way: all of it is kept or nothing, and
 * what went wrong is what is thrown, whatever becomes of the rollback.
 */
export const transaction = <T>(db: DatabaseSync, work: () => T): T =>
  inOne(db, 'BEGIN IMMEDIATE', work)

/** Reads of one state, also while another connection writes. */
export const snapshot = <T>(db: DatabaseSync, look: () => T): T => inOne(db, 'BEGIN', look)

function inOne<T>(db: DatabaseSync, begin: string, work: () => T): T {
  if (db.isTransaction) return work()
  db.exec(begin)
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    rollBack(db)
    throw error
  }
}

/** The same for work that awaits; nothing else may use the connection meanwhile. */
export async function longTransaction<T>(db: DatabaseSync, work: () => Promise<T>): Promise<T> {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = await work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    rollBack(db)
    throw error
  }
}

/** A full disk ends a transaction by itself, and then there is none to roll back. */
function rollBack(db: DatabaseSync): void {
  try {
    if (db.isTransaction) db.exec('ROLLBACK')
  } catch {
    // Closing the connection rolls back too.
  }
}
