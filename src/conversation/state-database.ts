import { randomBytes, createHmac } from 'node:crypto'
import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * Opens the file of what doors and conversations remember. What is deleted is overwritten too, and
 * what was committed survives the process being killed.
 */
export function openStateDatabase(path: string): DatabaseSync {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const db = new DatabaseSync(path, { timeout: 5_000 })
  // It holds the salt and what people asked: nobody else on the machine reads it.
  if (path !== ':memory:') chmodSync(path, 0o600)
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;
    CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL)`)
  return db
}

/** A random secret of the installation, made at its first use and the same ever after. */
export function keptSecret(db: DatabaseSync, name: string): string {
  db.prepare('INSERT OR IGNORE INTO secrets VALUES (?, ?)').run(
    name,
    randomBytes(32).toString('base64url'),
  )
  return String(db.prepare('SELECT value FROM secrets WHERE name = ?').get(name)?.['value'])
}

/** Names people and chats by salted hashes of 16 letters, 96 bits: enough to tell apart, nothing to find them by. */
export function createPseudonym(salt: string): (...what: readonly (string | number)[]) => string {
  return (...what) =>
    createHmac('sha256', salt).update(what.join(':')).digest('base64url').slice(0, 16)
}
