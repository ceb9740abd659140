import { expect, test } from 'vitest'
import { fitChoice, fitProbability } from '../../../../src/learn/fit.ts'
import { parseJudged } from '../../../../src/answer/pick/learned/learn/judged.ts'
import { type Example, learn } from '../../../../src/answer/pick/learned/learn/learn.ts'
import { Weights } from '../../../../src/answer/pick/learned/weights.ts'
import { probability, scorer } from '../../../../src/learn/linear.ts'
import { requestFor } from './seen.ts'

const THINGS = [
  '先锋贷',
  '创业贷',
  '惠农贷',
  '科技贷',
  '专利贷',
  '电商贷',
  '花卉贷',
  '鲜花贷',
  '羽绒贷',
  '绿电贷',
]

function examples(): Example[] {
  return THINGS.flatMap((thing, i) => {
    const articles = [
      `${thing}由市农商行发放，很受欢迎。${thing}的额度为${i + 2}0万元。申请者要有场地。`,
      '全市气温回升。各县开始春耕。',
    ]
    const of = (question: string, judged: object): Example => ({
      set: 'things',
      weight: 1,
      judged: parseJudged({ id: `${thing}${question}`, question, ...judged }),
      ...requestFor(question, articles),
    })
    return [
      of(`${thing}的额度是多少？`, { answers: [`${i + 2}0万元`], doc_ids: ['a0'] }),
      of('公积金能贷多少？', { answers: [], doc_ids: [] }),
    ]
  })
}

test('learns to tell what answers, and the same each time', () => {
  const first = learn(examples())
  expect(learn(examples())).toEqual(first)
  const about = { made: '', from: [], heldOut: first.heldOut }
  expect(() => Weights.parse({ about, ...first.weights })).not.toThrow()
  expect(first.heldOut['things']).toMatchObject({ asked: 10, unanswerable: 10 })
  expect(first.heldOut['things']!['auroc']).toBeGreaterThan(0.8)
})

test('a choice learns which of several rows is right', () => {
  const groups = [0, 1, 2].map((i) => ({
    rows: [
      [1, i],
      [0, i],
    ],
    right: [1, 0],
    weight: 1,
  }))
  const score = scorer(fitChoice(groups, ['telling', 'idle'], { penalty: 0.01 }), [
    'telling',
    'idle',
  ])
  expect(score([1, 0])).toBeGreaterThan(score([0, 5]))
})

test('a probability learns how often a row is right', () => {
  const rows = Array.from({ length: 40 }, (_, i) => ({ row: [i % 2], right: i % 4 > 0, weight: 1 }))
  const model = fitProbability(rows, ['odd'], { penalty: 1e-4, steps: 800 })
  const score = scorer(model, ['odd'])
  expect(probability(score([1]))).toBeGreaterThan(0.9)
  expect(probability(score([0]))).toBeCloseTo(0.5, 1)
})
