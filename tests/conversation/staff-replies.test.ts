import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createConversationStore } from '../../src/conversation/conversation-store.ts'
import { openStateDatabase } from '../../src/conversation/state-database.ts'
import { answerOf } from '../support/answers-to-read.ts'
import { tempFolder } from '../support/temp.ts'

const answer = answerOf({ question: '渡船票怎么买', status: 'not_found' })
const TO = { chatId: 77, threadId: null, message: 5 }
const HANDLED = { state: 'working', note: '问渡口', who: '小王', at: 3 } as const

function openStore(keepQuestions = true, db = openStateDatabase(':memory:')) {
  const store = createConversationStore(db, { keepQuestions })
  for (const [id, user, askedAt] of [
    ['a', 'u', 1],
    ['b', 'v', 9],
  ] as const)
    store.record({ id, chat: 'c', user, question: answer.question, answer, askedAt })
  return { db, store }
}
const rows = (db: ReturnType<typeof openStateDatabase>, table: string) =>
  db.prepare(`SELECT * FROM ${table}`).all()

describe('a reply that is wanted', () => {
  test('is for who asked, once, until they no longer want it', () => {
    const { store } = openStore()
    expect(store.replies.open('a', 'v', TO, 2)).toBe(false)
    expect(store.replies.open('gone', 'u', TO, 2)).toBe(false)
    expect(store.replies.open('a', 'u', TO, 2)).toBe(true)
    expect(store.replies.open('a', 'u', { ...TO, message: 6 }, 3)).toBe(true)
    expect(store.replies.all()).toEqual(new Map([['a', { state: 'open', at: 2 }]]))
    expect(store.replies.withdraw('a', 'v')).toBe(false)
    expect(store.replies.withdraw('a', 'u')).toBe(true)
    expect(store.replies.write('a', { text: '在渡口买', signature: '' }, 4)).toBe(false)
  })

  test.each(['sent', 'failed'] as const)(
    'is written once, and when it is %s nobody knows where to',
    (end) => {
      const { db, store } = openStore()
      store.replies.open('a', 'u', TO, 2)
      expect(store.replies.write('a', { text: '在渡口买', signature: '渡口办' }, 4)).toBe(true)
      expect(store.replies.write('a', { text: '别的', signature: '' }, 5)).toBe(false)
      expect(store.replies.withdraw('a', 'u')).toBe(false)
      expect(store.replies.toSend().map(({ to }) => to)).toEqual([TO])
      if (end === 'sent') store.replies.sent('a', 6)
      else store.replies.failed('a', '读者停用了机器人。', 6)
      expect(store.replies.toSend()).toEqual([])
      expect(rows(db, 'replies')).toMatchObject([{ chat: null, message: null, text: '在渡口买' }])
    },
  )

  test('is wanted anew where one could not be sent, with what was written, and not where one was', () => {
    const { store } = openStore()
    const again = { chatId: 78, threadId: 3, message: 9 }
    for (const asked of ['a', 'b'] as const) {
      const user = asked === 'a' ? 'u' : 'v'
      store.replies.open(asked, user, TO, 2)
      store.replies.write(asked, { text: '在渡口买', signature: '渡口办' }, 4)
      if (asked === 'a') store.replies.failed(asked, '读者停用了机器人。', 5)
      else store.replies.sent(asked, 5)
      expect(store.replies.open(asked, user, again, 6)).toBe(true)
    }
    expect(store.replies.find('a')).toEqual({
      state: 'open',
      at: 6,
      unsent: { text: '在渡口买', signature: '渡口办' },
    })
    expect(store.replies.find('b')).toMatchObject({ state: 'sent', at: 5 })
    const reply = { text: '在码头买', signature: '' }
    expect(store.replies.write('a', reply, 7)).toBe(true)
    expect(store.replies.toSend()).toEqual([{ asked: 'a', to: again, reply }])
  })
})

test('what staff made of questions goes with them: forgotten, or too old', async () => {
  const { db, store } = openStore()
  store.handled.set(['a', 'b', 'gone'], HANDLED)
  for (const id of ['a', 'b'] as const) store.replies.open(id, id === 'a' ? 'u' : 'v', TO, 2)
  expect(store.handled.all()).toEqual(
    new Map([
      ['a', HANDLED],
      ['b', HANDLED],
    ]),
  )
  await store.expire(5)
  expect([...store.handled.all().keys(), ...store.replies.all().keys()]).toEqual(['b', 'b'])
  await store.forget('v')
  expect([rows(db, 'handled'), rows(db, 'replies')]).toEqual([[], []])
})

test('with nothing kept, nothing of it is written', () => {
  const { db, store } = openStore(false)
  store.handled.set(['a'], HANDLED)
  store.replies.open('a', 'u', TO, 2)
  expect([rows(db, 'handled'), rows(db, 'replies')]).toEqual([[], []])
})

test('a note that was altered in the file is as good as gone', () => {
  const file = join(tempFolder(), 'conversations.sqlite')
  const db = openStateDatabase(file)
  openStore(true, db).store.handled.set(['a', 'b'], HANDLED)
  db.exec("UPDATE handled SET note = '问码头' WHERE asked = 'b'; PRAGMA wal_checkpoint(TRUNCATE)")
  const bytes = readFileSync(file)
  bytes.write('告', bytes.indexOf('问码头'))
  writeFileSync(file, bytes)
  db.close()
  const reopened = createConversationStore(openStateDatabase(file), { keepQuestions: true })
  expect(reopened.handled.all()).toEqual(new Map([['a', HANDLED]]))
})
