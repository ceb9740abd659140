import type { DatabaseSync } from 'node:sqlite'
import { isHeld, isUnwritable } from '../../database/errors.ts'
import { transaction } from '../../database/transaction.ts'
import { whenFree } from '../../database/when-free.ts'
import { UnwritableError } from '../errors.ts'

/** Does work in one transaction, when it is its turn. */
export type Write = <T>(work: () => T) => Promise<T>

/** An erasing of the file is waited for: it takes 10 ms a megabyte. */
export const PATIENCE_MS = 10_000

/**
 * Lets what one process writes take effect in the order in which it was asked for, each whole or not at
 * all. Other processes that write are waited for, and who shares the thread goes on meanwhile.
 */
export function createWriter(db: DatabaseSync, patienceMs = PATIENCE_MS): Write {
  let last: Promise<unknown> = Promise.resolve()
  return function write<T>(work: () => T): Promise<T> {
    const written = last.then(() => whenFree(db, () => transaction(db, work), patienceMs))
    const told = written.catch((error: unknown) => {
      throw asUnwritable(error)
    })
    last = told.catch(() => {})
    return told
  }
}

/** What SQLite throws where nothing can be written, as every store says it; anything else as it is. */
export const asUnwritable = (error: unknown) =>
  isUnwritable(error) || isHeld(error)
    ? new UnwritableError(String(error), { isHeld: isHeld(error), cause: error })
    : error
