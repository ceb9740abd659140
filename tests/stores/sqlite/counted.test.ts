import { expect, test } from 'vitest'
import { openSmall } from '../open.ts'
import { answer } from '../told-contract.ts'

const record = ({ state }: Awaited<ReturnType<typeof openSmall>>, id: string) =>
  state.conversations.record({ id, chat: 'c', user: 'u', question: id, answer, askedAt: 1 })

test('what was asked and told before it was counted is counted when the file is opened, once', async () => {
  const before = await openSmall()
  await record(before, 'a')
  const articles = await before.state.told.articles()
  expect(articles.size).toBe(2)
  before.db.exec('DELETE FROM usage; DELETE FROM askers; DELETE FROM told')
  const { file } = before
  const opened = await openSmall({ file })
  await record(opened, 'b')
  const again = await openSmall({ file })
  expect(await again.state.conversations.stats(0)).toMatchObject({ asked: 2, people: 1 })
  expect([...(await again.state.told.articles()).values()]).toMatchObject([
    { times: 2 },
    { times: 2 },
  ])
})

test('with nothing kept, no number of what was told is either, nor what staff made of it', async () => {
  const before = await openSmall()
  await record(before, 'a')
  const { state, db } = await openSmall({ file: before.file, keepQuestions: false })
  expect((await state.told.articles()).size).toBe(0)
  await state.conversations.record({
    id: 'b',
    chat: 'c',
    user: 'u',
    question: '',
    answer,
    askedAt: 1,
  })
  await state.handled.set(['b'], { state: 'done', note: '', who: '小王', at: 3 })
  await state.replies.open('b', 'u', { chatId: 77, threadId: null, message: 5 }, 2)
  expect((await state.handled.all()).size + (await state.replies.all()).size).toBe(2)
  for (const table of ['asked', 'told', 'handled', 'replies'])
    expect(db.prepare(`SELECT * FROM ${table}`).all()).toEqual([])
})

test('10,000 articles are counted up in a moment', async () => {
  const { state, db } = await openSmall()
  const add = db.prepare('INSERT INTO told VALUES (?, ?, 1, 0)')
  db.exec('BEGIN')
  for (let n = 0; n < 30_000; n++) add.run(`article ${n % 10_000}`, `passage ${n}`)
  db.exec('COMMIT')
  const started = performance.now()
  expect((await state.told.articles()).size).toBe(10_000)
  expect(performance.now() - started).toBeLessThan(500)
})

test('where a reply goes is in the file no longer than until it was sent or could not be', async () => {
  const opened = await openSmall()
  const { state, db } = opened
  const where = () => db.prepare('SELECT chat, message FROM replies').all()
  for (const [id, end] of [
    ['a', () => state.replies.sent('a', 6)],
    ['b', () => state.replies.failed('b', '读者停用了机器人。', 6)],
  ] as const) {
    await record(opened, id)
    await state.replies.open(id, 'u', { chatId: 77, threadId: null, message: 5 }, 2)
    await state.replies.write(id, { text: '在渡口买', signature: '' }, 4)
    expect(where()).toContainEqual({ chat: 77, message: 5 })
    await end()
    expect(where()).not.toContainEqual({ chat: 77, message: 5 })
  }
})
