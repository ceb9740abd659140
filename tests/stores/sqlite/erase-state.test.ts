import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openState } from '../../../src/stores/sqlite/open-state.ts'
import { eraseState } from '../../../src/stores/sqlite/erase-state.ts'
import { openStateDatabase } from '../../../src/stores/sqlite/state-database.ts'
import { isBusy } from '../../../src/database/errors.ts'
import { InUseError } from '../../../src/database/erase.ts'
import { fillStore } from '../../support/fill-store.ts'
import { tempFolder } from '../../support/temp.ts'

/** A file that is too large to be erased at once. */
async function large() {
  const path = join(tempFolder(), 'conversations.sqlite')
  await fillStore(path, 1_500)
  const open = () => {
    const db = openStateDatabase(path)
    db.exec('PRAGMA busy_timeout = 0')
    return db
  }
  return { path, db: open(), other: open() }
}

test('a large file is erased while others write to it, who empty the log themselves', async () => {
  const { path, db, other } = await large()
  other.exec('PRAGMA wal_autocheckpoint = 1')
  const state = await openState(path, { keepQuestions: true })
  const done = new AbortController()
  const writing = (async () => {
    for (let day = 0; !done.signal.aborted; day++) {
      try {
        other.prepare('INSERT INTO spent VALUES (?, 1)').run(`day ${day}`)
      } catch (error) {
        if (!isBusy(error)) throw error
      }
      await sleep(1)
    }
  })()
  for (const user of ['u1', 'u2', 'u3', 'u4', 'u5', 'u6']) await state.forget({ user })
  done.abort()
  await writing
  await state.close()
  db.close()
  other.close()
  expect(readFileSync(path).includes('第1家企业')).toBe(false)
})

test('who reads on is in the way, which is said as what it is', async () => {
  const { db, other } = await large()
  const rows = other.prepare('SELECT * FROM asked').iterate()
  rows.next()
  await expect(eraseState(db)).rejects.toThrow(InUseError)
  rows.return?.()
  await eraseState(db)
  db.close()
  other.close()
}, 20_000)
