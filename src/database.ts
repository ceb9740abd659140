/** How every SQLite file of ours is opened, changed, found damaged and made whole. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import { findLogDamage } from './write-ahead-log.ts'

/** The database and what SQLite keeps beside it while it is open. */
export const DATABASE_SUFFIXES = ['', '-wal', '-shm'] as const

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
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${setUp}`)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Every connection can reckon the seals of rows. */
function connect(file: string, options: ConstructorParameters<typeof DatabaseSync>[1] = {}) {
  const db = new DatabaseSync(file, options)
  db.function('crc', { deterministic: true }, (bytes) =>
    bytes instanceof Uint8Array ? crc32(bytes) : 0,
  )
  return db
}

/** A connection that changes nothing: what is there may not be ours. */
export const openToRead = (file: string, busyMs: number) =>
  connect(file, { readOnly: true, timeout: busyMs })

/**
 * Makes a folder that only we may enter. One that is there already is closed to others when it is
 * ours alone: we own it and nothing but databases lies in it; an older version left it open. Any
 * other was made by somebody for more than us, and keeps its rights.
 */
export function makePrivateFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (first !== undefined) return
  const { uid, mode } = statSync(folder)
  if ((mode & 0o077) === 0 || uid !== process.getuid?.()) return
  const names = readdirSync(folder)
  if (names.length > 0 && names.every((name) => name.includes('.sqlite') || name === 'filling'))
    chmodSync(folder, 0o700)
}

/** What people asked and the salt of their names are nobody else's to read. */
function keepPrivate(file: string): void {
  for (const path of DATABASE_SUFFIXES.map((suffix) => file + suffix))
    if (existsSync(path)) chmodSync(path, 0o600)
}

/**
 * Does work in one transaction, or in the one that is under way: all of it is kept or nothing, and
 * what went wrong is what is thrown, whatever becomes of the rollback.
 */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  if (db.isTransaction) return work()
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

/**
 * Leaves nothing of what was deleted, in the file or in the log beside it. Overwriting deleted rows
 * is not enough: when pages are balanced, SQLite leaves copies of rows behind that it no longer knows
 * of (23 of 3,000 were found in the file after all were deleted). Takes 10 ms a megabyte.
 * @throws Error when another program reads the file just now, and what SQLite throws.
 */
export function erase(db: DatabaseSync): void {
  db.exec('VACUUM')
  const done = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()
  if (done?.['busy'] !== 0)
    throw new Error(`Another program reads ${db.location()}: nothing can be erased in it just now`)
}

/** Whether something was written since the log was last emptied. */
export const isWritten = (db: DatabaseSync) =>
  (statSync(`${db.location()}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0

// A row's seal is a checksum of its other columns, kept by SQLite itself whenever the row is written.

/** The column definition of a seal over these columns, which must be all of a table. */
export const seal = (...columns: readonly string[]) =>
  `seal INTEGER NOT NULL AS (${crcOf(columns)}) STORED`

/** The condition that a row is as it was written. */
export const isSealed = (...columns: readonly string[]) => `seal IS ${crcOf(columns)}`

const crcOf = (columns: readonly string[]) => {
  const parts = columns.map((column) => `typeof(${column}) || ifnull(${column}, '')`)
  return `crc(CAST(${parts.join(` || char(31) || `)} AS BLOB))`
}

const MADE = `CREATE TABLE IF NOT EXISTS made (name TEXT PRIMARY KEY, sql TEXT, ${seal('name', 'sql')})`

/**
 * Makes tables and indexes that are not there yet, and remakes those that an older version made
 * otherwise, with all rows of the columns that it had. What they are is noted, so that damage to it
 * is seen.
 */
export function makeTables(db: DatabaseSync, schema: string): void {
  const wanted = made(schema)
  db.exec(MADE)
  const noted = db.prepare(`SELECT sql FROM made WHERE name = ? AND ${isSealed('name', 'sql')}`)
  if (wanted.every(({ name, sql }) => noted.get(name)?.['sql'] === sql)) return
  transaction(db, () => {
    const there = db.prepare('SELECT sql FROM main.sqlite_schema WHERE name = ?')
    const other = wanted.filter(({ name, sql }) => (there.get(name)?.['sql'] ?? sql) !== sql)
    const old = (name: string) => `${name}_of_before`
    for (const { type, name } of other)
      db.exec(
        type === 'index' ? `DROP INDEX ${name}` : `ALTER TABLE ${name} RENAME TO ${old(name)}`,
      )
    db.exec(schema)
    for (const { type, name } of other) {
      if (type === 'index') continue
      const columns = commonColumns([db, name], [db, old(name)])
      db.exec(
        `INSERT INTO ${name} (${columns.join()}) SELECT ${columns.join()} FROM ${old(name)};
         DROP TABLE ${old(name)}`,
      )
    }
    // The indexes of a table that was renamed went with it.
    if (other.length > 0) db.exec(schema)
    const note = db.prepare('INSERT OR REPLACE INTO made VALUES (?, ?)')
    for (const { name, sql } of wanted) note.run(name, sql)
  })
}

/** What statements make: tables and indexes, and the text that SQLite keeps of each. */
function made(schema: string) {
  const scratch = connect(':memory:')
  scratch.exec(schema)
  const found = schemaOf(scratch)
  scratch.close()
  return found
}

const schemaOf = (db: DatabaseSync) =>
  db
    .prepare('SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid')
    .all()
    .map(({ type, name, sql }) => ({ type: String(type), name: String(name), sql: String(sql) }))

/** The columns of a table that are written, without its seal. */
const columnsOf = (db: DatabaseSync, table: string) =>
  db
    .prepare(`PRAGMA table_xinfo("${table}")`)
    .all()
    .flatMap(({ name, hidden }) => (hidden === 0 ? [String(name)] : []))

const hasSeal = (db: DatabaseSync, table: string) =>
  db
    .prepare(`PRAGMA table_xinfo("${table}")`)
    .all()
    .some(({ name }) => name === 'seal')

function commonColumns(
  [db, table]: readonly [DatabaseSync, string],
  [other, otherTable]: readonly [DatabaseSync, string],
): string[] {
  const known = columnsOf(other, otherTable)
  return columnsOf(db, table).filter((column) => known.includes(column))
}

/**
 * What is wrong with a database, if anything: every page, every index and every sealed row is looked
 * at. Takes 3 ms a megabyte.
 */
export function findDamage(db: DatabaseSync): string | undefined {
  try {
    const found = db.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check']
    if (found !== 'ok') return String(found)
    const tables = schemaOf(db)
    for (const { type, name } of tables) {
      if (type !== 'table' || !hasSeal(db, name)) continue
      const whole = isSealed(...columnsOf(db, name))
      if (db.prepare(`SELECT 1 FROM ${name} WHERE NOT (${whole}) LIMIT 1`).get())
        return `a row of ${name} is not as it was written`
    }
    if (!tables.some(({ name }) => name === 'made')) return undefined
    const sqlOf = new Map(tables.map(({ name, sql }) => [name, sql]))
    const changed = db
      .prepare('SELECT name, sql FROM made')
      .all()
      .find(({ name, sql }) => sqlOf.get(String(name)) !== sql)
    return changed && `${String(changed['name'])} is not as it was made`
  } catch (error) {
    if (!isDamage(error)) throw error
    return String(error instanceof Error ? error.message : error)
  }
}

/** Copies tables of a database into a file of their own, in the place of an earlier copy. */
export function backUp(db: DatabaseSync, file: string, tables: readonly string[]): void {
  const fresh = `${file}.new`
  removeDatabase(fresh)
  const copy = openDatabase(fresh, { busyMs: 0 })
  for (const { name, sql } of schemaOf(db)) {
    if (!tables.includes(name)) continue
    copy.exec(sql)
    transaction(copy, () => rescueTable(copy, db, name))
  }
  copy.close()
  renameSync(fresh, file)
}

/** Removes a database and what is beside it. */
export function removeDatabase(file: string): void {
  for (const suffix of DATABASE_SUFFIXES) rmSync(file + suffix, { force: true })
}

/** Where a damaged database is kept. */
export const damagedOf = (file: string) => `${file}.damaged`

/** Names a damaged file and what is beside it `.damaged`, in the place of an earlier one. */
export function setAside(file: string): void {
  // Its log first: beside another database it would be taken for that one's.
  for (const suffix of DATABASE_SUFFIXES.toReversed()) {
    rmSync(damagedOf(file) + suffix, { force: true })
    if (existsSync(file + suffix)) renameSync(file + suffix, damagedOf(file) + suffix)
  }
}

export interface WholeOptions extends DatabaseOptions {
  /** Its tables, as `makeTables` makes them; those that others add are kept too. */
  readonly schema: string
  /** Where more of it may stand: databases with some of its tables. */
  readonly backup?: string
  /** Whether all of it is looked at when it is opened, or only so much as opening it takes. */
  readonly isChecked?: boolean
  /** Told what was wrong with a file that was damaged, when it has been replaced. */
  readonly onDamage: (damage: string) => void
}

/**
 * Opens a database that cannot be made again from anything else. A damaged one is set aside, and
 * what can still be read of it, or else of its backup, goes into a new one.
 * @throws Error when the file can be neither read nor made.
 */
export function openWhole(file: string, options: WholeOptions): DatabaseSync {
  const fresh = `${file}.rescued`
  // Killed between setting aside the damaged one and naming the new one.
  if (!existsSync(file) && existsSync(fresh)) renameSync(fresh, file)
  const opened = openIfWhole(file, options)
  if (typeof opened !== 'string') return opened
  removeDatabase(fresh)
  const db = openDatabase(fresh, options)
  makeTables(db, options.schema)
  for (const from of [file, options.backup]) if (from && existsSync(from)) rescue(db, from)
  db.close()
  setAside(file)
  renameSync(fresh, file)
  options.onDamage(opened)
  return openDatabase(file, options)
}

/** What is wrong with a database whose log is damaged. */
export const LOST = 'what was written last is missing'

/** The database, or what is wrong with it. */
function openIfWhole(file: string, options: WholeOptions): DatabaseSync | string {
  const isNew = !existsSync(file)
  // SQLite takes a file without a byte for a new database.
  if (!isNew && statSync(file).size === 0 && !existsSync(`${file}-wal`)) return 'the file is empty'
  const lost = isNew ? undefined : findLogDamage(file)
  // Older pages in the log would stand before newer ones in the file.
  if (lost?.isBehind) for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true })
  if (lost) return LOST
  let db: DatabaseSync | undefined
  try {
    db = openDatabase(file, options)
    const damage = isNew || options.isChecked === false ? undefined : findDamage(db)
    if (damage === undefined) {
      makeTables(db, options.schema)
      // Whether it can be written to is not said before.
      db.exec('DELETE FROM made WHERE false')
      return db
    }
    db.close()
    return damage
  } catch (error) {
    if (db?.isOpen) db.close()
    // A file that we may write and SQLite may not has a damaged header.
    const isDamaged = isDamage(error) || isMissing(error) || codeOf(error) === CODES.readOnly
    if (isDamaged) return String(error instanceof Error && error.message)
    throw new Error(`Cannot open ${file}: ${String(error)}`, { cause: error })
  }
}

/** Copies what can be read of a database into another that lacks it, table by table and row by row. */
function rescue(db: DatabaseSync, from: string): void {
  let source: DatabaseSync | undefined
  try {
    source = connect(from, { readOnly: true, defensive: false })
    // Lets what can be read of a damaged schema be used.
    source.exec('PRAGMA writable_schema = ON')
    for (const { type, name, sql } of schemaOf(source)) {
      if (type !== 'table' || name === 'made') continue
      try {
        if (columnsOf(db, name).length === 0) db.exec(sql)
        transaction(db, () => rescueTable(db, source!, name))
      } catch (error) {
        if (!isSqlite(error)) throw error
      }
    }
  } catch (error) {
    if (!isSqlite(error)) throw error
  } finally {
    source?.close()
  }
}

function rescueTable(db: DatabaseSync, source: DatabaseSync, table: string): void {
  const columns = commonColumns([db, table], [source, table])
  if (columns.length === 0) return
  const insert = db.prepare(
    `INSERT OR IGNORE INTO ${table} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`,
  )
  const whole = hasSeal(source, table) ? isSealed(...columnsOf(source, table)) : '1'
  // From the front up to the damage, then from the back.
  for (const backwards of ['OFF', 'ON']) {
    try {
      source.exec(`PRAGMA reverse_unordered_selects = ${backwards}`)
      const rows = source.prepare(`SELECT ${columns.join()} FROM ${table} WHERE ${whole}`)
      for (const row of rows.iterate()) {
        try {
          insert.run(...columns.map((column) => row[column]!))
        } catch (error) {
          if (!isSqlite(error)) throw error
        }
      }
      return
    } catch (error) {
      if (!isDamage(error)) throw error
    }
  }
}

/** Says that what was read is not what was written. */
export class DamageError extends Error {
  override readonly name = 'DamageError'
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
  return code === CODES.damaged || code === CODES.notADatabase || error instanceof DamageError
}

/** Whether nothing more can be written just now: the disk is full, or fails. */
export const isFull = (error: unknown) => {
  const code = codeOf(error)
  return code === CODES.full || code === CODES.ioError
}

/** Whether a write may succeed later as it is: there is no room, another process holds the file, the disk is read-only. */
export const isUnwritable = (error: unknown) => isFull(error) || UNWRITABLE.has(codeOf(error) ?? 0)

const UNWRITABLE: ReadonlySet<number> = new Set([CODES.busy, CODES.readOnly, CODES.cannotOpen])

/** Whether another connection writes just now. */
export const isBusy = (error: unknown) => codeOf(error) === CODES.busy

/** Whether SQLite refused a statement as such: a table that should be there is not. */
export const isMissing = (error: unknown) => codeOf(error) === CODES.error

const isSqlite = (error: unknown) => codeOf(error) !== undefined

const codeOf = (error: unknown) =>
  error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined
