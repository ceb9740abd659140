import { existsSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { connect, openToRead } from './open.ts'

/** Who reads waits for nobody who writes, but for a moment at the beginning. */
const BUSY_MS = 1_000

/**
 * Looks into a database and leaves no trace. SQLite puts two files beside one that it opens to read, and
 * leaves them there: so one that nobody has open is read as what does not change.
 * @throws what SQLite throws; see `isDamage`.
 */
export function lookInto<T>(file: string, look: (db: DatabaseSync) => T): T {
  const isOpen = () => existsSync(`${file}-wal`)
  const still = () => connect(`${pathToFileURL(file).href}?immutable=1`, { readOnly: true })
  if (!isOpen()) {
    try {
      const seen = lookThrough(still(), look)
      if (!isOpen()) return seen
    } catch (error) {
      if (!isOpen()) throw error
    }
    // Somebody opened it meanwhile, and may have written.
  }
  return lookThrough(openToRead(file, BUSY_MS), look)
}

function lookThrough<T>(db: DatabaseSync, look: (db: DatabaseSync) => T): T {
  try {
    return look(db)
  } finally {
    db.close()
  }
}
