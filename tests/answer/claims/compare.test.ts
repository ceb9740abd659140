import { describe, expect, test } from 'vitest'
import { compareAll } from '../../../src/answer/claims/compare.ts'
import { windowOf } from './windows.ts'

const compare = (claim: string, ...printed: string[]) =>
  compareAll(
    claim,
    printed.map((text) => windowOf(text)),
  )[0]!

const LOANS =
  '截至10月底，全市35家企业通过专利质押获得贷款4.2亿元，涉及专利126件，其中小微企业28家、大型企业7家。'

describe('found: a cut, or one that differs in form', () => {
  test.each<[string, string, string]>([
    ['the whole sentence', LOANS, LOANS],
    ['pieces left out', LOANS, '截至10月底，全市35家企业通过专利质押获得贷款4.2亿元。'],
    [
      'the end of a list left out',
      LOANS,
      '截至10月底，全市35家企业通过专利质押获得贷款4.2亿元，涉及专利126件，其中小微企业28家。',
    ],
    ['other marks', LOANS, '截至10月底,全市35家企业通过专利质押获得贷款4.2亿元'],
    ['traditional letters', LOANS, '截至10月底，全市35家企業通過專利質押獲得貸款4.2億元。'],
    ['Chinese numerals', LOANS, '截至十月底，全市三十五家企业通过专利质押获得贷款42000万元。'],
    ['the name of the city', LOANS, '截至10月底，鹤壁市35家企业通过专利质押获得贷款4.2亿元。'],
    ['the year', '今年以来，我市新建厂房12座。', '2022年以来，鹤壁市新建厂房12座。'],
    ['the year of a month', '今年5月，水厂投用。', '2022年5月，水厂投用。'],
    ['an enumerator', '二是建立风险补偿资金池，规模2000万元。', '建立风险补偿资金池，规模2000万元'],
    [
      'the number of an item',
      '（二）建立风险补偿资金池，规模2000万元。',
      '建立风险补偿资金池，规模2000万元',
    ],
    ['a byline', '本报讯（记者 秦小满）3月8日，浚县新建水厂2座。', '3月8日，浚县新建水厂2座。'],
    ['why it is done', '为方便群众办事，大厅设了6个窗口。', '大厅设了6个窗口。'],
    [
      'two sentences',
      '浚县水厂3月开工。总投资1.2亿元，日供水5万吨。',
      '浚县水厂3月开工。总投资1.2亿元。',
    ],
    ['an hour with a colon', '大厅每天9：00开门，周末不休息。', '大厅每天9:00开门，周末不休息'],
  ])('%s', (_name, printed, claim) =>
    expect(compare(claim, printed)).toMatchObject({ verdict: 'found', differences: [] }),
  )
})

describe('changed: the very words', () => {
  test.each<[string, string, string, string, string]>([
    [
      'a figure',
      LOANS,
      '截至10月底，全市35家企业通过专利质押获得贷款4.7亿元。',
      '4.7亿元',
      '4.2亿元',
    ],
    [
      'a figure in other notation',
      LOANS,
      '截至10月底，全市五十三家企业通过专利质押获得贷款4.2亿元。',
      '五十三家',
      '35家',
    ],
    ['a unit', '日供水5万吨，投资1亿元。', '日供水5万立方米，投资1亿元。', '立方米', '吨'],
    ['a bound', '中心已服务企业近200家，覆盖全县。', '中心已服务企业200家，覆盖全县。', '', '近'],
    [
      'a name',
      '村党支部书记秦广生介绍，大棚有40座。',
      '村党支部书记耿玉山介绍，大棚有40座。',
      '耿玉山',
      '秦广生',
    ],
    [
      'a company',
      '6月1日，豫泰农商银行发放贷款300万元。',
      '6月1日，豫丰农商银行发放贷款300万元。',
      '豫丰',
      '豫泰',
    ],
    ['a thing', '全县新增商标35件，居全市第一。', '全县新增专利35件，居全市第一。', '专利', '商标'],
    ['a place', '浚县建成粮库6座，仓容3万吨。', '淇县建成粮库6座，仓容3万吨。', '淇县', '浚县'],
    [
      'the county of a city',
      '鹤壁新建粮库6座，仓容3万吨。',
      '鹤山区新建粮库6座，仓容3万吨。',
      '鹤山区',
      '鹤壁',
    ],
    ['a day', '9月8日，首座加氢站投用。', '9月18日，首座加氢站投用。', '9月18日', '9月8日'],
    [
      'a year that is not the paper’s',
      '去年，全市建成粮库6座。',
      '2022年，全市建成粮库6座。',
      '2022年',
      '去年',
    ],
    [
      'a time of day',
      '大厅上午办理社保业务，不用预约。',
      '大厅下午办理社保业务，不用预约。',
      '下午',
      '上午',
    ],
    [
      'a negation left out',
      '小微企业无需承担接电费用，3日办结。',
      '小微企业需承担接电费用，3日办结。',
      '需',
      '无需',
    ],
    [
      'a negation put in',
      '遗留问题已解决，项目复工。',
      '遗留问题未解决，项目复工。',
      '未解决',
      '已解决',
    ],
    [
      'the contrary',
      '工业投资同比增长9.8%，居全省前列。',
      '工业投资同比下降9.8%，居全省前列。',
      '下降',
      '增长',
    ],
    [
      'a plan told as done',
      '先进成果拟在鹤壁落地转化，涉及12个项目。',
      '先进成果在鹤壁落地转化，涉及12个项目。',
      '',
      '拟',
    ],
    [
      'a condition left out',
      '对租用厂房的，给予每平方米5元补贴。',
      '给予每平方米5元补贴。',
      '',
      '对租用厂房的',
    ],
    [
      'an exception left out',
      '除节假日外，大厅每天办理业务。',
      '大厅每天办理业务。',
      '',
      '除节假日外',
    ],
    [
      'a time left out',
      '2021年，全市建成粮库6座，仓容3万吨。',
      '全市建成粮库6座，仓容3万吨。',
      '',
      '2021年',
    ],
    [
      'another subject’s',
      '甲公司投资3亿元，豫北钢铁公司投资2亿元，年产5万吨。',
      '甲公司投资3亿元，年产5万吨。',
      '',
      '豫北钢铁公司投资2亿元',
    ],
    ['who says so', '代表们表示，财政出资2000万元。', '财政出资2000万元。', '', '代表们表示'],
  ])('%s', (_name, printed, claim, claimed, stands) => {
    const { verdict, differences } = compare(claim, printed)
    expect(verdict).toBe('changed')
    expect(differences).toSatisfy(
      (all: typeof differences) =>
        all.some((d) => d.claimed.includes(claimed) && d.printed.includes(stands)),
      JSON.stringify(differences),
    )
  })

  test('both a word that differs and a condition left out', () =>
    expect(
      compare('给予每平方米8元补贴。', '对租用厂房的，给予每平方米5元补贴。').differences,
    ).toEqual([
      { claimed: '8元', printed: '5元' },
      { claimed: '', printed: '对租用厂房的' },
    ]))
})

describe('neither', () => {
  test.each<[string, string, string]>([
    ['another verb', '全县推进项目建设，开工12个。', '全县规范项目建设，开工12个。'],
    ['a question', '大厅每天9点开门。', '大厅每天9点开门？'],
    ['a clause of its own', '大厅每天9点开门。', '大厅每天9点开门，还给大家准备了热茶和点心'],
    ['another order', '全市建成粮库，投资3亿元。', '投资3亿元，全市建成粮库。'],
    ['half a piece', '全市建成国家储备粮库和物流中心。', '建成国家储备粮库'],
    [
      'half a word',
      '今年5月份，为便利开店，在城南新区推出新办法，使新入驻商户开店“当天办结”，无需承担任何费用。',
      '聊城新区新入驻商户开店当天办结',
    ],
    ['other words', LOANS, '三十多家公司把专利押给银行借到了钱'],
  ])('%s', (_name, printed, claim) => expect(compare(claim, printed).verdict).toBe('other'))
})

test('the closest sentence is compared', () =>
  expect(
    compare('浚县建成粮库6座。', '淇县建成粮库6座。', '浚县建成粮库6座。', '浚县建成粮库9座。'),
  ).toMatchObject({ verdict: 'found', sentences: [{ text: '浚县建成粮库6座。' }] }))

test('only sentences that the claim repeats are cited', () =>
  expect(compare('水厂3月开工。', '水厂3月开工。总投资1.2亿元。').sentences).toHaveLength(1))

test('a row of a table is told with its labels', () => {
  const row = windowOf('工业投资 亿元 12.5', { kind: 'table' })
  expect(compareAll('工业投资12.5亿元', [row])[0]!.verdict).not.toBe('found')
  expect(compareAll('工业投资 亿元 12.5', [row])[0]!.verdict).toBe('found')
  expect(compareAll('工业投资 亿元 13.5', [row])[0]).toMatchObject({
    verdict: 'changed',
    differences: [{ claimed: '13.5', printed: '12.5' }],
  })
})
