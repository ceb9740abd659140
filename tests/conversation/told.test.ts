import { expect, test } from 'vitest'
import { createConversationStore } from '../../src/conversation/conversation-store.ts'
import { openStateDatabase } from '../../src/conversation/state-database.ts'
import type { Answer, Citation } from '../../src/corpus.ts'

const HOUR_MS = 3600 * 1000

const citation = (n: number, articleId: string, passageId: string): Citation => ({
  n,
  articleId,
  passageId,
  source: 'page.txt',
  headline: null,
  publication: { name: null, inferred: false, issue: null, page: null },
  date: { value: null, printed: null, inferred: false, reason: null },
  place: [],
  url: null,
  quote: '渡口每天开放。',
  spans: [],
})

/** Tells two sentences of one passage and one of another article; what comes near is only shown. */
const answer: Answer = {
  question: '渡口几点开？',
  standalone: '渡口几点开？',
  status: 'answered',
  statements: [
    { text: '渡口每天开放。', citations: [1, 2] },
    { text: '冬天停航。', citations: [3] },
  ],
  citations: [
    citation(1, 'a', 'a-1'),
    citation(2, 'a', 'a-1'),
    citation(3, 'b', 'b-1'),
    citation(4, 'c', 'c-1'),
  ],
  missing: [],
  notices: [{ kind: 'nearest', text: '灯塔每月开放。', citations: [4] }],
  text: '',
  mode: 'words',
  model: null,
  promptVersion: null,
  ms: 1,
}

const openStore = (db = openStateDatabase(':memory:')) => {
  const store = createConversationStore(db, { keepQuestions: true })
  const ask = (id: string, askedAt: number) =>
    store.record({ id, chat: 'c', user: 'u', question: answer.question, answer, askedAt })
  return { db, store, ask }
}

test('a passage is told once an answer, when a statement cites it', () => {
  const { store, ask } = openStore()
  ask('1', HOUR_MS + 5)
  ask('2', 3 * HOUR_MS + 7)
  ask('2', 9 * HOUR_MS)
  expect(store.told.articles()).toEqual(
    new Map([
      ['a', { times: 2, at: 3 * HOUR_MS }],
      ['b', { times: 2, at: 3 * HOUR_MS }],
    ]),
  )
  expect(store.told.passages('a')).toEqual(new Map([['a-1', { times: 2, at: 3 * HOUR_MS }]]))
  expect(store.told.passages('c')).toEqual(new Map())
})

test('the numbers stay when questions are forgotten or too old', async () => {
  const { store, ask } = openStore()
  ask('1', HOUR_MS)
  ask('2', HOUR_MS)
  await store.expire(2 * HOUR_MS)
  await store.forget('u', 'c')
  expect(store.told.articles().get('a')?.times).toBe(2)
})

test('what was told before it was counted is counted once, and nothing else again', async () => {
  const { db, ask } = openStore()
  ask('1', HOUR_MS)
  db.exec('DELETE FROM told')
  const { store } = openStore(db)
  expect(openStore(db).store.told.articles().get('a')?.times).toBe(1)
  expect((await store.stats(0)).asked).toBe(1)
})

test('with nothing kept, no number of what was told is either', () => {
  const { db, ask } = openStore()
  ask('1', HOUR_MS)
  const store = createConversationStore(db, { keepQuestions: false })
  expect(store.told.isNew()).toBe(true)
  expect(db.prepare('SELECT * FROM told').all()).toEqual([])
})

test('10,000 articles are counted up in a moment', () => {
  const { db, store } = openStore()
  const add = db.prepare('INSERT INTO told VALUES (?, ?, 1, 0)')
  db.exec('BEGIN')
  for (let n = 0; n < 30_000; n++) add.run(`article ${n % 10_000}`, `passage ${n}`)
  db.exec('COMMIT')
  const started = performance.now()
  expect(store.told.articles().size).toBe(10_000)
  expect(performance.now() - started).toBeLessThan(500)
})
