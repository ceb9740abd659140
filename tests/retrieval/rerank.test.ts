import { idf } from '../../src/retrieval/bm25.ts'
import { describe, expect, test } from 'vitest'
import type { Hit } from '../../src/retrieval/passage-index.ts'
import { rerank } from '../../src/retrieval/rerank.ts'
import { termsOf } from '../../src/retrieval/tokens.ts'
import { understand } from '../../src/retrieval/understand.ts'
import { weighUnits } from '../../src/retrieval/weigh.ts'
import { batchOf } from '../support/passages.ts'

interface Given {
  text: string
  headline?: string
  place?: string[]
  date?: string
  part?: 'head' | 'body'
}

const filling =
  '，会议还研究了其他事项，要求各级各部门抓好落实，确保各项任务圆满完成，不断开创工作新局面'

/** Passages that an index found equally good, in a new order. */
function ordered(question: string, given: readonly Given[]) {
  const hits = given.map(({ text, headline, place, date, part = 'body' }, i): Hit => {
    const [passage] = batchOf({
      id: `a${i}`,
      source: `${i}.txt`,
      body: [text],
      ...(headline !== undefined && { headline }),
      ...(place && { place }),
      ...(date !== undefined && { date }),
    }).passages
    return { score: 10, parts: { bm25: 10 }, passage: { ...passage!, part } }
  })
  const understood = understand({ question, date: '2024-05-01' })
  const of = new Map(
    understood.units
      .flatMap(({ text, others }) => [text, ...others])
      .flatMap(termsOf)
      .map((t) => [t, idf(100, 2)]),
  )
  return rerank(hits, understood, weighUnits(understood.units, { of, nowhere: idf(100, 0) }))
}

const first = (question: string, ...given: Given[]) => ordered(question, given)[0]!.passage.text

const henan = ['河南省', '濮阳市']
const shandong = ['山东省', '聊城市']

test.each<[string, string, Given, Given]>([
  [
    'words near each other beat the same words far apart',
    '专利质押贷款多少钱',
    { text: `专利质押贷款2亿元${filling}` },
    { text: `专利工作${filling}${filling}质押${filling}贷款2亿元` },
  ],
  [
    'more of the question beats less',
    '台前专精特新贷款余额',
    { text: '专精特新企业贷款余额36亿元' },
    { text: '专精特新企业36家，产值2亿元' },
  ],
  [
    'official words for everyday ones count',
    '厂子接电要几天',
    { text: '企业用电报装3天办完' },
    { text: '学校招生3天办完' },
  ],
  [
    'the place asked about beats another',
    '濮阳用水报装几天',
    { text: '用水报装不超过5个工作日', place: henan },
    { text: '用水报装几天？用水报装不超过3个工作日', place: shandong },
  ],
  [
    'a county of the city asked about is in it',
    '濮阳用水报装几天',
    { text: '用水报装不超过5个工作日', place: [...henan, '台前县'] },
    { text: '用水报装不超过5个工作日', place: shandong },
  ],
  [
    'a year that is named',
    '2022年专利质押贷款多少',
    { text: '2022年专利质押贷款2亿元' },
    { text: '2021年专利质押贷款3亿元' },
  ],
  [
    'last year in an article of the year after',
    '2022年专利质押贷款多少',
    { text: '去年专利质押贷款2亿元', date: '2023-03' },
    { text: '去年专利质押贷款2亿元', date: '2021-03' },
  ],
  [
    'what has a figure where one is wanted',
    '专利质押贷款多少钱',
    { text: '专利质押贷款20亿元' },
    { text: '专利质押贷款受欢迎' },
  ],
  [
    'a headline with the words',
    '专利质押贷款多少钱',
    { text: '总额2亿元', headline: '专利质押贷款增长' },
    { text: '总额2亿元', headline: '召开常务会议' },
  ],
  [
    'text rather than a head',
    '专利质押贷款多少钱',
    { text: '专利质押贷款2亿元' },
    { text: '专利质押贷款2亿元', part: 'head' },
  ],
])('%s', (_name, question, better, worse) => {
  expect(first(question, worse, better)).toBe(better.text)
  expect(first(question, better, worse)).toBe(better.text)
})

test('a head is as good as any when asking who wrote it', () => {
  const [head] = ordered('氢能那篇报告谁执笔', [
    { text: '氢能产业调研报告 卢某〔执笔〕', part: 'head' },
    { text: '氢能产业持续发展' },
  ])
  expect(head!.passage.part).toBe('head')
})

describe('each result', () => {
  const results = ordered('濮阳专利质押贷款多少钱', [
    { text: '专利质押贷款2亿元', place: henan },
    { text: '专利工作', place: shandong },
  ])

  test('has a score that is the sum of its parts', () => {
    for (const { score, parts } of results) {
      expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(score)
    }
  })

  test('says how much of the question it has, and what it lacks', () => {
    const [best, worst] = results
    expect(best!.coverage).toBeGreaterThan(worst!.coverage)
    expect(best!.lacking).toEqual([])
    expect(worst!.lacking).toContain('质押贷款')
  })
})

test('a figure is not found within another', () => {
  const [result] = ordered('20家企业', [{ text: '2022年企业' }])
  expect(result!.lacking).toContain('20')
})

test('nothing found stays nothing', () => expect(ordered('专利', [])).toEqual([]))
