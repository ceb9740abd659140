import { expect, test } from 'vitest'
import {
  type Chat,
  NEW_CHAT,
  askedOf,
  placeNamed,
  placeUnknown,
  createConversation,
} from '../../src/conversation/conversation.ts'
import type { Question } from '../../src/corpus.ts'
import { smallAnswer, smallIndex } from '../support/small-library.ts'

const conversation = createConversation({ answer: smallAnswer, passages: smallIndex.passages })

test('a question goes out with what the chat remembers, and its answer is remembered', async () => {
  const asked: Question[] = []
  const watched = createConversation({
    passages: smallIndex.passages,
    answer: (question, options) => {
      asked.push(question)
      return smallAnswer(question, options)
    },
  })
  const first = await watched.ask({ ...NEW_CHAT, place: '辽阳市' }, '专利质押贷款有多少企业？', {
    date: '2024-05-06',
  })
  const second = await watched.ask(first.chat, '那最高多少？')
  expect(asked).toEqual([
    { question: '专利质押贷款有多少企业？', history: [], place: '辽阳市', date: '2024-05-06' },
    {
      question: '那最高多少？',
      history: [
        {
          question: '专利质押贷款有多少企业？',
          answer: first.answer.statements.map((s) => s.text).join(''),
        },
      ],
      place: '辽阳市',
    },
  ])
  expect(second.chat.last).toBe(second.answer)
  expect(second.chat.history.map(({ question }) => question)).toEqual([
    '专利质押贷款有多少企业？',
    '专利质押贷款有多少企业？那最高多少？',
  ])
})

test('a chat looks back four turns', async () => {
  let chat: Chat = NEW_CHAT
  for (let i = 0; i < 7; i++) ({ chat } = await conversation.ask(chat, `企业用电第${i}问`))
  expect(chat.history.map(({ question }) => question)).toEqual(
    [3, 4, 5, 6].map((i) => `企业用电第${i}问`),
  )
})

test('what was said stays, so that a later question can go back to it; unless the asker begins anew', async () => {
  const { chat } = await conversation.ask(NEW_CHAT, '专利质押贷款有多少企业？')
  const fresh = await conversation.ask(chat, '海城的补贴怎么申报，逾期怎么办？')
  expect(fresh.chat.history.map(({ question }) => question)).toEqual([
    '专利质押贷款有多少企业？',
    '海城的补贴怎么申报，逾期怎么办？',
  ])
  const anew = await conversation.ask(chat, '海城的补贴怎么申报，逾期怎么办？', {
    followsUp: false,
  })
  expect(anew.chat.history).toHaveLength(1)
})

test('a question that grew with every follow-up starts anew', async () => {
  let chat: Chat = NEW_CHAT
  for (let i = 0; i < 30; i++) ({ chat } = await conversation.ask(chat, `那企业用电第${i}问呢？`))
  expect(Math.max(...chat.history.map(({ question }) => question.length))).toBeLessThanOrEqual(120)
})

test('thanks are no turn and leave the sources open; a word that was offered something is one', async () => {
  const { chat } = await conversation.ask(NEW_CHAT, '企业用电报装要多久？')
  const thanked = await conversation.ask(chat, '谢谢')
  expect(thanked.answer.text).toContain('不客气')
  expect(thanked.chat).toEqual(chat)
  const offered = await conversation.ask(thanked.chat, '贷款？')
  expect(offered.chat.last).toBe(chat.last)
  expect(offered.chat.history.at(-1)?.question).toBe('贷款？')
})

test.each([
  ['我市有多少家企业用专利质押贷款？', null, true],
  ['我市有多少家企业用专利质押贷款？', '辽阳市', false],
  ['辽阳有多少家企业用专利质押贷款？', null, false],
  ['我市火星移民签证怎么办', null, false],
])('%s asked from %s, the place is unknown: %s', async (question, place, unknown) => {
  const { chat, answer } = await conversation.ask({ ...NEW_CHAT, place }, question)
  expect(placeUnknown(chat, answer)).toBe(unknown)
})

test('a source opens with the quote marked; one that is not there does not', async () => {
  const { chat } = await conversation.ask(NEW_CHAT, '企业用电报装要多久？')
  const opened = await conversation.open(chat, 1)
  const [mark] = opened?.marks ?? []
  expect(opened?.passage.text.slice(mark?.start, mark?.end)).toBe(opened?.citation.quote)
  expect(await conversation.open(chat, 9)).toBeUndefined()
  expect(await conversation.open(NEW_CHAT, 1)).toBeUndefined()
})

test('how an answer is wanted is told to whoever answers, and nothing beside', async () => {
  const given: unknown[] = []
  const watched = createConversation({
    passages: smallIndex.passages,
    answer: (question, options) => {
      given.push(options)
      return smallAnswer(question, options)
    },
  })
  const wanted = {
    spend: () => false,
    onStatement: () => {},
    signal: new AbortController().signal,
  }
  const { answer } = await watched.ask(NEW_CHAT, '用模型说企业用电报装', {
    ...wanted,
    date: '2024-05-06',
    followsUp: false,
  })
  expect(given).toEqual([wanted])
  expect(answer.text).toContain('额度已用完')
})

test.each([
  ['濮阳', '濮阳市'],
  [' 台前县 ', '台前县'],
  ['无人知道的甲乙县', '无人知道的甲乙县'],
  ['津市市', '津市市'],
])('the place %j is %j', (name, place) => {
  expect(placeNamed(name)).toBe(place)
})

test.each(['', '贷款', '没有这种地方', 'Paris', '县', '濮阳县县'])('%j is no place', (name) => {
  expect(placeNamed(name)).toBeUndefined()
})

test.each([
  ['小微企业有什么补贴？', '濮阳市小微企业有什么补贴？'],
  ['聊城的小微企业有什么补贴？', '濮阳市的小微企业有什么补贴？'],
  ['山东省聊城市的小微企业有什么补贴？', '濮阳市的小微企业有什么补贴？'],
  ['聊城市和菏泽市比怎么样', '濮阳市和濮阳市比怎么样'],
])('%j asked of another place is %j', (question, asked) => {
  expect(askedOf('濮阳市', question)).toBe(asked)
})
