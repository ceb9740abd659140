import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { checkFigures } from '../../../src/answer/verify/check-figures.ts'
import { misplacedFigure } from '../../../src/answer/verify/attachment.ts'

const cited = (quote: string, date: string | null = null) => ({ quote, date: { value: date } })

describe('stands as printed', () => {
  test.each([
    ['20家企业', '全市20家企业'],
    ['融资2.86亿元', '质押融资 2.86亿元'],
    ['２０家企业', '全市20家企业'],
    ['1—4月', '1 至 4月'],
    ['10月19日', '2022年10月19日'],
    ['电话12351', '推进12351维权服务热线'],
    ['6.3、6.0、6.2个百分点', '平均水平6.3、6.0、6.2个百分点'],
    ['5个工作日内', '不超过5个工作日'],
    ['至少1.5', '容积率不低于1.5'],
    ['单笔最高为1.5亿元', '单笔贷款最高1.5亿元'],
    ['20个企业', '20家企业'],
  ])('%s of %s', (text, quote) => {
    expect(checkFigures(text, [cited(quote)])).toMatchObject({
      text,
      unsupported: [],
      rewritten: [],
    })
  })
})

describe('is replaced by what is printed', () => {
  test.each([
    ['融资28600万元', '融资2.86亿元', '融资2.86亿元'],
    ['增长5%', '增长百分之五', '增长百分之五'],
    ['20多家', '二十余家', '二十余家'],
    ['投资200亿元', '投资近200亿元', '投资近200亿元'],
    ['近200亿元', '200亿元', '200亿元'],
    ['居第2位', '居第二位', '居第二位'],
    ['1—4月', '前4个月', '前4个月'],
    ['高技术制造业下降20.1%', '高技术制造业增加值 -20.1%', '高技术制造业为-20.1%'],
    ['税收15万元/亩', '税收不低于15万元/亩', '税收不低于15万元/亩'],
    ['税收为15万元/亩', '税收最高为15万元/亩', '税收为最高15万元/亩'],
  ])('%s of %s', (text, quote, printed) => {
    expect(checkFigures(text, [cited(quote)])).toMatchObject({ text: printed, unsupported: [] })
  })
})

describe('is unsupported', () => {
  test.each([
    ['50家', '150家企业'],
    ['15家', '150家企业'],
    ['2.86万元', '2.86亿元'],
    ['286亿元', '2.86亿元'],
    ['5个百分点', '增长5%'],
    ['5%', '高出5个百分点'],
    ['-20.1%', '增长20.1%'],
    ['20.1%', '增速-20.1%'],
    ['3天', '3个工作日'],
    ['20人', '20家'],
    ['300万美元', '300万元'],
    ['不超过1.5', '不低于1.5'],
    ['外线工程50米以外', '外线工程50米范围内'],
    ['通水至少要10个工作日', '通水不超过10个工作日'],
    ['一天就能到账', '3天到账'],
    ['投资翻了一番', '投资增长9.8%'],
    ['三十七家', '20家'],
    ['第一位', '第四位'],
    ['首位', '第四位'],
    ['10月20日', '10月19日'],
    ['2021年10月19日', '10月19日'],
    ['12345', '12351维权服务热线'],
    ['数百家', '数十家'],
    ['一半', '全部'],
  ])('%s of %s', (text, quote) => {
    expect(checkFigures(text, [cited(quote, '2022-10')]).unsupported).not.toEqual([])
  })
})

describe("a year or month may be the article's", () => {
  test.each([
    ['2022年', '今年以来', '2022-10', true],
    ['2022年10月', '今年以来', '2022-10', true],
    ['2021年', '去年全市', '2022-10', true],
    ['2021年', '今年全市', '2022-10', false],
    ['2022年10月19日', '今年全市', '2022-10-19', false],
    ['2022年5月', '今年5月份', '2022-10', true],
    ['2022年', '今年以来', null, false],
  ])('%s where %s of %s', (text, quote, date, stands) => {
    expect(checkFigures(text, [cited(quote, date)]).unsupported.length === 0).toBe(stands)
  })
})

describe('a figure of something else', () => {
  const quote = '报告内容共享率60%，编制成本降低约30%，审批时间压缩20%'
  test.each([
    ['审批时间压缩30%', quote, '30%'],
    ['审批时间压缩60%', quote, '60%'],
    ['审批时间压缩20%，编制成本降低约30%', quote, null],
    ['企业43户，个体工商户44户', '其中企业44户、个体工商户43户', '43户'],
    ['质押3件专利和143件商标', '质押143件专利和3件商标', '3件'],
    ['环节从3个减少到4个', '由原来的4个环节减至现在的3个环节', '3个'],
    ['平台今年放贷223笔', '平台今年办理线上申请223笔，授信38笔，放贷32笔', '223笔'],
    ['平台今年放贷32笔', '平台今年办理线上申请223笔，授信38笔，放贷32笔', null],
    [
      '前4个月，全市固定资产投资增长57.6%',
      '前4个月，全市固定资产投资同比增长15.5%。其中，工业投资同比增长57.6%',
      '57.6%',
    ],
    ['1个是国家级，7个是省级', '国家级开发区1个，省级开发区7个', null],
    ['7个是国家级，1个是省级', '国家级开发区1个，省级开发区7个', '7个'],
    ['环节从4个减少到3个', '由原来的4个环节减至现在的3个环节', null],
  ])('%s', (text, printed, misplaced) => {
    expect(misplacedFigure(text, [printed])).toBe(misplaced)
  })
})

/** The contract's figures, scanned by hand: what stands in a statement must stand in its quotes. */
function scan(text: string): string[] {
  const plain = text
    .replaceAll('，', ';')
    .normalize('NFKC')
    .replace(/(\d),(?=\d\d\d(?!\d))/g, '$1')
    .replace(/(?<=\p{sc=Han})\s+|\s+(?=\p{sc=Han})/gu, '')
  const found: string[] = []
  const isDigit = (c: string | undefined) => c !== undefined && c >= '0' && c <= '9'
  let i = 0
  while (i < plain.length) {
    if (!isDigit(plain[i]) || plain[i - 1] === '.') {
      do i++
      while (isDigit(plain[i]) && isDigit(plain[i - 1]))
      continue
    }
    const before = plain[i - 2]
    const sign = plain[i - 1] === '-' && !isDigit(before) && before !== '.' ? '-' : ''
    let number = ''
    while (isDigit(plain[i])) number += plain[i++]
    if (plain[i] === '.' && isDigit(plain[i + 1])) {
      number += plain[i++]
      while (isDigit(plain[i])) number += plain[i++]
    }
    let k = /\s/.test(plain[i] ?? '') ? i + 1 : i
    let scale = ''
    while ('十百千万亿'.includes(plain[k] ?? ' ')) scale += plain[k++]
    const share = plain[k] === '%' ? '%' : plain.startsWith('个百分点', k) ? '个百分点' : ''
    found.push(sign + number + scale + share)
    while (isDigit(plain[i])) i++
  }
  return found
}

test('what passes prints no number that its quotes do not print', () => {
  const pieces = fc.constantFrom(
    '1',
    '2',
    '20',
    '3.5',
    '0',
    '.',
    ',',
    '，',
    '、',
    '万',
    '亿',
    '元',
    '%',
    '个百分点',
    '年',
    '月',
    '日',
    '第',
    '-',
    '—',
    '－',
    '十',
    '两',
    '百分之',
    '余',
    '近',
    '不超过',
    ' ',
    'A',
    '家',
    '至',
    '企业',
    '增长',
    '２',
    '个工作日',
  )
  const text = fc.array(pieces, { maxLength: 10 }).map((p) => p.join(''))
  let passed = 0
  fc.assert(
    fc.property(text, text, fc.boolean(), (statement, quote, same) => {
      const words = same ? `${quote}${statement}` : quote
      const checked = checkFigures(statement, [cited(words)])
      if (checked.unsupported.length > 0) return
      passed++
      const printed = new Set(scan(words))
      expect(scan(checked.text).filter((n) => !printed.has(n))).toEqual([])
    }),
    { numRuns: 3000 },
  )
  expect(passed).toBeGreaterThan(300)
})
