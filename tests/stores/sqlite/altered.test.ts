import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openState } from '../../../src/stores/sqlite/open-state.ts'
import { openStateDatabase } from '../../../src/stores/sqlite/state-database.ts'
import { answerOf } from '../../support/answers-to-read.ts'
import { tempFolder } from '../../support/temp.ts'

const HANDLED = { state: 'working', note: '问渡口', who: '小王', at: 3 } as const

test('a note that was altered in the file is as good as gone', async () => {
  const file = join(tempFolder(), 'conversations.sqlite')
  const state = await openState(file, { keepQuestions: true })
  const asked = { chat: 'c', user: 'u', question: '渡船', answer: answerOf({}), askedAt: 1 }
  for (const id of ['a', 'b']) await state.conversations.record({ ...asked, id })
  await state.handled.set(['a', 'b'], HANDLED)
  await state.close()
  const db = openStateDatabase(file)
  db.exec("UPDATE handled SET note = '问码头' WHERE asked = 'b'; PRAGMA wal_checkpoint(TRUNCATE)")
  db.close()
  const bytes = readFileSync(file)
  bytes.write('告', bytes.indexOf('问码头'))
  writeFileSync(file, bytes)
  const reopened = await openState(file, { keepQuestions: true })
  expect(await reopened.handled.all()).toEqual(new Map([['a', HANDLED]]))
  await reopened.close()
})
