import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { createConversationStore } from '../../src/conversation/conversation-store.ts'
import { type Follow, MOST_FOLLOWED, MOST_WAITING } from '../../src/conversation/follows.ts'
import { openStateDatabase } from '../../src/conversation/state-database.ts'
import { answerOf } from '../support/answers-to-read.ts'
import { tempFolder } from '../support/temp.ts'

const answer = answerOf({ question: '渡船', status: 'answered' })
const followed = (id: string, more: Partial<Follow> = {}): Follow => ({
  id,
  matter: id,
  user: 'u',
  chat: 'c',
  chatId: 77,
  threadId: null,
  topic: `渡船${id}`,
  place: null,
  ...more,
})

function openStore(db = openStateDatabase(':memory:'), keepQuestions = true) {
  const store = createConversationStore(db, { keepQuestions })
  const { follows } = store
  const clock = { now: 1 }
  return {
    db,
    clock,
    store,
    follows,
    /** News of some articles for some of what is followed. */
    bring: (ids: readonly string[], ...to: readonly Follow[]) =>
      follows.see({
        before: follows.seenState(),
        state: `${follows.seenState()}+`,
        ids,
        at: clock.now,
        news: to.map((follow) => ({ follow, answer, more: 0 })),
      }),
    topics: (day?: string) => follows.waiting(() => true, day)?.news.map(({ follow }) => follow.id),
  }
}

test('what waits, waits after a restart, and articles stay looked at', async () => {
  const file = join(tempFolder(), 'conversations.sqlite')
  const first = openStore(openStateDatabase(file))
  first.follows.add(followed('a'), 1)
  await first.bring(['x', '一个很长的编号'], followed('a'))
  first.db.close()
  const { db, follows, topics } = openStore(openStateDatabase(file))
  expect(topics()).toEqual(['a'])
  expect(await follows.unseen(['x', 'y', '一个很长的编号', 'z'])).toEqual(['y', 'z'])
  follows.told(
    follows.waiting(() => true)!,
    '2026-11-26',
  )
  expect(topics()).toBeUndefined()
  db.close()
})

test('a chat is told all of it at once, by what it follows, and once a day', async () => {
  const { follows, bring, topics } = openStore()
  const [a, b] = [followed('a'), followed('b')]
  const other = followed('o', { chat: 'other', chatId: 78 })
  for (const one of [a, b, other]) follows.add(one, 1)
  await bring(['1'], a, b, other)
  await bring(['2'], a)
  expect(topics('2026-11-26')).toEqual(['a', 'a', 'b'])
  follows.told(
    follows.waiting(() => true, '2026-11-26')!,
    '2026-11-26',
  )
  await bring(['3'], b)
  expect(topics('2026-11-26')).toEqual(['o'])
  expect(topics('2026-11-27')).toEqual(['o'])
  follows.told(
    follows.waiting(() => true, '2026-11-27')!,
    '2026-11-27',
  )
  expect(topics('2026-11-27')).toEqual(['b'])
})

test('the same in other words is followed once, and no more than can be told', () => {
  const { follows } = openStore()
  const first = followed('1', { topic: '渡船票价' })
  expect(follows.add(first, 1)).toEqual(first)
  expect(follows.add(followed('2', { topic: '渡船票价？' }), 2)).toEqual(first)
  expect(follows.add(first, 3)).toEqual(first)
  const elsewhere = followed('3', { topic: '渡船票价', place: '濮阳市' })
  expect(follows.add(elsewhere, 4)).toEqual(elsewhere)
  for (let n = 3; n <= MOST_FOLLOWED; n++) follows.add(followed(`n${n}`), n)
  expect(follows.add(followed('last'), 20)).toBeUndefined()
  expect(follows.of('c')).toHaveLength(MOST_FOLLOWED)
})

test('what ends takes what waited along, and what ended is told nothing that comes', async () => {
  const { follows, bring, topics } = openStore()
  for (const id of ['a', 'b']) follows.add(followed(id), 1)
  await bring(['1'], followed('a'), followed('b'))
  follows.end(follows.ofMatter('a'))
  expect(topics()).toEqual(['b'])
  await bring(['2'], followed('a'))
  expect(topics()).toEqual(['b'])
  follows.endAll('c')
  expect(topics()).toBeUndefined()
})

test('who forgets leaves nothing of it, and others keep theirs', async () => {
  const { db, store, follows, bring } = openStore()
  follows.add(followed('a'), 1)
  follows.add(followed('b', { user: 'v' }), 1)
  await bring(['1'], followed('a'), followed('b'))
  await store.forget('u')
  expect(follows.all().map(({ id }) => id)).toEqual(['b'])
  expect(db.prepare('SELECT follow FROM news').all()).toEqual([{ follow: 'b' }])
})

test('news that cannot be read any more hold up nobody', async () => {
  const { db, follows, bring, topics } = openStore()
  for (const id of ['a', 'b']) follows.add(followed(id), 1)
  await bring(['1'], followed('a'), followed('b'))
  db.exec("UPDATE news SET body = 'no JSON' WHERE follow = 'a'")
  expect(topics()).toEqual(['b'])
})

test('where nothing is kept, nothing that was followed before stays', async () => {
  const file = join(tempFolder(), 'conversations.sqlite')
  const first = openStore(openStateDatabase(file))
  first.follows.add(followed('a'), 1)
  await first.bring(['1'], followed('a'))
  first.db.close()
  const { db, follows } = openStore(openStateDatabase(file), false)
  expect(follows.all()).toEqual([])
  expect(db.prepare('SELECT * FROM news').all()).toEqual([])
  db.close()
})

test('of what cannot be told for long the latest waits', async () => {
  const { db, follows, bring, topics } = openStore()
  follows.add(followed('a'), 1)
  follows.add(followed('b', { chat: 'other' }), 1)
  await bring(['0'], followed('b'))
  for (let n = 1; n <= 3 * MOST_WAITING; n++) await bring([`${n}`], followed('a'))
  const waiting = db.prepare('SELECT follow, count(*) n, max(id) last FROM news GROUP BY follow')
  expect(waiting.all()).toEqual([
    { follow: 'a', n: MOST_WAITING, last: 3 * MOST_WAITING + 1 },
    { follow: 'b', n: 1, last: 1 },
  ])
  expect(topics()).toEqual(['b'])
})

test('news of others that wait are not read for the first', async () => {
  const { db, follows, bring, topics } = openStore()
  follows.add(followed('a'), 1)
  await bring(['0'], followed('a'))
  for (let n = 0; n < 20; n++) {
    const other = followed(`o${n}`, { chat: `c${n}` })
    follows.add(other, 2)
    await bring([`${n}`], other)
  }
  const parsed = vi.spyOn(JSON, 'parse')
  expect(topics()).toEqual(['a'])
  expect(parsed).toHaveBeenCalledTimes(1)
  parsed.mockRestore()
  db.exec("UPDATE news SET body = 'no JSON' WHERE follow = 'a'")
  expect(topics()).toEqual(['o0'])
})

test('each chat that waits is looked for by itself, however many do', async () => {
  const { follows, bring } = openStore()
  for (let n = 0; n < 30; n++) {
    const other = followed(`o${n}`, { chat: `c${n}` })
    follows.add(other, 2)
    await bring([`${n}`], other)
  }
  const can = vi.fn<(follow: Follow) => boolean>(({ chat }) => chat !== 'c0')
  expect(follows.waiting(can)?.news[0].follow.id).toBe('o1')
  expect(can.mock.calls.map(([{ chat }]) => chat)).toEqual(['c0', 'c1', 'c1'])
})

test('what nobody could be told of for long is no news any more', async () => {
  const { db, clock, follows, bring, topics } = openStore()
  follows.add(followed('a'), 1)
  follows.add(followed('b', { chat: 'other' }), 1)
  await bring(['1'], followed('a'))
  clock.now = 61 * 24 * 3600 * 1000
  await bring(['2'], followed('b'))
  expect(topics()).toEqual(['b'])
  expect(db.prepare('SELECT follow FROM news').all()).toEqual([{ follow: 'b' }])
})

test('what two follow is one matter, kept for each in their words, and told once', async () => {
  const { db, store, follows, bring } = openStore()
  const a = followed('a', { topic: '渡船票价' })
  const b = followed('b', { user: 'v', topic: '渡船票价？' })
  expect(follows.add(a, 1)).toEqual(a)
  const both = follows.add(b, 2)!
  expect(both).toEqual({ ...b, matter: 'a' })
  expect(follows.of('c')).toEqual([a])
  expect(follows.all()).toEqual([a])
  await bring(['1'], a)
  expect(JSON.stringify(db.prepare('SELECT body FROM news').all())).not.toContain('"渡船"')
  await store.forget('u')
  const waiting = follows.waiting(() => true)!
  expect(waiting.news.map(({ follow }) => follow)).toEqual([both])
  follows.end(follows.ofMatter('a'))
  let isNoted = false
  follows.told(waiting, '2026-11-26', () => (isNoted = true))
  expect(isNoted).toBe(false)
  expect(db.prepare('SELECT * FROM news_days').all()).toEqual([])
})

test('what an earlier version kept is one matter each', async () => {
  const { db, follows, bring, topics } = openStore()
  db.exec("INSERT INTO follows VALUES ('a', 'u', 'c', 77, NULL, '渡船', NULL, 1, NULL)")
  const [kept] = follows.of('c')
  expect(kept?.matter).toBe('a')
  await bring(['1'], kept!)
  expect(topics()).toEqual(['a'])
  expect(follows.add(followed('b', { user: 'v', topic: '渡船' }), 2)?.matter).toBe('a')
  follows.end(follows.ofMatter('a'))
  expect(follows.all()).toEqual([])
})
