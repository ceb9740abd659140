import { describe, expect, test } from 'vitest'
import { exchangedPivot, exchangedWord } from '../../../src/answer/verify/exchanged.ts'

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
    ['全市固定资产投资环比增长15.5%', '全市固定资产投资同比增长15.5%', 'extent'],
    ['去年1—11月，全市专利授权量', '今年1—11月，全市专利授权量', 'figure'],
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

describe('another word in a clause that else repeats the quote', () => {
  test.each([
    ['全市商标授权量11335件', '全市专利授权量11335件'],
    ['向全市重点企业收缴车辆通行证', '为全市重点企业发放车辆通行证'],
    ['市公安、交通部门联手为企业发放通行证', '市工信、交通部门联手为企业发放通行证'],
    ['协议出让的土地必须达到基本条件', '公开出让的土地必须达到基本条件'],
    ['工业企业亩均利润最高为15.2万元/亩', '工业企业平均亩均税收最高为15.2万元/亩'],
    ['台前县大型企业贷款余额达36.9亿元', '台前县中小企业贷款余额达36.9亿元'],
  ])('%s', (said, quote) => {
    expect(exchangedWord(said, [quote], [])).not.toBeNull()
  })

  test.each([
    ['a word that means the same', '审批时间缩短20%', '审批时间压缩20%'],
    ['words that say nothing', '带动33家企业成为高新技术企业', '带动33家企业晋级高新技术企业'],
    ['another negation', '企业不用承担报装和建设费用', '企业无需承担报装和建设费用'],
    ['a word that the quote has elsewhere', '全市专利授权量11335件', '全市授权量11335件，均为专利'],
    ['a name beside the quote', '濮阳市固定资产投资增长5%', '全市固定资产投资增长5%'],
  ])('%s is none', (_, said, quote) => {
    expect(exchangedWord(said, [quote], ['濮阳市'])).toBeNull()
  })
})
