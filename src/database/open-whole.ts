import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { type DatabaseOptions, openDatabase, connect } from './open.ts'
import { transaction } from './transaction.ts'
import { makeTables, schemaOf, columnsOf } from './tables.ts'
import { findDamage } from './find-damage.ts'
import { damagedOf, removeDatabase, rescuedOf, setAside } from './files.ts'
import { copyRows } from './copy-rows.ts'
import { CODES, isDamage, isRefusedStatement, isSqlite, codeOf } from './errors.ts'
import { type Step, StepError, goForward, lastVersion } from './steps.ts'
import { NewerError, noteVersion, refuseNewer, versionOf } from './version.ts'
import { findLogDamage } from './write-ahead-log.ts'

export interface WholeOptions extends DatabaseOptions {
  /** From each version of what its tables say to the next; a file of a higher one is not opened. */
  readonly steps: readonly Step[]
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
 * @throws NewerError when a newer version made the file, Error when it can be neither read nor made.
 */
export function openWhole(file: string, options: WholeOptions): DatabaseSync {
  const fresh = `${file}.fresh`
  const rescued = rescuedOf(file)
  // Killed between rescuing and naming what was rescued.
  if (existsSync(rescued)) replaceBy(rescued, file)
  const opened = openIfWhole(file, options)
  if (typeof opened !== 'string') return opened
  removeDatabase(fresh)
  const db = openDatabase(fresh, options)
  // What is rescued is as old as it was.
  const version = versionIn(file, lastVersion(options.steps))
  if (version === lastVersion(options.steps)) makeTables(db, options.schema)
  noteVersion(db, version)
  for (const from of [file, options.backup]) if (from && existsSync(from)) rescue(db, from)
  db.close()
  removeDatabase(damagedOf(file))
  renameSync(fresh, rescued)
  replaceBy(rescued, file)
  options.onDamage(opened)
  const mended = openIfWhole(file, options)
  if (typeof mended === 'string') throw new Error(`Cannot open ${file}: ${mended}`)
  return mended
}

/** The version that a damaged file says it has, as far as one can be had of it. */
function versionIn(file: string, last: number): number {
  try {
    const db = connect(file, { readOnly: true, defensive: false })
    db.exec('PRAGMA writable_schema = ON')
    const version = versionOf(db)
    db.close()
    return version >= 1 && version <= last ? version : last
  } catch (error) {
    if (!isSqlite(error)) throw error
    return last
  }
}

/** Tables of this version, and that they are of this version: of a new file both or nothing. */
function makeNoted(db: DatabaseSync, { schema, steps }: WholeOptions): void {
  const make = () => {
    makeTables(db, schema)
    noteVersion(db, lastVersion(steps))
  }
  if (versionOf(db) === 0) transaction(db, make)
  else make()
}

function replaceBy(rescued: string, file: string): void {
  setAside(file)
  renameSync(rescued, file)
}

/** How long a new database is empty at most. */
const MAKING_MS = 1_000

/** What is wrong with a database whose log is damaged. */
export const LOST = 'what was written last is missing'

/** The database, or what is wrong with it. */
function openIfWhole(file: string, options: WholeOptions): DatabaseSync | string {
  const isNew = !existsSync(file)
  // SQLite takes a file without a byte for a new database; another process may be making it just now.
  const { size = 1, mtimeMs = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {}
  const isBeingMade = Math.abs(Date.now() - mtimeMs) < MAKING_MS
  if (size === 0 && !isBeingMade && !existsSync(`${file}-wal`)) return 'the file is empty'
  const lost = isNew ? undefined : findLogDamage(file)
  // Older pages in the log would stand before newer ones in the file.
  if (lost?.isBehind) for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true })
  if (lost) return LOST
  let db: DatabaseSync | undefined
  try {
    db = openDatabase(file, options)
    refuseNewer(db, file, lastVersion(options.steps))
    const damage = isNew || options.isChecked === false ? undefined : findDamage(db)
    if (damage === undefined) {
      goForward(db, file, options.steps)
      makeNoted(db, options)
      // Whether it can be written to is not said before.
      db.exec('DELETE FROM made WHERE false')
      return db
    }
    db.close()
    return damage
  } catch (error) {
    if (db?.isOpen) db.close()
    if (error instanceof NewerError || error instanceof StepError) throw error
    // A file that we may write and SQLite may not has a damaged header.
    const isDamaged =
      isDamage(error) || isRefusedStatement(error) || codeOf(error) === CODES.readOnly
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
        transaction(db, () => copyRows(db, source!, name))
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
