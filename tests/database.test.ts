import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { isDamage, isFull, longTransaction, openDatabase, transaction } from '../src/database.ts'
import { tempFolder } from './support/temp.ts'

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
