/** Whose a file is and which version of us made it, as SQLite keeps them in its header. */
import type { DatabaseSync } from 'node:sqlite'
import { isUnwritable } from './errors.ts'

/** Says that a newer program made a file: what stands in it may mean what we do not know. */
export class NewerError extends Error {
  override readonly name = 'NewerError'
}

/** 0 when nothing was noted: it is empty, or from before versions were. */
export const versionOf = (db: DatabaseSync) => headerOf(db, 'user_version')
/** The program that a file belongs to; 0 when none said so. */
export const applicationOf = (db: DatabaseSync) => headerOf(db, 'application_id')

/** @throws NewerError with a sentence when a file is from a newer version than this. */
export function refuseNewer(db: DatabaseSync, file: string, version: number): void {
  if (versionOf(db) <= version) return
  throw new NewerError(
    `${file} was made by a newer version of this program and is left as it is: start that version, or set WENCE_DATA_DIR to another folder.`,
  )
}

/** Notes that a file is as this version makes it. On a disk that takes nothing now it is noted the next time. */
export function noteVersion(db: DatabaseSync, version: number): void {
  if (versionOf(db) === version) return
  try {
    db.exec(`PRAGMA user_version = ${version}`)
  } catch (error) {
    if (!isUnwritable(error)) throw error
  }
}

export const noteApplication = (db: DatabaseSync, id: number) =>
  db.exec(`PRAGMA application_id = ${id}`)

const headerOf = (db: DatabaseSync, field: string) =>
  Number(db.prepare(`PRAGMA ${field}`).get()?.[field])
