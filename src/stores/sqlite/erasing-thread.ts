/** Erases the file of the state that it is given (`erase-state.ts`). */
import { parentPort, workerData } from 'node:worker_threads'
import { InUseError } from '../../database/erase.ts'
import { openDatabase } from '../../database/open.ts'
import { type NotErased, eraseWhenUnused } from './erase-state.ts'
import { KEEP_SECRET } from './state-database.ts'

/** Whoever serves writes for some milliseconds at a time. */
const BUSY_MS = 3_000

try {
  const db = openDatabase(String(workerData), { busyMs: BUSY_MS, setUp: KEEP_SECRET })
  try {
    await eraseWhenUnused(db)
  } finally {
    db.close()
  }
} catch (error) {
  const failed = error instanceof Error ? error : new Error(String(error))
  const said: NotErased = {
    message: failed.message,
    errcode: 'errcode' in failed ? failed.errcode : undefined,
    isInUse: failed instanceof InUseError,
  }
  parentPort!.postMessage(said)
}
