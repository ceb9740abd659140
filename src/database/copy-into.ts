import { rmSync } from 'node:fs'
import { closeToOthers } from './files.ts'
import { lookInto } from './look-into.ts'

/**
 * Copies a database whose log is known to be whole, as it is at one moment, into a file that is nobody
 * else's to read.
 * @throws what SQLite throws.
 */
export function copyInto(file: string, copy: string): void {
  lookInto(file, (db) => {
    // It may have been begun upon a file that somebody opened meanwhile.
    rmSync(copy, { force: true })
    db.prepare('VACUUM INTO ?').run(copy)
  })
  closeToOthers(copy, 0o600)
}
