import { afterAll, beforeAll, expect, test } from 'vitest'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAnswer } from '../../src/answer/answer.ts'
import { passagesIn } from '../../src/answer/evaluate/evaluate.ts'
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
  ['that nothing answers then', '多少家企业亏损？', '浚县接电要交多少钱？', 'not_found'],
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
  ['alone it is answered by nothing', '台阶够不够宽？', '科技大厦哪天投用？', 'instead'],
  ['alone it is answered by the same', '单笔最高贷多少？', '全市专利质押贷款有多少？', 'offered'],
  ['it surely goes on', '那申请要几天？', '浚县接电要交多少钱？', 'never'],
])('nothing is offered where %s', async (_, question, before, alone) => {
  expect(followUp(question, [{ question: before, answer: '有这回事。' }])).toMatchObject({
    follows: true,
    alone,
  })
  const answer = await after(question, before, '有这回事。')
  expect(answer.standalone).not.toBe(question)
  expect(readingsOf(answer)).toEqual([])
})

test('one that hardly goes on is read alone where nothing answers it otherwise', async () => {
  const question = '接电能不能不花钱？'
  const before = '科技大厦哪天投用？'
  const answer = await after(question, before, '预计2023年12月投用。')
  expect(answer).toMatchObject({ status: 'answered', standalone: question, alone: true })
  expect(answer.text).not.toMatch(/理解|单独问/u)
  expect(passagesIn(answer, 'retrieve')[0]).toMatch(/^power-/u)
  expect(violations(answer)).toEqual([])
  const goesOn = await after(question, '浚县接电要交多少钱？', '企业无需承担接电费用。')
  expect(goesOn.alone).toBeUndefined()
})

test('nothing is offered where a model read it alone already, or vectors are away', async () => {
  const history = [{ question: '浚县接电要交多少钱？', answer: '企业无需承担接电费用。' }]
  const question = '多少家企业亏损？'
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
})

test('what was offered and is typed instead of tapped is read alone', async () => {
  const chat = createConversation({ answer: library.answer, passages: async () => [] })
  const first = await chat.ask(NEW_CHAT, '浚县接电要交多少钱？')
  const refused = await chat.ask(first.chat, '多少家企业亏损？')
  expect(readingsOf(refused.answer)).toHaveLength(1)
  const again = await chat.ask(refused.chat, '多少家企业亏损')
  expect(again.answer).toMatchObject({ status: 'answered', standalone: '多少家企业亏损' })
  // It was offered under the answer before; this one offers nothing.
  expect(readingsOf(again.answer)).toEqual([])
})

test.each([
  ['by a tap', '多少家企业亏损？', false],
  ['by typing it again', '多少家企业亏损？', undefined],
  ['as nothing else answers it', '接电能不能不花钱？', undefined],
] as const)(
  'what is asked alone, %s, is what the next question goes on from, also out of a store',
  async (how, question, followsUp) => {
    const state = await openState(join(folder, `${how}.sqlite`), { keepQuestions: true })
    const talk = createConversation({ answer: library.answer, passages: async () => [] })
    let at = 0
    const ask = async (asked: string, goesOn?: false) => {
      const chat = await chatOf(state.conversations, 'chat', 'user', 0)
      const options = { date: '2023-06-01', ...(goesOn === false && { followsUp: goesOn }) }
      const { answer } = await talk.ask(chat, asked, options)
      at += 1
      const kept = { id: String(at), chat: 'chat', user: 'user', askedAt: at }
      await state.conversations.record({ ...kept, question: asked, answer })
      return answer
    }
    await ask('科技大厦哪天投用？')
    const first = await ask(question)
    const answer = first.alone ? first : await ask(question, followsUp)
    expect(answer).toMatchObject({ status: 'answered', standalone: question })
    expect((await ask('是哪一年的事？')).standalone).not.toContain('大厦')
    await state.close()
  },
)
