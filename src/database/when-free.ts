import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { isBusy } from './errors.ts'

const WAIT_MS = 50

/**
 * Does work on a database as soon as no other connection writes to it, or gives up after a while. Who
 * shares the thread goes on meanwhile.
 * @throws what SQLite throws, busy too when it stays so.
 */
export async function whenFree<T>(db: DatabaseSync, work: () => T, patienceMs = 5_000): Promise<T> {
  for (const end = performance.now() + patienceMs; ; await sleep(WAIT_MS)) {
    try {
      return atOnce(db, work)
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) throw error
    }
  }
}

/** Lets nothing on a connection wait for others: who serves tries again, and goes on meanwhile. */
export const waitForNobody = (db: DatabaseSync) => db.exec('PRAGMA busy_timeout = 0')

/** Does work that waits for nobody; what else is done on the connection waits as before. */
function atOnce<T>(db: DatabaseSync, work: () => T): T {
  const before = Number(db.prepare('PRAGMA busy_timeout').get()?.['timeout'])
  waitForNobody(db)
  try {
    return work()
  } finally {
    db.exec(`PRAGMA busy_timeout = ${before}`)
  }
}
