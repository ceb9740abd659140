import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { evaluate } from '../../../src/answer/evaluate/evaluate.ts'
import type { Evaluated } from '../../../src/answer/evaluate/evaluate.ts'
import { evaluateRankings } from '../../../src/answer/evaluate/evaluate-rankings.ts'
import { JudgedQuestion } from '../../../src/answer/evaluate/judged-question.ts'
import { readLastRun, writeLastRun } from '../../../src/answer/evaluate/last-run.ts'
import { reportText } from '../../../src/answer/evaluate/report.ts'
import { changed, summarize } from '../../../src/answer/evaluate/summary.ts'
import { openLibrary } from '../library.ts'

const QUESTIONS = [
  {
    id: 'right',
    kind: 'figure',
    question: '德州专利质押贷款有多少亿？',
    must_contain: ['7.9亿元'],
    evidence: [{ file: 'elsewhere.txt', quote: '德州市专利质押贷款达到7.9亿元' }],
  },
  {
    id: 'wording',
    kind: 'figure',
    question: '德州专利质押贷款有多少亿？',
    must_contain: ['8亿元'],
    evidence: [{ file: 'elsewhere.txt', quote: '德州市专利质押贷款达到7.9亿元' }],
  },
  {
    id: 'retrieval',
    kind: 'who',
    question: '德州专利质押贷款有多少亿？',
    must_contain: ['无'],
    evidence: [{ file: 'none.txt', quote: '哪里也没有这句话啊' }],
  },
  {
    id: 'selection',
    kind: 'who',
    question: '供电公司客户服务科科长是谁？',
    must_contain: ['零投资'],
    evidence: [{ file: 'power.txt', quote: '浚县对用电容量160千瓦以下的小微企业实行零投资接电' }],
  },
  { id: 'refusal', kind: 'unanswerable', question: '供电公司客户服务科科长是谁？' },
].map((question) => JudgedQuestion.parse({ date: '2023-06-01', ...question }))

let folder: string
let library: Awaited<ReturnType<typeof openLibrary>>
let evaluated: Evaluated[]
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-evaluate-'))
  library = await openLibrary(folder)
  evaluated = await evaluate(QUESTIONS, {
    answer: library.answer,
    passages: (articleId) => library.index.passages(articleId),
  })
})
afterAll(async () => {
  await library.close()
  await rm(folder, { recursive: true })
})

test('says at which stage an answer went wrong', () => {
  expect(evaluated.map(({ judged, stage }) => [judged.id, stage])).toEqual([
    ['right', null],
    ['wording', 'wording'],
    ['retrieval', 'retrieval'],
    ['selection', 'picking'],
    ['refusal', 'refusal'],
  ])
})

test('counts by kind and by stage', () => {
  const summary = summarize(evaluated)
  expect(summary).toMatchObject({
    questions: 5,
    right: { of: 4, have: 1 },
    rightlyRefused: { of: 1, have: 0 },
    kinds: { figure: { of: 2, have: 1 }, who: { of: 2, have: 0 } },
    stages: { wording: 1, retrieval: 1, picking: 1, refusal: 1 },
  })
  expect(summary.wrong.map(({ id }) => id)).toEqual([
    'wording',
    'retrieval',
    'selection',
    'refusal',
  ])
})

test('tells what got better and worse since the last run, of what both asked', () => {
  const ids = QUESTIONS.map(({ id }) => id)
  const last = {
    ids: ['right', 'wording', 'selection', 'gone'],
    wrong: ['right', 'selection', 'gone'],
  }
  expect(changed(summarize(evaluated), ids, last)).toEqual({
    worse: ['wording'],
    better: ['right'],
  })
})

test('reports in a terminal', () => {
  const text = reportText(
    summarize(evaluated),
    { worse: ['wording'], better: [] },
    { failures: true },
  )
  expect(text).toMatch(/right +1\/4 = 25\.0%/)
  expect(text).toMatch(/WORSE: +wording/)
  expect(text).toContain('wording [figure, wording] 德州专利质押贷款有多少亿？ — lacks 8亿元')
})

describe('the last run', () => {
  test('is kept in a file', async () => {
    const file = join(folder, 'eval', 'run.json')
    expect(await readLastRun(file)).toBeNull()
    await writeLastRun(file, { ids: ['a'], wrong: [] })
    expect(await readLastRun(file)).toEqual({ ids: ['a'], wrong: [] })
  })
})

test('rankings are measured by where their evidence stands', async () => {
  const summary = await evaluateRankings(QUESTIONS, library.retrieve)
  expect(summary.questions).toBe(4)
  expect(summary.someAt[1]).toBe(0.75)
  expect(summary.missed).toEqual(['retrieval'])
  expect(summary.mrr).toBeCloseTo(0.75)
  expect(summary.ndcg10).toBeCloseTo(0.75)
})
