import { beforeEach, describe, expect, test } from 'vitest'
import {
  type ConversationStore,
  createConversationStore,
} from '../../src/conversation/conversation-store.ts'
import { NEW_CHAT } from '../../src/conversation/conversation.ts'
import { createPseudonym, openStateDatabase } from '../../src/conversation/state-database.ts'
import type { Answer } from '../../src/corpus.ts'

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

describe.each([true, false])('with questions kept: %s', (keepQuestions) => {
  let store: ConversationStore
  beforeEach(() => {
    store = createConversationStore(openStateDatabase(':memory:'), { keepQuestions })
  })
  const record = (
    id: string,
    { chat = 'c', user = 'u', at = Number(id), answer = answerOf(`问${id}`) } = {},
  ) => store.record({ id, chat, user, question: answer.question, answer, askedAt: at })

  test('a chat nobody knows is new', () => {
    expect(store.chat('c', 'u', 0)).toEqual(NEW_CHAT)
  })

  test('a chat remembers its place and, of each person, the last four turns of late', () => {
    for (const id of ['1', '2', '3', '4', '5']) record(id)
    record('6', { chat: 'other' })
    record('7', { user: 'another' })
    store.setPlace('c', '濮阳市', 'u')
    const chat = store.chat('c', 'u', 0)
    expect(chat.place).toBe('濮阳市')
    expect(chat.history.map(({ question }) => question)).toEqual(['问2', '问3', '问4', '问5'])
    expect(chat.last?.question).toBe('问5')
    expect(store.chat('c', 'u', 3).history.map(({ question }) => question)).toEqual(['问4', '问5'])
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
    record('1')
    record('2', { answer: courtesy('谢谢') })
    record('3', { answer: courtesy('用电？', ['用电要多少钱？']) })
    const chat = store.chat('c', 'u', 0)
    expect(chat.history.map(({ question }) => question)).toEqual(['问1', '用电？'])
    expect(chat.last?.question).toBe('问1')
    expect(store.latest('c')?.id).toBe('1')
    expect(await store.stats(0)).toMatchObject({ asked: 1, answered: 1, notFound: 0 })
    expect(await store.unanswered(10, 0)).toEqual([])
    expect(store.find('3')?.answer.notices[0]?.readings).toEqual(['用电要多少钱？'])
  })

  test('an answer is found by its id and by the message that carries it', () => {
    record('1')
    store.sentAs('1', 77)
    expect(store.find('1')?.question).toBe('问1')
    expect(store.findByMessage('c', 77)?.id).toBe('1')
    expect(store.findByMessage('other', 77)).toBeUndefined()
  })

  test('one verdict a person; a comment is not lost by tapping again', () => {
    record('1')
    expect(store.judge('1', 'u', { verdict: 'wrong', comment: null }, 5)).toBe(true)
    store.judge('1', 'u', { verdict: 'wrong', comment: '年份不对' }, 6)
    store.judge('1', 'u', { verdict: 'wrong', comment: null }, 7)
    expect(store.complaints(10, 0).map(({ comment }) => comment)).toEqual(['年份不对'])
    store.judge('1', 'u', { verdict: 'useful', comment: null }, 8)
    expect(store.complaints(10, 0)).toEqual([])
    expect(store.judge('gone', 'u', { verdict: 'useful', comment: null }, 9)).toBe(false)
  })

  test('forgetting takes a person’s questions everywhere and a chat’s altogether', async () => {
    record('1')
    record('2', { user: 'v' })
    record('3', { chat: 'group' })
    record('4', { chat: 'group', user: 'v' })
    store.judge('4', 'u', { verdict: 'wrong', comment: '我说的' }, 5)
    store.setPlace('c', '濮阳市', 'u')
    await store.forget('u', 'c')
    expect(['1', '2', '3', '4'].filter((id) => store.find(id))).toEqual(['4'])
    expect(store.complaints(10, 0)).toEqual([])
    expect(store.chat('c', 'u', 0)).toEqual(NEW_CHAT)
  })

  test('what is older than allowed goes, with what was said of it', async () => {
    record('1')
    record('9')
    store.judge('1', 'u', { verdict: 'wrong', comment: null }, 20)
    expect(await store.expire(5)).toBe(1)
    expect(store.find('1')).toBeUndefined()
    expect(store.find('9')).toBeDefined()
    expect(store.complaints(10, 0)).toEqual([])
  })

  describe('counts what was asked', () => {
    const HOUR_MS = 3600 * 1000
    const trace = [
      { stage: 'retrieve', ms: 4 },
      { stage: 'tell', ms: 1 },
    ]
    beforeEach(() => {
      record('1', { user: 'v' })
      record('5', { at: 5 * HOUR_MS, answer: answerOf('a', { ms: 30, trace }) })
      const notFound = answerOf('b', { status: 'not_found', ms: 20, trace: [trace[0]!] })
      record('6', { at: 6 * HOUR_MS, answer: { ...notFound, mode: 'model' } })
      record('7', {
        at: 7 * HOUR_MS,
        answer: { ...notFound, ms: 10, trace: [{ stage: 'retrieve', ms: 10 }] },
      })
      store.judge('6', 'u', { verdict: 'wrong', comment: null }, 8 * HOUR_MS)
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
      record('5', { at: 9 * HOUR_MS })
      expect((await store.stats(0)).asked).toBe(4)
    })

    test('and keeps the numbers of what is forgotten, not who it was', async () => {
      await store.forget('u')
      expect(await store.stats(0)).toMatchObject({ asked: 4, people: 1 })
    })

    test('and lists what had no answer, the latest first', async () => {
      record('8', { at: 7.5 * HOUR_MS, answer: answerOf('c', { status: 'not_found' }) })
      for (let i = 0; i < 500; i++)
        record(`more ${i}`, { at: i, answer: answerOf(`d${i}`, { status: 'not_found' }) })
      expect(await store.unanswered(2, 0)).toEqual([
        { question: 'c', times: 1, at: 7.5 * HOUR_MS },
        { question: 'b', times: 2, at: 7 * HOUR_MS },
      ])
      expect((await store.unanswered(3, 500)).map(({ question }) => question)).toEqual(['d1', 'd0'])
    })
  })
})

test('a pseudonym depends on the salt and on all it is made of', () => {
  const names = [
    createPseudonym('a')('user', 1),
    createPseudonym('b')('user', 1),
    createPseudonym('a')('user', 12),
  ]
  expect(new Set(names).size).toBe(3)
  expect(createPseudonym('a')('user', 1)).toBe(names[0])
})

test('what was asked before it was counted by the hour is counted when the file is opened', async () => {
  const db = openStateDatabase(':memory:')
  const asked = (store: ConversationStore, id: string) =>
    store.record({ id, chat: 'c', user: 'u', question: id, answer: answerOf(id), askedAt: 1 })
  asked(createConversationStore(db, { keepQuestions: true }), 'a')
  db.exec('DELETE FROM usage; DELETE FROM askers')
  const store = createConversationStore(db, { keepQuestions: true })
  asked(store, 'b')
  expect(await store.stats(0)).toMatchObject({ asked: 2, people: 1 })
})
