import { afterAll, beforeAll, expect, test } from 'vitest'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAnswer } from '../../src/answer/answer.ts'
import { violations } from '../../src/answer/evaluate/violations.ts'
import { createPickByWeights } from '../../src/answer/pick/learned/pick.ts'
import { readingsOf } from '../../src/answer/readings.ts'
import { NEW_CHAT, chatOf, createConversation } from '../../src/conversation/conversation.ts'
import { followUp } from '../../src/retrieval/follow-up.ts'
import { openState } from '../../src/stores/sqlite/open-state.ts'
import { openLibrary } from './library.ts'

let folder: string
let library: Awaited<ReturnType<typeof openLibrary>>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-alone-'))
  library = await openLibrary(folder)
})
afterAll(async () => {
  await library.close()
  await rm(folder, { recursive: true })
})

const after = (question: string, before: string, answer: string) =>
  library.answer({ question, history: [{ question: before, answer }], date: '2023-06-01' })

test.each([
  ['that nothing answers then', '接电能不能不花钱？', '科技大厦哪天投用？', 'not_found'],
  [
    'that something else answers then',
    '多少家企业亏损？',
    '全市专利质押贷款最高多少？',
    'answered',
  ],
])('a question read as going on, %s, is offered alone', async (_, question, before, status) => {
  const answer = await after(question, before, '单笔最高3000万元。')
  expect(answer.status).toBe(status)
  expect(answer.standalone).not.toBe(question)
  expect(readingsOf(answer)).toEqual([question])
  expect(answer.text).toContain(`如果不是接着上面问，可以单独问“${question}”。`)
  expect(violations(answer)).toEqual([])
  const alone = await library.answer({ question, date: '2023-06-01' })
  expect(alone.status).toBe('answered')
  expect(answer.statements).not.toContainEqual(alone.statements[0])
})

test.each([
  ['alone it is answered by nothing', '台阶够不够宽？', '科技大厦哪天投用？', true],
  ['alone it is answered by the same', '单笔最高贷多少？', '全市专利质押贷款有多少？', true],
  ['it surely goes on', '那申请要几天？', '浚县接电要交多少钱？', false],
])('nothing is offered where %s', async (_, question, before, mayBegin) => {
  expect(followUp(question, [{ question: before, answer: '有这回事。' }])).toMatchObject({
    follows: true,
    mayBegin,
  })
  const answer = await after(question, before, '有这回事。')
  expect(answer.standalone).not.toBe(question)
  expect(readingsOf(answer)).toEqual([])
})

test('nothing is offered where a model read it alone already, or vectors are away', async () => {
  const history = [{ question: '科技大厦哪天投用？', answer: '预计2023年12月投用。' }]
  const question = '接电能不能不花钱？'
  const asked = { question, history, date: '2023-06-01' }
  expect(readingsOf(await library.answer(asked))).toHaveLength(1)
  const deps = {
    retrieve: library.retrieve,
    passages: (id: string) => library.index.passages(id),
    pickByWords: createPickByWeights(),
  }
  const byModel = createAnswer({
    ...deps,
    model: {
      makeStandalone: async () => ({ status: 'whole', question }),
      pick: async () => ({ status: 'failed', reason: 'timeout', detail: '' }),
    },
  })
  expect(readingsOf(await byModel(asked))).toEqual([])
  const withoutVectors = createAnswer({
    ...deps,
    retrieve: async (...given) => ({ ...(await deps.retrieve(...given)), degraded: 'no vectors' }),
  })
  expect(readingsOf(await withoutVectors(asked))).toEqual([])
})

test('an index that fails while the offer is looked for costs the offer alone', async () => {
  const { index, retrieve } = library
  const answer = createAnswer({
    passages: (id) => index.passages(id),
    pickByWords: createPickByWeights(),
    async retrieve(question, limit) {
      if (!question.history) throw new Error('no index')
      return retrieve(question, limit)
    },
  })
  const history = [{ question: '全市专利质押贷款最高多少？', answer: '单笔最高3000万元。' }]
  const given = await answer({ question: '多少家企业亏损？', history, date: '2023-06-01' })
  expect(given.status).toBe('answered')
  expect(readingsOf(given)).toEqual([])
  expect(given.trace).toContainEqual(expect.objectContaining({ failed: 'no index' }))
})

test('what was offered and is typed instead of tapped is read alone', async () => {
  const chat = createConversation({
    answer: library.answer,
    passages: async () => [],
  })
  const first = await chat.ask(NEW_CHAT, '科技大厦哪天投用？')
  const refused = await chat.ask(first.chat, '接电能不能不花钱？')
  expect(readingsOf(refused.answer)).toHaveLength(1)
  const again = await chat.ask(refused.chat, '接电能不能不花钱')
  expect(again.answer).toMatchObject({ status: 'answered', standalone: '接电能不能不花钱' })
  // It was offered under the answer before; this one offers nothing.
  expect(readingsOf(again.answer)).toEqual([])
})

test.each([
  ['by a tap', false],
  ['by typing it again', undefined],
] as const)(
  'what is asked alone, %s, is what the next question goes on from, also out of a store',
  async (_how, followsUp) => {
    const state = await openState(join(folder, `${_how}.sqlite`), { keepQuestions: true })
    const store = state.conversations
    const talk = createConversation({ answer: library.answer, passages: async () => [] })
    let at = 0
    const ask = async (question: string, goesOn?: false) => {
      const chat = await chatOf(store, 'chat', 'user', 0)
      const options = goesOn === false ? { followsUp: goesOn } : {}
      const { answer } = await talk.ask(chat, question, options)
      await store.record({
        id: String(++at),
        chat: 'chat',
        user: 'user',
        question,
        answer,
        askedAt: at,
      })
      return answer
    }
    await ask('科技大厦哪天投用？')
    expect(readingsOf(await ask('接电能不能不花钱？'))).toHaveLength(1)
    expect((await ask('接电能不能不花钱？', followsUp)).status).toBe('answered')
    expect((await ask('要几天？')).standalone).not.toContain('大厦')
    await state.close()
  },
)
