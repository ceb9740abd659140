import { DatabaseSync } from 'node:sqlite'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const Entry = z.object({
  path: z.string(),
  source: z.string(),
  digest: z.string(),
  /** The identity of the index that holds it: of a new index nothing is remembered. */
  index: z.string(),
})

/** One file that was read into an index: where it lies, the name it is cited by, and what it held. */
export type Entry = z.infer<typeof Entry>

/** What ingest remembers, beside the index and not part of it. */
export interface Ledger {
  entries(index: string): Entry[]
  put(entry: Entry): void
  remove(path: string): void
  close(): void
}

/** Opens the ledger in a file, made if there is none. */
export function openLedger(file: string): Ledger {
  mkdirSync(dirname(file), { recursive: true })
  const db = new DatabaseSync(file, { timeout: 10_000 })
  db.exec(`PRAGMA journal_mode = WAL;
    CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, source TEXT, digest TEXT, "index" TEXT) STRICT`)
  const select = db.prepare(
    'SELECT path, source, digest, "index" FROM files WHERE "index" = ? ORDER BY path',
  )
  const insert = db.prepare(
    'INSERT OR REPLACE INTO files (path, source, digest, "index") VALUES (?, ?, ?, ?)',
  )
  const drop = db.prepare('DELETE FROM files WHERE path = ?')
  return {
    entries: (index) => z.array(Entry).parse(select.all(index)),
    put: ({ path, source, digest, index }) => void insert.run(path, source, digest, index),
    remove: (path) => void drop.run(path),
    close: () => db.close(),
  }
}
