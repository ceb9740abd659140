/** The file of the embedded index: its tables, and what happens when it is not ours or not whole. */
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { digestOf } from '../../database/digest.ts'
import { isDamage, isRefusedStatement } from '../../database/errors.ts'
import { DATABASE_SUFFIXES, damagedOf, removeDatabase, setAside } from '../../database/files.ts'
import { findDamage } from '../../database/find-damage.ts'
import { LOST } from '../../database/open-whole.ts'
import { openDatabase, openToRead } from '../../database/open.ts'
import { seal } from '../../database/seal.ts'
import { makeTables } from '../../database/tables.ts'
import { transaction } from '../../database/transaction.ts'
import {
  NewerError,
  applicationOf,
  noteApplication,
  noteVersion,
  refuseNewer,
  versionOf,
} from '../../database/version.ts'
import { DENSE_SCHEMA } from '../dense-blocks.ts'
import { TOKENS_VERSION } from '../tokens.ts'
import { findLogDamage } from '../../database/write-ahead-log.ts'
import type { RememberedIndex } from '../passage-index.ts'
import { SOURCE } from './passage-table.ts'
import { asWritten, sealed, string } from './rows.ts'
import { messageOf } from '../../message-of.ts'

/** How long a writer waits for another. */
const BUSY_MS = 30_000
/** "wenc", so that another program's database is not taken for ours. */
export const APPLICATION_ID = 0x77656e63
export const SCHEMA_VERSION = 300 + TOKENS_VERSION

// The columns of each table's rows; SOURCE is the passage table's.
export const META = ['name', 'value'] as const
export const ARTICLE = ['id', 'source', 'n', 'key', 'json'] as const
export const PASSAGE = ['id', 'article', 'json'] as const
export const SEGMENT = ['id', 'postings', 'lowest', 'firsts'] as const
export const BLOCK = ['id', 'data'] as const

const SCHEMA = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL, ${seal(...META)}) WITHOUT ROWID;
  -- A source's id is the number of its first passage.
  CREATE TABLE sources (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, norms BLOB NOT NULL,
    ${seal(...SOURCE)});
  CREATE TABLE articles (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, n INTEGER NOT NULL,
    key TEXT NOT NULL, json TEXT NOT NULL, ${seal(...ARTICLE)});
  CREATE INDEX articles_by_source ON articles (source, n);
  CREATE INDEX articles_by_key ON articles (key);
  CREATE TABLE passages (id INTEGER PRIMARY KEY, article TEXT NOT NULL, json TEXT NOT NULL,
    ${seal(...PASSAGE)});
  CREATE INDEX passages_by_article ON passages (article);
  CREATE TABLE segments (id INTEGER PRIMARY KEY, postings INTEGER NOT NULL,
    lowest INTEGER NOT NULL, firsts BLOB NOT NULL, ${seal(...SEGMENT)});
  CREATE TABLE blocks (id INTEGER PRIMARY KEY, data BLOB NOT NULL, ${seal(...BLOCK)});
  ${DENSE_SCHEMA}
`

/**
 * Opens an index's file, or makes an empty one when there is none, or when what is there is from an
 * older version, damaged (that is kept beside, as `.damaged`), or another program's (`.other`). An
 * index that lacks changes that somebody remembers is damaged.
 * @throws NewerError when a newer version made the file, Error when it can be neither read nor made.
 */
export function openFile(
  file: string,
  onNotice: (notice: string) => void,
  remembered?: RememberedIndex,
): DatabaseSync {
  if (!existsSync(file)) return create(file)
  const { ino } = statSync(file)
  const unusable = whyUnusable(file, remembered)
  // Another process found the same, and has made it anew.
  if (unusable && statSync(file, { throwIfNoEntry: false })?.ino !== ino)
    return openFile(file, onNotice, remembered)
  if (!unusable) return connect(file)
  if (unusable === 'empty') return create(file)
  rmSync(noteOf(file), { force: true })
  if (unusable === 'older') {
    removeDatabase(file)
    onNotice('索引是旧版本建的，已清空，从空开始。')
  } else if (unusable === 'foreign') {
    for (const suffix of DATABASE_SUFFIXES.filter((s) => existsSync(file + s)))
      renameSync(file + suffix, `${file}.other${suffix}`)
    onNotice('索引位置上是别的程序的数据库，已改名为 .other 保留；索引从空开始。')
  } else {
    removeDatabase(damagedOf(file))
    setAside(file)
    onNotice(
      `索引文件 ${file} 已损坏（${unusable.damage}），已改名为 .damaged 保留；索引按读过的文件重建。`,
    )
  }
  return create(file)
}

/** `empty` is a file that another process is making just now, or was killed while making. */
function whyUnusable(
  file: string,
  remembered: RememberedIndex | undefined,
): 'older' | 'foreign' | 'empty' | { readonly damage: string } | undefined {
  if (findLogDamage(file)) return { damage: LOST }
  // Before there is a connection: then this process may read it itself.
  const digest = digestOf(file)
  let db: DatabaseSync | undefined
  try {
    // To read only: another program's database is not ours to change.
    db = openToRead(file, BUSY_MS)
    const [id, version] = [applicationOf(db), versionOf(db)]
    if (id === 0 && version === 0 && isEmpty(db)) return 'empty'
    if (id !== APPLICATION_ID) return 'foreign'
    refuseNewer(db, file, SCHEMA_VERSION)
    if (version < SCHEMA_VERSION) return 'older'
    const damage = findDamageOnce(file, db, digest) ?? missing(db, remembered)
    return damage === undefined ? undefined : { damage }
  } catch (error) {
    // A table that should be there is missing.
    if (isDamage(error) || isRefusedStatement(error)) return { damage: messageOf(error) }
    if (error instanceof NewerError) throw error
    throw new Error(`Cannot open the index ${file}: ${String(error)}`, { cause: error })
  } finally {
    db?.close()
  }
}

/** A file that was found whole is known by its size and checksum, and only read through the next time. */
function findDamageOnce(file: string, db: DatabaseSync, digest: string): string | undefined {
  if (existsSync(noteOf(file)) && readFileSync(noteOf(file), 'utf8') === digest) return undefined
  const damage = findDamage(db)
  // What stands in the log is no part of the digest.
  const isAll = !existsSync(`${file}-wal`) || statSync(`${file}-wal`).size === 0
  if (damage === undefined && isAll && digestOf(file) === digest)
    writeFileSync(noteOf(file), digest, { mode: 0o600 })
  return damage
}

/** Where it is noted which content of an index's file was found whole. */
const noteOf = (file: string) => `${file}.whole`

/** The log may have been cut off, too, and the index is as it was earlier. */
function missing(db: DatabaseSync, remembered: RememberedIndex | undefined): string | undefined {
  if (!remembered) return undefined
  const read = db.prepare(`SELECT value, ${asWritten(...META)} FROM meta WHERE name = ?`)
  const meta = (name: string) => string(sealed(read.get(name)), 'value')
  const isLess =
    meta('identity') === remembered.identity && Number(meta('generation')) < remembered.generation
  return isLess ? LOST : undefined
}

const isEmpty = (db: DatabaseSync) => !db.prepare('SELECT 1 FROM sqlite_schema').get()

/** A connection of its own; several may be open, in one process or many. */
export function connect(file: string): DatabaseSync {
  return openDatabase(file, { busyMs: BUSY_MS, setUp: 'PRAGMA cache_size = -16000' })
}

function create(file: string): DatabaseSync {
  try {
    const db = connect(file)
    transaction(db, () => {
      // Another process may have made it in the meantime.
      if (!isEmpty(db)) return
      makeTables(db, SCHEMA)
      const insert = db.prepare('INSERT INTO meta VALUES (?, ?)')
      insert.run('identity', randomUUID())
      insert.run('generation', '0')
      insert.run('next', '1')
      noteApplication(db, APPLICATION_ID)
      noteVersion(db, SCHEMA_VERSION)
    })
    return db
  } catch (error) {
    throw new Error(`Cannot make the index ${file}: ${String(error)}`, { cause: error })
  }
}
