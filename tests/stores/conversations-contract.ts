import { beforeEach, describe, expect, test } from 'vitest'
import { NEW_CHAT, chatOf } from '../../src/conversation/conversation.ts'
import type { Answer } from '../../src/corpus.ts'
import type { Conversations } from '../../src/stores/conversations.ts'
import type { State } from '../../src/stores/state.ts'
import type { Shared } from './shared.ts'

const answerOf = (question: string, more: Partial<Answer> = {}): Answer => ({
  question,
  standalone: question,
  status: 'answered',
  statements: [{ text: `答${question}`, citations: [1] }],
  citations: [],
  missing: [],
  notices: [],
  text: `答${question}`,
  mode: 'words',
  model: null,
  promptVersion: null,
  ms: 10,
  ...more,
})

type Stores = Pick<State, 'conversations' | 'move' | 'moved' | 'forget' | 'expire'>

/** What all conversations do, be they kept or in memory; `open` gives an empty store. */
export function conversationsContract(open: () => Promise<Stores>): void {
  let state: Stores
  let store: Conversations
  beforeEach(async () => {
    state = await open()
    store = state.conversations
  })
  const record = (
    id: string,
    { chat = 'c', user = 'u', at = Number(id), answer = answerOf(`问${id}`) } = {},
  ) => store.record({ id, chat, user, question: answer.question, answer, askedAt: at })

  test('a chat nobody knows is new', async () => {
    expect(await chatOf(store, 'c', 'u', 0)).toEqual(NEW_CHAT)
  })

  test('a chat remembers its place and, of each person, the last four turns of late', async () => {
    for (const id of ['1', '2', '3', '4', '5']) await record(id)
    await record('6', { chat: 'other' })
    await record('7', { user: 'another' })
    await store.setPlace('c', '濮阳市', 'u')
    const chat = await chatOf(store, 'c', 'u', 0)
    expect(chat.place).toBe('濮阳市')
    expect(chat.history.map(({ question }) => question)).toEqual(['问2', '问3', '问4', '问5'])
    expect(chat.last?.question).toBe('问5')
    expect((await chatOf(store, 'c', 'u', 3)).history.map(({ question }) => question)).toEqual([
      '问4',
      '问5',
    ])
  })

  test('a courtesy is no question: no turn, not the last answer, in no statistics', async () => {
    const courtesy = (question: string, readings?: string[]) =>
      answerOf(question, {
        status: 'not_found',
        statements: [],
        notices: [
          { kind: 'courtesy', text: '您好！', citations: [], ...(readings && { readings }) },
        ],
      })
    await record('1')
    await record('2', { answer: courtesy('谢谢') })
    await record('3', { answer: courtesy('用电？', ['用电要多少钱？']) })
    const chat = await chatOf(store, 'c', 'u', 0)
    expect(chat.history.map(({ question }) => question)).toEqual(['问1', '用电？'])
    expect(chat.last?.question).toBe('问1')
    expect((await store.latest('c'))?.id).toBe('1')
    expect(await store.stats(0)).toMatchObject({ asked: 1, answered: 1, notFound: 0 })
    expect(await store.unanswered(10, 0)).toEqual([])
    expect((await store.find('3'))?.answer.notices[0]?.readings).toEqual(['用电要多少钱？'])
  })

  test('an answer is found by its id and by the message that carries it', async () => {
    await record('1')
    await store.sent({ asked: '1', chat: 'c', message: 77, name: 'c 77' })
    expect((await store.find('1'))?.question).toBe('问1')
    expect((await store.findByMessage('c', 77))?.id).toBe('1')
    expect(await store.findByMessage('other', 77)).toBeUndefined()
    expect(await store.shownAs('c 77')).toBe('1')
  })

  test('one verdict a person; a comment is not lost by tapping again', async () => {
    await record('1')
    expect(await store.judge('1', 'u', { verdict: 'wrong', comment: null }, 5)).toBe(true)
    await store.judge('1', 'u', { verdict: 'wrong', comment: '年份不对' }, 6)
    await store.judge('1', 'u', { verdict: 'wrong', comment: null }, 7)
    expect((await store.complaints(10, 0)).map(({ comment }) => comment)).toEqual(['年份不对'])
    await store.judge('1', 'u', { verdict: 'useful', comment: null }, 8)
    expect(await store.complaints(10, 0)).toEqual([])
    expect(await store.judge('gone', 'u', { verdict: 'useful', comment: null }, 9)).toBe(false)
  })

  test('forgetting takes a person’s questions everywhere and a chat’s altogether', async () => {
    await record('1')
    await record('2', { user: 'v' })
    await record('3', { chat: 'group' })
    await record('4', { chat: 'group', user: 'v' })
    await store.judge('4', 'u', { verdict: 'wrong', comment: '我说的' }, 5)
    await store.setPlace('c', '濮阳市', 'u')
    await state.forget({ user: 'u', chat: 'c' })
    const left = await Promise.all(['1', '2', '3', '4'].map((id) => store.find(id)))
    expect(left.flatMap((one) => one?.id ?? [])).toEqual(['4'])
    expect(await store.complaints(10, 0)).toEqual([])
    expect(await chatOf(store, 'c', 'u', 0)).toEqual(NEW_CHAT)
  })

  test('what is older than allowed goes, with what was said of it', async () => {
    await record('1')
    await record('9')
    await store.judge('1', 'u', { verdict: 'wrong', comment: null }, 20)
    expect(await state.expire(5)).toBe(1)
    expect(await store.find('1')).toBeUndefined()
    expect(await store.find('9')).toBeDefined()
    expect(await store.complaints(10, 0)).toEqual([])
  })

  describe('counts what was asked', () => {
    const HOUR_MS = 3600 * 1000
    const trace = [
      { stage: 'retrieve', ms: 4 },
      { stage: 'tell', ms: 1 },
    ]
    beforeEach(async () => {
      await record('1', { user: 'v' })
      await record('5', { at: 5 * HOUR_MS, answer: answerOf('a', { ms: 30, trace }) })
      const notFound = answerOf('b', { status: 'not_found', ms: 20, trace: [trace[0]!] })
      await record('6', { at: 6 * HOUR_MS, answer: { ...notFound, mode: 'model' } })
      const slower = { ...notFound, ms: 10, trace: [{ stage: 'retrieve', ms: 10 }] }
      await record('7', { at: 7 * HOUR_MS, answer: slower })
      await store.judge('6', 'u', { verdict: 'wrong', comment: null }, 8 * HOUR_MS)
    })

    test('since a time, by hours', async () => {
      const { medianMs, p95Ms, ...counts } = await store.stats(5 * HOUR_MS)
      expect(counts).toEqual({
        asked: 3,
        people: 1,
        answered: 1,
        partial: 0,
        notFound: 2,
        byModel: 1,
        useful: 0,
        wrong: 1,
        stages: [
          { stage: 'retrieve', ms: 6 },
          { stage: 'tell', ms: 1 },
        ],
      })
      expect(Math.abs(medianMs! / 20 - 1)).toBeLessThan(0.05)
      expect(Math.abs(p95Ms! / 30 - 1)).toBeLessThan(0.05)
      expect(await store.stats(100 * HOUR_MS)).toMatchObject({
        asked: 0,
        people: 0,
        medianMs: null,
      })
    })

    test('once, however often it is recorded', async () => {
      await record('5', { at: 9 * HOUR_MS })
      expect((await store.stats(0)).asked).toBe(4)
    })

    test('and keeps the numbers of what is forgotten, not who it was', async () => {
      await state.forget({ user: 'u' })
      expect(await store.stats(0)).toMatchObject({ asked: 4, people: 1 })
    })

    test('and lists what had no answer, the latest first', async () => {
      await record('8', { at: 7.5 * HOUR_MS, answer: answerOf('c', { status: 'not_found' }) })
      for (let i = 0; i < 500; i++)
        await record(`more ${i}`, { at: i, answer: answerOf(`d${i}`, { status: 'not_found' }) })
      expect(await store.unanswered(2, 0)).toEqual([
        { question: 'c', times: 1, at: 7.5 * HOUR_MS },
        { question: 'b', times: 2, at: 7 * HOUR_MS },
      ])
      expect((await store.unanswered(3, 500)).map(({ question }) => question)).toEqual(['d1', 'd0'])
    })
  })

  test('a question that was asked otherwise since is forgotten, unless it is gone already', async () => {
    await record('1')
    await store.retract('1')
    await store.retract('gone')
    expect(await store.find('1')).toBeUndefined()
  })

  test('a message that asks for something is known by its number, until it is too old', async () => {
    const prompt = { purpose: 'claim', about: null } as const
    await store.promptSent({ chat: 'c', message: 7, prompt, user: 'u', at: 3 })
    expect(await store.promptOf('c', 7)).toEqual(prompt)
    expect(await store.promptOf('other', 7)).toBeUndefined()
    await state.expire(5)
    expect(await store.promptOf('c', 7)).toBeUndefined()
  })

  test('a chat that moved is found by each of its names, its old messages by the old one', async () => {
    await record('1', { chat: 'was' })
    await store.sent({ asked: '1', chat: 'was', message: 7, name: 'was 7' })
    await store.setPlace('was', '濮阳市', 'u')
    expect(await state.move({ was: 'was', chat: 'is' })).toBe(true)
    expect(await state.move({ was: 'was', chat: 'is' })).toBe(false)
    expect(await state.moved()).toEqual([{ was: 'was', chat: 'is' }])
    await record('2', { chat: 'was' })
    for (const name of ['was', 'is']) {
      expect(await store.place(name)).toBe('濮阳市')
      expect((await store.latest(name))?.id).toBe('2')
    }
    expect((await store.findByMessage('was', 7))?.id).toBe('1')
    expect(await store.findByMessage('is', 7)).toBeUndefined()
  })

  test('what is written takes effect in the order in which it was asked for', async () => {
    const kept = [record('1'), state.forget({ user: 'u' }), record('2')]
    await Promise.all(kept)
    expect(await store.find('1')).toBeUndefined()
    expect((await store.find('2'))?.id).toBe('2')
    await Promise.all([
      store.setPlace('c', '濮阳市', 'u'),
      store.setPlace('c', null, 'u'),
      store.judge('2', 'u', { verdict: 'wrong', comment: '不对' }, 5),
      store.retract('2'),
    ])
    expect(await store.place('c')).toBeNull()
    expect(await store.complaints(9, 0)).toEqual([])
  })
}

/** What conversations are where several processes keep them. */
export function sharedConversationsContract(share: Shared<Stores>): void {
  test('what one process keeps, another finds, and what it forgets is gone for all', async () => {
    const open = await share()
    const [bot, web] = [await open(), await open()]
    const asked = { chat: 'c', user: 'u', question: '用电', answer: answerOf('用电'), askedAt: 1 }
    const ids = Array.from({ length: 20 }, (_, n) => `${n}`)
    await Promise.all(ids.map((id, n) => [bot, web][n % 2]!.conversations.record({ ...asked, id })))
    for (const one of [bot, web]) expect(await one.conversations.ids()).toHaveLength(20)
    expect(await bot.conversations.stats(0)).toMatchObject({ asked: 20, people: 1 })
    await web.forget({ user: 'u' })
    expect(await bot.conversations.ids()).toEqual([])
  })
}
