/** The file of the embedded index: its tables, and what happens when it is not ours or not whole. */
import { randomUUID } from 'node:crypto'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import {
  DATABASE_SUFFIXES,
  isDamage,
  isMissing,
  openDatabase,
  transaction,
} from '../../database.ts'
import { DENSE_SCHEMA } from '../dense-blocks.ts'
import { TOKENS_VERSION } from '../tokens.ts'
import { integer } from './rows.ts'

/** How long a writer waits for another. */
const BUSY_MS = 30_000
/** "wenc", so that another program's database is not taken for ours. */
const APPLICATION_ID = 0x77656e63
const SCHEMA_VERSION = 200 + TOKENS_VERSION
const SCHEMA = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  -- A source's id is the number of its first passage.
  CREATE TABLE sources (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, norms BLOB NOT NULL);
  CREATE TABLE articles (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, n INTEGER NOT NULL,
    key TEXT NOT NULL, json TEXT NOT NULL);
  CREATE INDEX articles_by_source ON articles (source, n);
  CREATE INDEX articles_by_key ON articles (key);
  CREATE TABLE passages (id INTEGER PRIMARY KEY, article TEXT NOT NULL, json TEXT NOT NULL);
  CREATE INDEX passages_by_article ON passages (article);
  CREATE TABLE segments (id INTEGER PRIMARY KEY, postings INTEGER NOT NULL,
    lowest INTEGER NOT NULL, firsts BLOB NOT NULL);
  CREATE TABLE blocks (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
  ${DENSE_SCHEMA}
`

/**
 * Opens an index's file, or makes an empty one when there is none, or when what is there is from an
 * older version, damaged, or another program's (that is kept beside, as `.other`).
 * @throws Error when the file can be neither read nor made.
 */
export function openFile(file: string, onNotice: (notice: string) => void): DatabaseSync {
  if (!existsSync(file)) return create(file)
  const unusable = whyUnusable(file)
  if (!unusable) return connect(file)
  if (unusable === 'empty') return create(file)
  for (const suffix of DATABASE_SUFFIXES.filter((s) => existsSync(file + s))) {
    if (unusable === 'foreign') renameSync(file + suffix, `${file}.other${suffix}`)
    else rmSync(file + suffix)
  }
  onNotice(NOTICES[unusable])
  return create(file)
}

const NOTICES = {
  older: '索引是旧版本建的，已清空，从空开始。',
  damaged: '索引文件已损坏，已清空，从空开始。',
  foreign: '索引位置上是别的程序的数据库，已改名为 .other 保留；索引从空开始。',
}

/** `empty` is a file that another process is making just now, or was killed while making. */
function whyUnusable(file: string): keyof typeof NOTICES | 'empty' | undefined {
  let db: DatabaseSync | undefined
  try {
    // To read only: another program's database is not ours to change.
    db = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS })
    const id = integer(db.prepare('PRAGMA application_id').get(), 'application_id')
    const version = integer(db.prepare('PRAGMA user_version').get(), 'user_version')
    if (id === 0 && version === 0 && isEmpty(db)) return 'empty'
    if (id !== APPLICATION_ID) return 'foreign'
    if (version !== SCHEMA_VERSION) return 'older'
    db.prepare("SELECT value FROM meta WHERE name = 'identity'").get()
    return undefined
  } catch (error) {
    // A table that should be there is missing.
    if (isDamage(error) || isMissing(error)) return 'damaged'
    throw new Error(`Cannot open the index ${file}: ${String(error)}`, { cause: error })
  } finally {
    db?.close()
  }
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
      db.exec(SCHEMA)
      const insert = db.prepare('INSERT INTO meta VALUES (?, ?)')
      insert.run('identity', randomUUID())
      insert.run('generation', '0')
      insert.run('next', '1')
      db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}`)
    })
    return db
  } catch (error) {
    throw new Error(`Cannot make the index ${file}: ${String(error)}`, { cause: error })
  }
}
