import { statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { InUseError, erase, eraseLog, isWritten } from '../../database/erase.ts'
import { damagedOf, removeDatabase, rescuedOf } from '../../database/files.ts'

/** What a thread says that could not erase: an error that crosses loses its code and its class. */
export interface NotErased {
  readonly message: string
  readonly errcode: unknown
  readonly isInUse: boolean
}

/** Takes some 20 ms; what is larger is erased in a thread of its own. */
const AT_ONCE_BYTES = 2 * 2 ** 20
/** How often it is looked whether something is to be erased. */
const LOOK_MS = 1000
/** Erasing takes this share of the time at most. */
const SHARE = 1 / 20

/**
 * Leaves nothing of what was deleted in any file, nor anything that nobody can delete from. While a
 * large file is erased it can be read; who writes is told that it is busy.
 * @throws InUseError when another program goes on reading the file: nobody finds what was deleted any
 * more, and its bytes go when the log can be emptied. And what SQLite throws.
 */
export async function eraseState(db: DatabaseSync): Promise<void> {
  const path = db.location()
  if (path !== null) removeSetAside(path)
  const isLarge = path !== null && statSync(path).size > AT_ONCE_BYTES
  await (isLarge ? eraseInThread(path) : eraseWhenUnused(db))
}

/** The desk may be looking, or whoever writes empty the log: for a moment at a time. */
const UNUSED = { lookMs: 25, patienceMs: 3_000 }

/** Erases, and empties the log when others let it: SQLite waits for none that empties it just now. */
export async function eraseWhenUnused(db: DatabaseSync): Promise<void> {
  const until = performance.now() + UNUSED.patienceMs
  for (let work = erase; ; work = eraseLog) {
    try {
      return work(db)
    } catch (error) {
      if (!(error instanceof InUseError) || performance.now() > until) throw error
      await sleep(UNUSED.lookMs)
    }
  }
}

/** The same, for who serves nobody yet. */
export function eraseAtOnce(db: DatabaseSync): void {
  const path = db.location()
  if (path !== null) removeSetAside(path)
  erase(db)
}

/** What nobody can delete from. */
function removeSetAside(path: string): void {
  removeDatabase(damagedOf(path))
  removeDatabase(rescuedOf(path))
}

function eraseInThread(path: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const worker = new Worker(new URL('erasing-thread.ts', import.meta.url), { workerData: path })
  // A process that ends leaves it to the next.
  worker.unref()
  worker.once('message', ({ message, errcode, isInUse }: NotErased) =>
    reject(isInUse ? new InUseError(message) : Object.assign(new Error(message), { errcode })),
  )
  worker.once('error', reject)
  worker.once('exit', () => resolve())
  return promise
}

/** Erases what was deleted within a second or, of a large file, within twenty times what that takes; until told to stop. */
export function keepErasing(db: DatabaseSync, onError: (error: unknown) => void): () => void {
  let timer: NodeJS.Timeout
  const later = (ms: number) => {
    timer = setTimeout(() => void look(), ms)
  }
  async function look(): Promise<void> {
    const started = performance.now()
    try {
      if (isWritten(db)) await eraseState(db)
    } catch (error) {
      onError(error)
    }
    if (db.isOpen) later(Math.max(LOOK_MS, (performance.now() - started) / SHARE))
  }
  later(LOOK_MS)
  return () => clearTimeout(timer)
}
