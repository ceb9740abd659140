import { expect, test } from 'vitest'
import { wantsOf } from '../../../../src/answer/pick/words/wants.ts'

const kinds = (question: string) => wantsOf(question).map(({ kind }) => kind)

test.each([
  ['电话是多少', ['phone']],
  ['年利率几个点', ['rate']],
  ['把企业名单列一下', ['names']],
  ['要准备哪些材料', ['materials']],
  ['这些材料里写了什么', ['list']],
  ['那篇报道谁写的', ['writer']],
  ['责任编辑是谁', ['editor']],
  ['局长是哪位', ['person']],
  ['位置在哪条路', ['address']],
  ['哪天开会', ['day']],
  ['几月份开始', ['month']],
  ['什么时候投产', ['date']],
  ['几天能办好', ['duration']],
  ['全省排第几', ['rank']],
  ['占比多少', ['share']],
  ['贷了多少钱', ['money']],
  ['有多少家企业', ['count']],
  ['哪个窗口办', ['office']],
  ['是什么意思', ['meaning']],
  ['为什么停了', ['reason']],
  ['怎么申请', ['how']],
  ['能不能网上办', ['whether']],
])('%s asks for %j', (question, expected) => {
  expect(kinds(question)).toEqual(expected)
})

test('a question of two parts asks for two things', () => {
  expect(kinds('有多少家企业贷到款，一共多少钱？')).toEqual(['count', 'money'])
})

test('a yes-or-no tail asks nothing beside a pointed question', () => {
  expect(kinds('贷了多少钱，是不是？')).toEqual(['money'])
})

test.each(['几家一起办行吗', '这几篇都提到了', '好几笔坏账'])('%s counts nothing', (question) => {
  expect(kinds(question)).not.toContain('count')
})

test.each([
  ['有多少家', '家'],
  ['几件提案', '件'],
  ['有多少', null],
])('the classifier of %s is %s', (question, unit) => {
  expect(wantsOf(question)[0]?.unit).toBe(unit)
})

test.each([
  ['在哪个酒店', '酒店'],
  ['哪个投得多', null],
  ['哪个地方', null],
])('the thing asked for in %s is %s', (question, noun) => {
  expect(wantsOf(question)[0]?.noun ?? null).toBe(noun)
})
