import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, expect, test } from 'vitest'
import { erase } from '../../src/database/erase.ts'
import { isDamage, isFull } from '../../src/database/errors.ts'
import { findDamage } from '../../src/database/find-damage.ts'
import { closeToOthers } from '../../src/database/files.ts'
import { keepLog, openDatabase } from '../../src/database/open.ts'
import { seal } from '../../src/database/seal.ts'
import { makeTables } from '../../src/database/tables.ts'
import { longTransaction, transaction } from '../../src/database/transaction.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { tempFolder } from '../support/temp.ts'

let folder: string
beforeEach(() => {
  folder = tempFolder()
})
const setUp = 'CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY, text TEXT)'
const open = (name = 'x.sqlite') => openDatabase(join(folder, name), { busyMs: 100, setUp })
const rights = (path: string) => statSync(path).mode & 0o777

test('Only we may read a database, its log and a folder made for it', () => {
  const db = open('new/x.sqlite')
  db.exec("INSERT INTO t VALUES (1, 'a')")
  expect(rights(join(folder, 'new'))).toBe(0o700)
  for (const suffix of ['', '-wal', '-shm'])
    expect(rights(join(folder, `new/x.sqlite${suffix}`))).toBe(0o600)
  db.close()
})

test('A database that others could read is closed to them', () => {
  open().close()
  const db = open()
  expect(rights(join(folder, 'x.sqlite'))).toBe(0o600)
  db.close()
})

test.skipIf(process.platform !== 'linux')(
  'Rights that we may not change end nothing; a file that is not there does',
  () => {
    closeToOthers('/proc/self/status', 0o600)
    expect(() => closeToOthers(join(folder, 'nothing'), 0o600)).toThrow('ENOENT')
  },
)

test.skipIf(process.platform === 'win32')(
  'A file system that shares no memory between processes is told as such',
  () => {
    const file = join(folder, 'x.sqlite')
    const db = new DatabaseSync(`file:${file}?vfs=unix-dotfile`)
    expect(() => keepLog(db, file)).toThrow(/x\.sqlite: .*set WENCE_DATA_DIR to a disk of this/)
    db.close()
  },
)

test('What fails inside a transaction is thrown, and nothing of it is kept', async () => {
  const db = open()
  const insert = () => db.exec("INSERT INTO t VALUES (1, 'a')")
  const fails = () => {
    insert()
    throw new Error('mine')
  }
  expect(() => transaction(db, fails)).toThrow('mine')
  await expect(longTransaction(db, async () => fails())).rejects.toThrow('mine')
  expect(db.prepare('SELECT count(*) n FROM t').get()?.['n']).toBe(0)
  db.close()
})

test('A full disk is told as such, though SQLite has rolled back by itself', () => {
  const db = open()
  db.exec('PRAGMA max_page_count = 4')
  const fill = () =>
    transaction(db, () => {
      for (let n = 1; n < 100; n++)
        db.prepare('INSERT INTO t VALUES (?, ?)').run(n, 'x'.repeat(2000))
    })
  const error = (() => {
    try {
      return fill()
    } catch (thrown) {
      return thrown
    }
  })()
  expect(isFull(error)).toBe(true)
  expect(isDamage(error)).toBe(false)
  db.close()
})

test('What is no database is told as damage', () => {
  writeFileSync(
    join(folder, 'x.sqlite'),
    'no database at all, but longer than a header of one'.repeat(9),
  )
  try {
    open()
    expect.unreachable()
  } catch (error) {
    expect(isDamage(error)).toBe(true)
  }
})

test.each([
  ['ours alone', [], 0o700],
  ['that holds other things too', ['papers.txt'], 0o755],
])('A folder left open, %s, has these rights afterwards', (_, others, expected) => {
  open('x.sqlite').close()
  for (const name of others) writeFileSync(join(folder, name), '')
  chmodSync(folder, 0o755)
  open('x.sqlite').close()
  expect(rights(folder)).toBe(expected)
})

test('A table that an older version made is remade with its rows, its index and their seals', () => {
  const db = open()
  db.exec("INSERT INTO t VALUES (1, 'a'), (2, NULL); CREATE INDEX by_text ON t (text)")
  const schema = `CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY, text TEXT, more TEXT, ${seal('n', 'text', 'more')});
    CREATE INDEX IF NOT EXISTS by_text ON t (text)`
  makeTables(db, schema)
  makeTables(db, schema)
  expect(db.prepare('SELECT n, text, more FROM t INDEXED BY by_text').all()).toMatchObject([
    { n: 2, text: null, more: null },
    { n: 1, text: 'a', more: null },
  ])
  expect(findDamage(db)).toBeUndefined()
  db.close()
})

test('What was deleted is in no byte, also of what SQLite copied from page to page', () => {
  const db = open()
  db.exec(`PRAGMA secure_delete = ON;
    CREATE TABLE words (id INTEGER PRIMARY KEY, said TEXT) STRICT, WITHOUT ROWID`)
  const random = seededRandom(5)
  const say = db.prepare('INSERT INTO words VALUES (?, ?)')
  const take = db.prepare('UPDATE words SET said = NULL WHERE id = ?')
  for (let n = 0; n < 1000; n++) {
    say.run(n, 'SECRET'.padEnd(10 + random() * 600, '.'))
    take.run(n - Math.floor(random() * 20))
  }
  db.exec('UPDATE words SET said = NULL; PRAGMA wal_checkpoint(TRUNCATE)')
  const traces = () => readFileSync(join(folder, 'x.sqlite')).includes('SECRET')
  expect(traces()).toBe(true)
  erase(db)
  expect(traces()).toBe(false)
  expect(statSync(join(folder, 'x.sqlite-wal')).size).toBe(0)
  db.close()
})
