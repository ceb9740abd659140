import { randomBytes, createHmac } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { openDatabase } from '../database.ts'

/**
 * Opens the file of what doors and conversations remember. What is deleted is overwritten too, and
 * what was committed survives the process being killed.
 */
export function openStateDatabase(path: string): DatabaseSync {
  return openDatabase(path, {
    busyMs: 5_000,
    setUp: `PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;
      CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL)`,
  })
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
