import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { figures } from '../../src/language/figures.ts'
import type { Figure } from '../../src/language/figures.ts'
import { PASSAGES } from '../support/paper-passages.ts'

function brief(figure: Figure): string {
  switch (figure.kind) {
    case 'quantity': {
      const range = figure.upper === null ? '' : `..${figure.upper}`
      const bound = figure.bound === 'exact' ? '' : ` ${figure.bound}`
      return `${figure.value}${range} ${figure.unit}${bound}`.trim()
    }
    case 'date':
      return `${figure.year ?? '*'}-${figure.month ?? '*'}-${figure.day ?? '*'}${figure.until === null ? '' : `..${figure.until}`}`
    case 'phone':
      return `tel ${figure.digits}`
    case 'vague':
      return figure.words
  }
}

describe('reads a figure', () => {
  test.each([
    ['质押融资2.86亿元', ['286000000 元']],
    ['水表 每台补助（元） 1,040', ['1040 元']],
    ['全年投资（亿元） 2.5 单价（元/亩） 60', ['250000000 元', '60 元/亩']],
    ['补助（元）40户', ['40 户']],
    ['质押融资 2.86 亿元', ['286000000 元']],
    ['融资28600万元', ['286000000 元']],
    ['全年1,234.5万元', ['12345000 元']],
    ['发电12万千瓦时', ['120000 千瓦时']],
    ['装机5千瓦，重3千克', ['5 千瓦', '3 公斤']],
    ['百分之五', ['5 %']],
    ['百分之三点五', ['3.5 %']],
    ['约三成', ['30 % about']],
    ['二十余家', ['20 家 at_least']],
    ['两亿三千万元', ['230000000 元']],
    ['叁佰万元，壹亿贰仟万元', ['3000000 元', '120000000 元']],
    ['翻了一番，翻两番', ['1 番', '2 番']],
    ['陆地与队伍、拾捌湾', []],
    ['0.125个工作日', ['0.125 工作日']],
    ['3个工作日内', ['3 工作日 at_most']],
    ['不超过5个工作日', ['5 工作日 at_most']],
    ['十一项技术', ['11 项']],
    ['增速为-20.1%', ['-20.1 %']],
    ['贡献率-1.8%', ['-1.8 %']],
    ['1.4个百分点', ['1.4 百分点']],
    ['近200亿元', ['20000000000 元 about']],
    ['30多亿元', ['3000000000 元 at_least']],
    ['8900多名村民', ['8900 名 at_least']],
    ['2亿枝以上', ['200000000 枝 at_least']],
    ['2000万元左右', ['20000000 元 about']],
    ['200—400亿元', ['20000000000..40000000000 元']],
    ['燃油的2—3倍', ['2..3 倍']],
    ['不低于234万元/亩', ['2340000 元/亩 at_least']],
    ['容积率不低于1.5', ['1.5  at_least']],
    ['42 元/千克', ['42 元/千克']],
    ['居全省第1位', ['1 第']],
    ['均居全省第二位', ['2 第']],
    ['居全省首位', ['1 第']],
    ['第131次常务会议', ['131 第']],
    ['九大专项行动', ['9 大']],
    ['两座加氢站', ['2 座']],
    ['三分之一', ['1 /3']],
    ['超过一半', ['一半']],
    ['带动数十家企业', ['数十家']],
  ])('%s', (text, read) => {
    expect(figures(text).map(brief)).toEqual(read)
  })
})

describe('reads a date', () => {
  test.each([
    ['2022年10月19日', ['2022-10-19']],
    ['10月19日', ['*-10-19']],
    ['二〇二四年', ['2024-*-*']],
    ['2022-10-19', ['2022-10-19']],
    ['2023年1—10月', ['2023-1-*..10']],
    ['1 至 4 月', ['*-1-*..4']],
    ['前4个月', ['*-1-*..4']],
    ['2023—2025年', ['2023-*-*..2025']],
    ['去年12月', ['*-12-*']],
  ])('%s', (text, read) => {
    expect(figures(text).map(brief)).toEqual(read)
  })
})

describe('reads a telephone number', () => {
  test.each([
    ['拨打12351维权热线', ['tel 12351']],
    ['电话：0393-6666666', ['tel 03936666666']],
    ['热线12345。', ['tel 12345']],
    ['4006001234', ['tel 4006001234']],
  ])('%s', (text, read) => {
    expect(figures(text).map(brief)).toEqual(read)
  })
})

test.each([
  '“十四五”规划',
  '一站式服务',
  '同一产业园区',
  'PA13T',
  '尼龙11T',
  '5G网络',
  '党的二十大',
  '一批企业',
  '统一办理',
])('%s has no figure', (text) => {
  expect(figures(text)).toEqual([])
})

test('figures stand where they say, in order, and do not overlap', () => {
  for (const { text } of PASSAGES) {
    let from = 0
    for (const figure of figures(text)) {
      expect(text.slice(figure.start, figure.end)).toBe(figure.printed)
      expect(figure.start).toBeGreaterThanOrEqual(from)
      from = figure.end
    }
  }
})

test('any text is read without an error, in full width as in half', () => {
  const pieces = fc.constantFrom(
    '1',
    '9',
    '.',
    ',',
    '，',
    '万',
    '亿',
    '元',
    '%',
    '年',
    '月',
    '日',
    '第',
    '-',
    '—',
    '十',
    '两',
    '余',
    '近',
    ' ',
    'A',
    '家',
    '至',
  )
  const wide = (s: string) =>
    s.replaceAll(/[0-9]/g, (d) => String.fromCodePoint(d.codePointAt(0)! + 0xfee0))
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 14 }).map((p) => p.join('')),
      (text) => {
        expect(figures(wide(text)).map(brief)).toEqual(figures(text).map(brief))
      },
    ),
  )
})
