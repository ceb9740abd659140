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
  return {
    db,
    store,
    follows,
    /** News of some articles for some of what is followed. */
    bring: (ids: readonly string[], ...to: readonly Follow[]) =>
      follows.see({
        before: follows.seenState(),
        state: `${follows.seenState()}+`,
        ids,
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
  follows.end('a')
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
