import { randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { Secrets } from '../secrets.ts'
import type { Write } from './writer.ts'

/** Keeps them in a database with their table. */
export function createSecrets(db: DatabaseSync, write: Write): Secrets {
  const make = db.prepare('INSERT OR IGNORE INTO secrets VALUES (?, ?)')
  const find = db.prepare('SELECT value FROM secrets WHERE name = ?')
  return {
    secret: (name) =>
      write(() => {
        make.run(name, randomBytes(32).toString('base64url'))
        return String(find.get(name)?.['value'])
      }),
  }
}
