import { expect, test } from 'vitest'
import { pino } from 'pino'
import type { Follow } from '../../src/stores/follows.ts'
import { lookAtArrivals, watchArrivals } from '../../src/conversation/watch-arrivals.ts'
import { LOAN, arriving, printed } from '../support/arriving.ts'
import { openSmall } from '../stores/open.ts'
import type { GivenArticle } from '../support/passages.ts'

const NOW = Date.parse('2026-11-26T12:00:00+08:00')
const follow = (id: string, topic: string, place: string | null = null): Follow => ({
  id,
  matter: id,
  topic,
  place,
  user: 'u',
  chat: 'c',
  chatId: 77,
  threadId: null,
})
/** An index that holds something, and somebody's follows, who has looked at it. */
async function library() {
  const { index, arrivals, put } = arriving()
  const { state, db } = await openSmall()
  const { follows } = state
  const deps = { arrivals, follows, now: () => NOW }
  return {
    index,
    db,
    deps,
    follows,
    put,
    look: async () => lookAtArrivals(deps, await index.state()),
    waiting: () => follows.waiting(() => true),
  }
}

test('what is there at the first look is no news, what comes later is, once', async () => {
  const { put, look, follows, waiting } = await library()
  await follows.add(follow('f', '专利质押贷款'), 1)
  await put(printed('old', LOAN))
  expect(await look()).toEqual({ articles: 1, follows: 0 })
  await put(printed('new', LOAN))
  expect(await look()).toEqual({ articles: 1, follows: 1 })
  expect(await look()).toEqual({ articles: 0, follows: 0 })
  expect((await waiting())?.news).toMatchObject([{ answer: { citations: [{ articleId: 'new' }] } }])
})

test('what was read again or corrected, or an index made anew, is nothing new', async () => {
  const { index, put, look, follows, waiting } = await library()
  await put(printed('a', '柳河镇的水管修好了。'), printed('b', '图书馆周末开门。'))
  await look()
  await follows.add(follow('f', '专利质押贷款'), 1)
  await put(printed('a', LOAN))
  expect(await look()).toEqual({ articles: 0, follows: 0 })
  await index.remove(['a.txt', 'b.txt'])
  expect(await look()).toEqual({ articles: 0, follows: 0 })
  await put(printed('a', LOAN))
  expect(await look()).toEqual({ articles: 0, follows: 0 })
  await put(printed('b', '图书馆周末开门。'), printed('c', LOAN))
  expect(await look()).toEqual({ articles: 1, follows: 1 })
  expect((await waiting())?.news[0].answer.citations).toMatchObject([{ articleId: 'c' }])
})

test.each<[string, string, string | null, Partial<GivenArticle>, number]>([
  ['of the place', '专利质押贷款', '濮阳市', {}, 1],
  ['of a place within it', '专利质押贷款', '河南省', {}, 1],
  ['of the place around it', '专利质押贷款', '台前县', {}, 1],
  ['of another place', '专利质押贷款', '聊城市', {}, 0],
  ['of another than the matter names', '聊城市专利质押贷款', null, {}, 0],
  ['of no place', '专利质押贷款', '濮阳市', { place: [] }, 0],
  ['of a place that nobody knows', '专利质押贷款', '无名镇', {}, 0],
  ['of 60 days ago', '专利质押贷款', null, { date: '2026-09-27' }, 1],
  ['of longer ago', '专利质押贷款', null, { date: '2026-09-26' }, 0],
  ['of that month', '专利质押贷款', null, { date: '2026-09' }, 1],
  ['of an archive', '专利质押贷款', null, { date: '2019' }, 0],
  ['of nobody knows when', '专利质押贷款', null, { date: null }, 1],
  ['that answers a question', '专利质押贷款每年最高贴息多少？', null, {}, 1],
  ['about something else', '燃气报装', null, {}, 0],
])('an article %s: %s in %s', async (_name, topic, place, more, expected) => {
  const { put, look, follows } = await library()
  await put(printed('old', '图书馆周末开门。'))
  await look()
  await follows.add(follow('f', topic, place), 1)
  await put(printed('new', LOAN, more))
  expect(await look()).toEqual({ articles: 1, follows: expected })
})

test('of many articles it tells what answers, and how many speak of it beside', async () => {
  const { put, look, follows, waiting } = await library()
  await put(printed('old', '图书馆周末开门。'))
  await look()
  await follows.add(follow('f', '专利质押贷款'), 1)
  const many = Array.from({ length: 12 }, (_, i) =>
    printed(`n${i}`, `第${i}家银行开办专利质押贷款，贴息办法由第${i}分行公布，期限${i}年。`),
  )
  await put(...many)
  expect(await look()).toEqual({ articles: 12, follows: 1 })
  const { answer, more } = (await waiting())!.news[0]
  const cited = new Set(answer.citations.map(({ articleId }) => articleId))
  expect(answer.text.length).toBeLessThan(1000)
  expect(cited.size + more).toBe(12)
})

test('two who look at the same time note it once', async () => {
  const { put, look, follows, db } = await library()
  await put(printed('old', '图书馆周末开门。'))
  await look()
  await follows.add(follow('f', '专利质押贷款'), 1)
  await put(printed('new', LOAN))
  await Promise.all([look(), look()])
  expect(db.prepare('SELECT * FROM news').all()).toHaveLength(1)
})

test('an index that is being written to is left until it rests', async () => {
  const { put, look, follows, deps, index } = await library()
  await put(printed('old', '图书馆周末开门。'))
  await look()
  await follows.add(follow('f', '专利质押贷款'), 1)
  const states = ['1', '2', '3', '3']
  const asked: string[] = []
  const stop = new AbortController()
  const arrivals = {
    ...deps.arrivals,
    indexState: async () => {
      const state = states[asked.length] ?? '3'
      asked.push(state)
      if (asked.length === 2) await put(printed('new', LOAN))
      if (asked.length > 5) stop.abort()
      return state
    },
    articleIds: async () => {
      expect(asked.length).toBe(4)
      return index.articleIds()
    },
  }
  const log = pino({ level: 'silent' })
  await watchArrivals({ ...deps, arrivals, log, signal: stop.signal, everyMs: 1 })
  expect((await follows.waiting(() => true))?.news).toHaveLength(1)
})

test('an index that never is at rest is looked at all the same, after a while', async () => {
  const { deps, put, look, follows } = await library()
  await put(printed('old', '图书馆周末开门。'))
  await look()
  await follows.add(follow('f', '专利质押贷款'), 1)
  await put(printed('new', LOAN))
  const stop = new AbortController()
  let n = 0
  const arrivals = {
    ...deps.arrivals,
    indexState: async () => {
      await put(printed('old', `图书馆第${n++}周开门。`))
      if ((await follows.waiting(() => true)) || n > 100) stop.abort()
      return deps.arrivals.indexState()
    },
  }
  const log = pino({ level: 'silent' })
  const times = { everyMs: 1, latestMs: 30 }
  await watchArrivals({ ...deps, arrivals, log, signal: stop.signal, ...times })
  expect((await follows.waiting(() => true))?.news).toHaveLength(1)
})

test('an index that is away is tried again, and said so once', async () => {
  const { deps } = await library()
  const stop = new AbortController()
  const lines: string[] = []
  let asked = 0
  const arrivals = {
    ...deps.arrivals,
    indexState: async () => {
      if (++asked > 5) stop.abort()
      throw new Error('It is away')
    },
  }
  const log = pino({ base: null }, { write: (line: string) => void lines.push(line) })
  await watchArrivals({ ...deps, arrivals, log, signal: stop.signal, everyMs: 1 })
  expect(asked).toBeGreaterThan(5)
  expect(lines).toHaveLength(1)
})
