import { closeToOthers } from './files.ts'
import { openToRead } from './open.ts'

/** How long it waits for another process that holds the file. */
const BUSY_MS = 30_000

/**
 * Copies a database whose log is known to be whole, as it is at one moment, into a new file that is
 * nobody else's to read.
 * @throws what SQLite throws.
 */
export function copyInto(file: string, copy: string): void {
  const db = openToRead(file, BUSY_MS)
  try {
    db.prepare('VACUUM INTO ?').run(copy)
  } finally {
    db.close()
  }
  closeToOthers(copy, 0o600)
}
