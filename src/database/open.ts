/** How every SQLite file of ours is opened. */
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import { noteConnection } from './connected.ts'
import { DATABASE_SUFFIXES, closeToOthers, makePrivateFolder } from './files.ts'

export interface DatabaseOptions {
  /** How long a call waits for another process that holds the file, in milliseconds. */
  readonly busyMs: number
  /** Statements that set the connection up. */
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
  const db = connect(file, { timeout: busyMs })
  try {
    // SQLite gives the files beside it the same rights.
    if (!inMemory) keepPrivate(file)
    if (!inMemory) keepLog(db, file)
    db.exec(`PRAGMA synchronous = NORMAL; ${setUp}`)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/**
 * Lets changes go into a log beside the file, whose end is what survives.
 * @throws Error in a sentence where the file system has no memory for it that processes share.
 */
export function keepLog(db: DatabaseSync, file: string): void {
  const mode = db.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode']
  if (mode !== 'wal')
    throw new Error(
      `${file}: no database can be kept on this file system, as on a network's; set WENCE_DATA_DIR to a disk of this machine.`,
    )
}

/** Every connection can reckon the seals of rows. */
export function connect(file: string, options: ConstructorParameters<typeof DatabaseSync>[1] = {}) {
  noteConnection(file)
  const db = new DatabaseSync(file, options)
  db.function('crc', { deterministic: true }, (bytes) =>
    bytes instanceof Uint8Array ? crc32(bytes) : 0,
  )
  return db
}

/** A connection that changes nothing: what is there may not be ours. */
export const openToRead = (file: string, busyMs: number) =>
  connect(file, { readOnly: true, timeout: busyMs })

/** What people asked and the salt of their names are nobody else's to read. */
function keepPrivate(file: string): void {
  for (const path of DATABASE_SUFFIXES.map((suffix) => file + suffix))
    if (existsSync(path)) closeToOthers(path, 0o600)
}
