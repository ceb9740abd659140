import { describe, expect, test } from 'vitest'
import { type Weights, readWeights } from '../../../../src/answer/pick/learned/weights.ts'
import { createPickByWeights } from '../../../../src/answer/pick/learned/pick.ts'
import { partsOf } from '../../../../src/answer/pick/learned/parts.ts'
import { type Printed, requestFor } from './seen.ts'

const WEIGHTS = readWeights()

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

/** The learned weight of one feature and no other, as it is or turned round. */
function alone(name: string, turn: 1 | -1): Weights {
  const learned = WEIGHTS.choice.features[name]!
  const choice = { bias: 0, features: { [name]: { ...learned, weight: turn * learned.weight } } }
  return eager({ ...WEIGHTS, choice })
}

const Q = '先锋贷的额度是多少？'
const ANSWER = '先锋贷的额度为每户50万元，三年内还清。'

describe('by the learned weight of a feature alone the answer comes first; turned round it does not', () => {
  test.each<[string, string, readonly (string | Printed)[]]>([
    ['focus', Q, ['先锋贷由市农商行发放，很受大家欢迎。', ANSWER]],
    ['words', Q, [FILLER, ANSWER]],
    ['withHead', Q, [FILLER, { headline: '先锋贷', text: ANSWER }]],
    ['near20', Q, [FILLER, ANSWER]],
    ['gives', Q, ['先锋贷的额度大家都说好，很受养殖户欢迎。', ANSWER]],
    ['question', Q, ['先锋贷的额度是多少，怎么申请？', ANSWER]],
    ['endsInHeading', Q, ['（责任单位：市财政局）四、提高先锋贷的额度。', ANSWER]],
    ['score', Q, [ANSWER, '先锋贷的额度为每户60万元，三年内还清。']],
    ['namesMissing', '“先锋贷”的额度是多少？', ['创业者贷款的额度为每户60万元。', ANSWER]],
  ])('%s', (name, question, articles) => {
    expect(toldIn(question, articles, alone(name, 1)).told[0]).toContain('每户50万元')
    expect(toldIn(question, articles, alone(name, -1)).told[0]).not.toContain('每户50万元')
  })

  test('and by all of them', () => {
    const articles = [FILLER, '先锋贷由市农商行发放，很受大家欢迎。', ANSWER]
    expect(toldIn(Q, articles, eager()).told[0]).toContain('每户50万元')
  })
})

/** Nothing is likely enough to be told. */
const careful = (near: number): Weights => ({
  ...WEIGHTS,
  thresholds: { ...WEIGHTS.thresholds, likely: 1, near },
})

test('what nothing answers is refused, with the whole sentence that comes next where it is on the topic', () => {
  const { picks, nearest, probability } = toldIn(Q, [ANSWER, FILLER], careful(0))
  expect(picks).toMatchObject({ status: 'not_found', statements: [], missing: [Q] })
  expect(nearest).toEqual([1, 2])
  expect(toldIn(Q, [ANSWER, FILLER], careful(1)).nearest).toBeNull()
  const other = toldIn('公积金的贷款利率是几个点？', [FILLER, '市民广场的花开了，游客很多。'])
  expect(other.picks.status).toBe('not_found')
  expect(other.nearest).toBeNull()
  expect(probability).toBeGreaterThan(other.probability)
})

test('who names an article is told of it, however unlikely that answers', () => {
  const articles = [
    { headline: '春茶上市', text: '青湾春茶开采，茶农忙着采摘。' },
    { headline: '先锋贷惠及茶农', text: '茶农盼来好消息。' },
  ]
  const { told, picks } = toldIn('关于春茶，《先锋贷惠及茶农》讲了什么内容？', articles, careful(1))
  expect(picks.status).toBe('answered')
  expect(told).toEqual(['茶农盼来好消息'])
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
