import { expect, test } from 'vitest'
import { askedMeasure, gives, wantsOf, type Want } from '../../src/retrieval/wants.ts'

test.each<[string, Want]>([
  ['哪儿能打个咨询电话', 'phone'],
  ['啥时候能用上', 'date'],
  ['批下来得几天', 'duration'],
  ['建一座站得砸多少钱', 'amount'],
  ['研发投入占比多高', 'share'],
  ['签约的有几家', 'figure'],
  ['那篇稿子是谁写的', 'who'],
  ['在哪个窗口申请', 'where'],
  ['厂子怎么接电', 'how'],
  ['都有哪些老字号', 'list'],
  ['为啥招不到人', 'why'],
  ['要不要交滞纳金', 'yesno'],
])('%s wants: %s', (question, want) => expect(wantsOf(question)).toContain(want))

test.each([
  ['什么意思', 'yesno'],
  ['给我介绍介绍氢能', 'figure'],
] as const)('%s does not want: %s', (question, want) => {
  expect(wantsOf(question)).not.toContain(want)
})

test.each<[Want, string, boolean]>([
  ['amount', '奖励300万元', true],
  ['amount', '奖励300人', false],
  ['share', '压缩20%', true],
  ['phone', '推进12351热线', true],
  ['duration', '5个工作日', true],
  ['duration', '第5期', false],
  ['how', '什么都可以', true],
])('%s given by %s: %s', (want, text, expected) => expect(gives(want, text)).toBe(expected))

test.each([
  ['签约的有多少家', '签约12家企业', '签约12亿元'],
  ['线上对接会办了几回', '举办对接会14场', '对接14家'],
  ['要花多少钱', '投资2000余万元', '投资2000户'],
  ['干完几成了', '完成总进度的75%', '完成75个'],
  ['住了多少人', '常住人口二十余名', '常住二十年'],
  ['几天能批下来', '3个工作日内完成', '3个环节'],
])('%s is counted by %s and not by %s', (question, counted, other) => {
  const measure = askedMeasure(question)!
  expect(measure.test(counted)).toBe(true)
  expect(measure.test(other)).toBe(false)
})

test('nothing is counted where nobody asks how many', () => {
  expect(askedMeasure('厂子怎么接电')).toBeUndefined()
})
