import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isBusy } from './errors.ts'
import { closeToOthers } from './files.ts'
import { connect } from './open.ts'

export interface Hold {
  readonly release: () => void
}

/** Where it is written down who holds a file. */
const noteOf = (file: string) => `${file}.by`

/**
 * Takes a file for as long as something is done that only one may do at a time, unless somebody else
 * has it: another process or another part of this one. The lock is SQLite's, on a file with nothing
 * in it, so the system lets go of it when a process ends, however it ends. `who` is told to others.
 * @throws what SQLite throws when the file cannot be had at all.
 */
export function takeHold(file: string, who: string): Hold | undefined {
  const db = connect(file, { timeout: 0 })
  try {
    db.exec('BEGIN IMMEDIATE')
    closeToOthers(file, 0o600)
  } catch (error) {
    db.close()
    if (isBusy(error)) return undefined
    throw error
  }
  writeFileSync(noteOf(file), who, { mode: 0o600 })
  return {
    release() {
      rmSync(noteOf(file), { force: true })
      db.close()
    },
  }
}

/** Who holds a file that could not be taken, as they said; nothing where they have just let go of it. */
export function holderOf(file: string): string | undefined {
  try {
    return readFileSync(noteOf(file), 'utf8')
  } catch {
    return undefined
  }
}
