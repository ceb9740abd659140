import { describe, expect, test } from 'vitest'
import { type Weights, WEIGHTS } from '../../../../src/answer/pick/learned/model.ts'
import { createPickByWeights } from '../../../../src/answer/pick/learned/pick.ts'
import { partsOf } from '../../../../src/answer/pick/learned/parts.ts'
import { type Printed, requestFor } from './seen.ts'

function toldIn(
  question: string,
  articles: readonly (string | Printed)[],
  weights: Weights = WEIGHTS,
) {
  const request = requestFor(question, articles)
  const pick = createPickByWeights(weights)(request)
  const text = (n: number) => {
    const { sentence, index } = request.context.at(n)!
    const { start, end } = sentence.pieces[index]!
    return sentence.text.slice(start, end)
  }
  return { ...pick, told: pick.picks.statements.map((list) => list.map(text).join('，')) }
}

const FILLER = '全市气温回升，各县开始春耕，农户忙着播种。'
/** Everything is told and nothing refused, so that the order alone is seen. */
const eager = (weights: Weights = WEIGHTS): Weights => ({
  ...weights,
  thresholds: { ...weights.thresholds, likely: 0, more: 1.1 },
})

function swapped(name: string): Weights {
  const before = WEIGHTS.choice.features[name]!
  const features = { ...WEIGHTS.choice.features, [name]: { ...before, weight: -6 * before.weight } }
  return { ...WEIGHTS, choice: { ...WEIGHTS.choice, features } }
}

const Q = '先锋贷的额度是多少？'
const ANSWER = '先锋贷的额度为每户50万元，三年内还清。'

describe('the best sentence comes first; with a weight turned round it does not', () => {
  test.each<[string, string, readonly (string | Printed)[], string]>([
    ['focus', Q, ['先锋贷由市农商行发放，很受大家欢迎。', ANSWER], '先锋贷的额度为每户50万元'],
    ['words', Q, [FILLER, ANSWER], '先锋贷的额度为每户50万元'],
    ['gives', Q, ['先锋贷的额度大家都说好，很受养殖户欢迎。', ANSWER], '先锋贷的额度为每户50万元'],
    ['question', Q, ['先锋贷的额度是多少，怎么申请？', ANSWER], '先锋贷的额度为每户50万元'],
    ['score', Q, [ANSWER, '先锋贷的额度为每户60万元，三年内还清。'], '先锋贷的额度为每户50万元'],
  ])('%s', (name, question, articles, told) => {
    expect(toldIn(question, articles, eager()).told[0]).toContain(told)
    expect(toldIn(question, articles, eager(swapped(name))).told[0]).not.toContain(told)
  })
})

/** Nothing is likely enough to be told. */
const careful = (near: number): Weights => ({
  ...WEIGHTS,
  thresholds: { ...WEIGHTS.thresholds, likely: 1, near },
})

test('what nothing answers is refused, with the whole sentence that comes next where it is on the topic', () => {
  const { picks, nearest, probability } = toldIn(Q, [ANSWER, FILLER], careful(0))
  expect(picks).toMatchObject({ status: 'not_found', statements: [], missing: [] })
  expect(nearest).toEqual([1, 2])
  expect(toldIn(Q, [ANSWER, FILLER], careful(1)).nearest).toBeNull()
  const other = toldIn('公积金的贷款利率是几个点？', [FILLER, '市民广场的花开了，游客很多。'])
  expect(other.picks.status).toBe('not_found')
  expect(other.nearest).toBeNull()
  expect(probability).toBeGreaterThan(other.probability)
})

test('nothing is picked of nothing', () => {
  const { picks, nearest } = toldIn(Q, [])
  expect(picks.status).toBe('not_found')
  expect(nearest).toBeNull()
})

test('says why: what each feature brought, of those told and those that came next', () => {
  const considered = toldIn(Q, [ANSWER, FILLER]).explain()
  expect(considered.map(({ told }) => told)).toEqual([true, false])
  const [told] = considered
  const names = told!.features.map(({ name }) => name)
  expect(names).toContain('focus')
  const sum = told!.features.reduce((all, { brought }) => all + brought, 0)
  expect(sum + WEIGHTS.choice.bias).toBeCloseTo(told!.score, 6)
})

test('of a long sentence only the clauses that belong to the answer are told', () => {
  const long = `${'市农商行今年走村入户开展宣传活动，'.repeat(9)}先锋贷的额度为每户50万元，${'各乡镇干部群众参加了活动，'.repeat(5)}受到欢迎。`
  const weights = { ...eager(), thresholds: { ...eager().thresholds, clause: 0.5, whole: 60 } }
  const [told] = toldIn(Q, [long], weights).told
  expect(told).toContain('先锋贷的额度为每户50万元')
  expect(told!.length).toBeLessThan(long.length / 2)
})

test.each([
  ['什么时候办，要交多少钱？', ['什么时候办', '要交多少钱']],
  ['额度是多少，行吗？', []],
  ['企业复工后，额度是多少？', []],
])('the parts of %s', (question, parts) => {
  expect(partsOf(question).map(({ text }) => text)).toEqual(parts)
})
