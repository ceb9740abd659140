import { expect, test, vi } from 'vitest'
import { MOST_WAITING } from '../../../src/stores/follows.ts'
import { followed, following } from '../following.ts'
import { openSmall } from '../open.ts'

async function opened() {
  const { state, db, file } = await openSmall()
  return { ...following(state), db, file }
}

test('where nothing is kept, nothing that was followed before stays', async () => {
  const { follows, bring, db, file } = await opened()
  await follows.add(followed('a'), 1)
  await bring(['1'], followed('a'))
  const { state } = await openSmall({ file, keepQuestions: false })
  expect(await state.follows.all()).toEqual([])
  expect(db.prepare('SELECT * FROM news').all()).toEqual([])
})

test('who forgets leaves nothing of it, and others keep theirs', async () => {
  const { db, state, follows, bring } = await opened()
  await follows.add(followed('a'), 1)
  await follows.add(followed('b', { user: 'v' }), 1)
  await bring(['1'], followed('a'), followed('b'))
  await state.forget({ user: 'u' })
  expect((await follows.all()).map(({ id }) => id)).toEqual(['b'])
  expect(db.prepare('SELECT follow FROM news').all()).toEqual([{ follow: 'b' }])
})

test('news that cannot be read any more hold up nobody', async () => {
  const { db, follows, bring, topics } = await opened()
  for (const id of ['a', 'b']) await follows.add(followed(id), 1)
  await bring(['1'], followed('a'), followed('b'))
  db.exec("UPDATE news SET body = 'no JSON' WHERE follow = 'a'")
  expect(await topics()).toEqual(['b'])
})

test('of what cannot be told for long the latest waits', async () => {
  const { db, follows, bring, topics } = await opened()
  await follows.add(followed('a'), 1)
  await follows.add(followed('b', { chat: 'other' }), 1)
  await bring(['0'], followed('b'))
  for (let n = 1; n <= 3 * MOST_WAITING; n++) await bring([`${n}`], followed('a'))
  const waiting = db.prepare('SELECT follow, count(*) n, max(id) last FROM news GROUP BY follow')
  expect(waiting.all()).toEqual([
    { follow: 'a', n: MOST_WAITING, last: 3 * MOST_WAITING + 1 },
    { follow: 'b', n: 1, last: 1 },
  ])
  expect(await topics()).toEqual(['b'])
})

test('news of others that wait are not read for the first', async () => {
  const { db, follows, bring, topics } = await opened()
  await follows.add(followed('a'), 1)
  await bring(['0'], followed('a'))
  for (let n = 0; n < 20; n++) {
    const other = followed(`o${n}`, { chat: `c${n}` })
    await follows.add(other, 2)
    await bring([`${n}`], other)
  }
  const parsed = vi.spyOn(JSON, 'parse')
  expect(await topics()).toEqual(['a'])
  expect(parsed).toHaveBeenCalledTimes(1)
  parsed.mockRestore()
  db.exec("UPDATE news SET body = 'no JSON' WHERE follow = 'a'")
  expect(await topics()).toEqual(['o0'])
})

test('what nobody could be told of for long is no news any more', async () => {
  const { db, clock, follows, bring, topics } = await opened()
  await follows.add(followed('a'), 1)
  await follows.add(followed('b', { chat: 'other' }), 1)
  await bring(['1'], followed('a'))
  clock.now = 61 * 24 * 3600 * 1000
  await bring(['2'], followed('b'))
  expect(await topics()).toEqual(['b'])
  expect(db.prepare('SELECT follow FROM news').all()).toEqual([{ follow: 'b' }])
})

test('what two follow is one matter, kept for each in their words, and told once', async () => {
  const { db, state, follows, bring } = await opened()
  const a = followed('a', { topic: '渡船票价' })
  const b = followed('b', { user: 'v', topic: '渡船票价？' })
  expect(await follows.add(a, 1)).toEqual(a)
  const both = (await follows.add(b, 2))!
  expect(both).toEqual({ ...b, matter: 'a' })
  expect(await follows.of('c')).toEqual([a])
  expect(await follows.all()).toEqual([a])
  await bring(['1'], a)
  expect(JSON.stringify(db.prepare('SELECT body FROM news').all())).not.toContain('"渡船"')
  await state.forget({ user: 'u' })
  const waiting = (await follows.waiting(() => true))!
  expect(waiting.news.map(({ follow }) => follow)).toEqual([both])
  await follows.end(await follows.ofMatter('a'))
  await follows.told(waiting, '2026-11-26')
  expect(db.prepare('SELECT * FROM news_days').all()).toEqual([])
})

test('what an earlier version kept is one matter each', async () => {
  const { db, follows, bring, topics } = await opened()
  db.exec("INSERT INTO follows VALUES ('a', 'u', 'c', 77, NULL, '渡船', NULL, 1, NULL)")
  const [kept] = await follows.of('c')
  expect(kept?.matter).toBe('a')
  await bring(['1'], kept!)
  expect(await topics()).toEqual(['a'])
  expect((await follows.add(followed('b', { user: 'v', topic: '渡船' }), 2))?.matter).toBe('a')
  await follows.end(await follows.ofMatter('a'))
  expect(await follows.all()).toEqual([])
})
