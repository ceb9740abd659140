/** How every SQLite file of ours is opened, changed and found damaged. */
import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** The database and what SQLite keeps beside it while it is open. */
export const DATABASE_SUFFIXES = ['', '-wal', '-shm'] as const

export interface DatabaseOptions {
  /** How long a call waits for another process that holds the file, in milliseconds. */
  readonly busyMs: number
  /** Statements that set the connection up, or make its tables. */
  readonly setUp?: string
}

/**
 * Opens a database in a file, made with its folder when there is none: what is committed survives the
 * process being killed, and nobody else on the machine reads it. `:memory:` is none of that.
 * @throws what SQLite throws; see `isDamage`.
 */
export function openDatabase(file: string, { busyMs, setUp = '' }: DatabaseOptions): DatabaseSync {
  const inMemory = file === ':memory:'
  if (!inMemory) makePrivateFolder(dirname(file))
  const db = new DatabaseSync(file, { timeout: busyMs })
  try {
    // SQLite gives the files beside it the same rights.
    if (!inMemory) keepPrivate(file)
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${setUp}`)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Makes a folder that only we may enter; one that is there already keeps its rights. */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
}

/** What people asked and the salt of their names are nobody else's to read. */
function keepPrivate(file: string): void {
  for (const path of DATABASE_SUFFIXES.map((suffix) => file + suffix))
    if (existsSync(path)) chmodSync(path, 0o600)
}

/**
 * Does work in one transaction: all of it is kept or nothing, and what went wrong is what is thrown,
 * whatever becomes of the rollback.
 */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    rollBack(db)
    throw error
  }
}

/** The same for work that awaits; nothing else may use the connection meanwhile. */
export async function longTransaction<T>(db: DatabaseSync, work: () => Promise<T>): Promise<T> {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = await work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    rollBack(db)
    throw error
  }
}

/** A full disk ends a transaction by itself, and then there is none to roll back. */
function rollBack(db: DatabaseSync): void {
  try {
    if (db.isTransaction) db.exec('ROLLBACK')
  } catch {
    // Closing the connection rolls back too.
  }
}

/** What SQLite says is wrong, without its extension; https://sqlite.org/rescode.html. */
const CODES = {
  error: 1,
  busy: 5,
  readOnly: 8,
  ioError: 10,
  damaged: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const

/** Whether a file is no database, or no whole one. */
export const isDamage = (error: unknown) => {
  const code = codeOf(error)
  return code === CODES.damaged || code === CODES.notADatabase
}

/** Whether nothing more can be written just now: the disk is full, or fails. */
export const isFull = (error: unknown) => {
  const code = codeOf(error)
  return code === CODES.full || code === CODES.ioError
}

/** Whether a write may succeed later as it is: there is no room, another process holds the file, the disk is read-only. */
export const isUnwritable = (error: unknown) => isFull(error) || UNWRITABLE.has(codeOf(error) ?? 0)

const UNWRITABLE: ReadonlySet<number> = new Set([CODES.busy, CODES.readOnly, CODES.cannotOpen])

/** Whether SQLite refused a statement as such: a table that should be there is not. */
export const isMissing = (error: unknown) => codeOf(error) === CODES.error

const codeOf = (error: unknown) =>
  error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined
