import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LONGEST_QUESTION } from '../../src/answer/cut-question.ts'
import { violations } from '../../src/answer/evaluate/violations.ts'
import type { Answer } from '../../src/corpus.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLibrary } from './library.ts'

let folder: string
let library: Awaited<ReturnType<typeof openLibrary>>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-answer-'))
  library = await openLibrary(folder)
})
afterAll(async () => {
  await library.close()
  await rm(folder, { recursive: true })
})

const DATE = '2023-06-01'
const ask = (question: string, more: object = {}) =>
  library.answer({ question, date: DATE, ...more })
const said = (answer: Answer) => answer.statements.map(({ text }) => text).join('\n')
const noticed = (answer: Answer, kind: string) =>
  answer.notices
    .filter((notice) => notice.kind === kind)
    .map(({ text }) => text)
    .join('\n')

describe('an answer in the articles’ own words', () => {
  test.each([
    ['浚县的小厂接电要交钱吗？', '无需承担接电费用'],
    ['浚县小微企业接电几天能办好？', '3个工作日内办结'],
    ['全市多少家企业靠专利质押贷到款，一共多少钱？', '4.2亿元'],
    ['供电公司客户服务科科长是谁？', '胡立新'],
    ['专利质押贷款单笔最高多少钱？', '3000万元'],
    ['科技大厦什么时候投用？', '2023年12月'],
    ['德州专利质押贷款有多少亿？', '7.9亿元'],
  ])('%s', async (question, words) => {
    const answer = await ask(question)
    expect(answer.status).toBe('answered')
    expect(said(answer)).toContain(words)
  })

  test.each([
    ['浚县接电那篇稿子是哪个记者写的？', '秦小满'],
    ['专利质押贷款那份报告谁执笔的？', '方文山'],
    ['专利质押贷款那份报告的责任编辑是谁？', '温如玉'],
  ])('who made it is told from the credits: %s', async (question, name) => {
    expect(said(await ask(question))).toContain(name)
  })

  test('what is counted off is told whole, an item a statement, and whose it is', async () => {
    expect(said(await ask('唐广平代表对专利质押贷款风险有哪些建议')).split('\n')).toEqual([
      '关于专利质押贷款风险，唐广平代表提出：设立风险补偿资金池。',
      '代表建议：由财政出资2000万元，对银行损失给予补偿。',
      '代表建议：简化评估流程。',
      '代表建议：推行线上登记。',
    ])
  })

  test('a follow-up takes its subject from the conversation', async () => {
    const history = [
      { question: '浚县小微企业怎么接电？', answer: '可通过手机App或到供电营业厅申请。' },
    ]
    const answer = await ask('那要几天？', { history })
    expect(said(answer)).toContain('3个工作日')
    expect(answer.standalone).toBe('浚县小微企业接电要几天？')
    expect(said(answer)).toBe(said(await ask(answer.standalone)))
  })
})

describe('a refusal', () => {
  test.each([
    ['浚县供电营业厅的电话是多少？', 'a telephone number'],
    ['专利质押贷款的年利率是多少？', 'a rate'],
    ['浚县2017年有多少家小微企业用上电？', 'another year'],
    ['西安市的专利质押贷款有多少？', 'another place'],
  ])('%s (%s)', async (question) => {
    const answer = await ask(question)
    expect(answer.status).toBe('not_found')
    expect(answer.statements).toEqual([])
  })

  test('says what was asked, in the question’s own words', async () => {
    const { missing } = await ask('浚县供电营业厅的电话是多少？')
    expect(missing).toEqual(['浚县供电营业厅的电话是多少？'])
  })

  test('of a follow-up says what was asked, as it was understood', async () => {
    const history = [{ question: '浚县供电营业厅在哪里？', answer: '没有说。' }]
    const answer = await ask('电话是多少？', { history })
    expect(answer).toMatchObject({ status: 'not_found', missing: [answer.standalone] })
    expect(answer.standalone).toContain('浚县供电营业厅')
    expect(violations(answer)).toEqual([])
  })

  test('cites what comes near, and says that it is only near', async () => {
    const answer = await ask('全市企业通过专利质押获得贷款的年利率是多少？')
    expect(answer.status).toBe('not_found')
    expect(noticed(answer, 'nearest')).toMatch(/^相近的报道（/)
    expect(answer.citations.length).toBeGreaterThan(0)
  })

  test.each(['', '啊', 'a', '？？', '的的的'])(
    'asked nothing, it answers nothing: %s',
    async (question) => {
      expect((await ask(question || '。')).status).toBe('not_found')
    },
  )

  test('says what it is for where nothing is looked up', async () => {
    const answer = await ask('帮我写一份贷款申请书')
    expect(answer).toMatchObject({ status: 'not_found', citations: [] })
    expect(noticed(answer, 'courtesy')).toContain('不代写')
  })
})

describe('notices', () => {
  test('a wrong figure in the question is corrected by the statement with the printed one', async () => {
    const answer = await ask('德州专利质押贷款增长了35%，对吧？')
    expect(said(answer)).toMatch(/^说法有误，报道写的是：.*21%/m)
    expect(said(answer)).not.toContain('35%')
    expect(answer.notices).toEqual([])
  })

  test('a right claim is not corrected', async () => {
    const answer = await ask('德州专利质押贷款增长了21%，对吧？')
    expect(said(answer)).not.toContain('有误')
    expect(answer.notices).toEqual([])
  })

  test('two figures for the same thing are both shown', async () => {
    const answer = await ask('全市规模以上工业企业到底有多少家？')
    expect(said(answer)).toContain('612家')
    expect(said(answer)).toContain('598家')
    expect(noticed(answer, 'conflict')).toMatch(/612家.*598家|598家.*612家/)
    expect(noticed(answer, 'conflict')).toContain('（2022年11月）')
  })

  test('an answer from elsewhere than where the asker is says so', async () => {
    const answer = await ask('国家级孵化器有几家？', { place: '鹤壁市' })
    expect(noticed(answer, 'place')).toContain('德州市')
  })

  test('words that held for their time say so, years later', async () => {
    const asked = (date: string) => ask('科技大厦什么时候投用？', { date })
    expect(noticed(await asked('2026-01-01'), 'stale')).toBe('“预计”指报道当时，以后可能有变化。')
    expect(noticed(await asked('2023-04-01'), 'stale')).toBe('')
  })

  test('a question that was too long to read says so', async () => {
    const answer = await ask('德州专利质押贷款有多少亿？'.repeat(200))
    expect(noticed(answer, 'scope')).toContain('问题太长')
    expect(answer.question).toHaveLength(LONGEST_QUESTION)
  })
})

describe('a trace', () => {
  test('has what each stage gave, in order, with its time', async () => {
    const { trace = [], ms, citations } = await ask('浚县小微企业接电几天能办好？')
    expect(trace.map(({ stage }) => stage)).toEqual([
      'retrieve',
      'context',
      'words',
      'tell',
      'notices',
    ])
    expect(ms).toBeCloseTo(trace.reduce((sum, stage) => sum + stage.ms, 0))
    const [retrieved, context] = trace
    expect(retrieved).toMatchObject({ standalone: '浚县小微企业接电几天能办好？' })
    expect(context!['passages']).toContain(citations[0]!.passageId)
  })

  test('of what is not looked up says so', async () => {
    const { trace = [] } = await ask('帮我写一份贷款申请书')
    expect(trace).toMatchObject([{ stage: 'courtesy', kind: 'writing' }])
  })
})

const WORDS =
  '浚县 德州 全市 小微企业 用电 接电 专利质押 贷款 规模以上工业企业 科技大厦 多少家 多少钱 谁 什么时候 哪里 怎么办 对吧 ？ ， 35% 612家 2022年 电话 名单 哪几篇 唐广平 代表 没有 增长'.split(
    ' ',
  )

test('whatever is asked, no answer breaks the contract', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 9 }),
      async (words) => {
        const answer = await ask(words.join(''))
        expect(violations(answer)).toEqual([])
      },
    ),
    { numRuns: 150 },
  )
})
