import { describe, expect, test } from 'vitest'
import { exchangedPivot } from '../../../src/answer/verify/exchanged.ts'

describe('a word exchanged in what else repeats the quote', () => {
  test.each([
    [
      '2022年，全市专利权质押融资总额3.51亿元',
      '2021年，全市专利权质押融资总额3.51亿元；2022年增长',
      'figure',
    ],
    ['产值和用电量分别增长19.6%、7.3%', '产值和用电量分别增长7.3%、19.6%', 'figure'],
    ['濮阳市派人赴聊城市考察学习', '聊城市派人赴濮阳市考察学习', 'name'],
    [
      '“惠企贷”面向科技企业开放，“科技贷”不限行业',
      '“科技贷”面向科技企业开放，“惠企贷”不限行业',
      'name',
    ],
    ['对认定的市级中试基地奖励', '对认定的省级中试基地奖励，此外，市级也有', 'extent'],
    ['亿元以下项目不断增多', '亿元以上项目不断增多', 'extent'],
    ['形成引领全国发展的增长极', '形成引领全市发展的增长极，全国瞩目', 'extent'],
    ['已经建成投产储气库', '计划建成投产储气库，已经开工', 'plan'],
    ['降低报告的共享率', '提高报告的共享率，降低成本', 'direction'],
  ])('%s', (said, quote, kind) => {
    expect(exchangedPivot(said, [quote])?.kind).toBe(kind)
  })
})

test.each([
  ['another form of the same figure', '融资28600万元用于生产', '融资2.86亿元用于生产'],
  ['another word for the same way', '审批时间缩短20%', '审批时间压缩20%'],
  ['one of two places agrees', '全市规上企业增长5%', '全市规上企业增长4%，次年全市规上企业增长5%'],
  ['a clause worded anew', '有20家企业融资', '全市30家企业通过质押获得融资'],
  ['a bare figure', '2022年', '2021年'],
])('%s is none', (_, said, quote) => {
  expect(exchangedPivot(said, [quote])).toBeNull()
})
