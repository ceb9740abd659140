import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../../src/database/open.ts'
import { whenFree } from '../../src/database/when-free.ts'
import { tempFolder } from '../support/temp.ts'

function opened() {
  const file = join(tempFolder(), 'beside.sqlite')
  const [one, other] = [openDatabase(file, { busyMs: 0 }), openDatabase(file, { busyMs: 1234 })]
  one.exec('CREATE TABLE notes (text TEXT)')
  return { one, other, write: () => other.prepare("INSERT INTO notes VALUES ('a')").run() }
}

test('what others write first is waited for, while the thread goes on', async () => {
  const { one, other, write } = opened()
  one.exec('BEGIN IMMEDIATE')
  let turns = 0
  const timer = setInterval(() => turns++, 5)
  const written = whenFree(other, write)
  setTimeout(() => one.exec('COMMIT'), 120)
  expect((await written).changes).toBe(1)
  clearInterval(timer)
  expect(turns).toBeGreaterThan(5)
  expect(other.prepare('PRAGMA busy_timeout').get()?.['timeout']).toBe(1234)
})

test('it is not waited for without end, and what else goes wrong not at all', async () => {
  const { one, other, write } = opened()
  one.exec('BEGIN IMMEDIATE')
  await expect(whenFree(other, write, 60)).rejects.toThrow('locked')
  await expect(whenFree(other, () => other.exec('no SQL'))).rejects.toThrow('syntax')
})
