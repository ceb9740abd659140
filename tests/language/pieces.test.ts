import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { figures } from '../../src/language/figures.ts'
import { cells, pieces } from '../../src/language/pieces.ts'

const cut = (text: string) => pieces(text).map(({ start, end }) => text.slice(start, end))

describe('marks part', () => {
  test.each([
    ['全县投产三家，招工九百人。', ['全县投产三家', '招工九百人']],
    ['修路、建桥；种茶！', ['修路', '建桥', '种茶']],
    ['修路…建桥——种茶', ['修路', '建桥', '种茶']],
    ['修路,建桥;种茶.办厂', ['修路', '建桥', '种茶', '办厂']],
    ['柳塘（青湾县）产茶', ['柳塘', '青湾县', '产茶']],
    ['青湾日报(记者 王明)', ['青湾日报', '记者 王明']],
    ['他说：“修路，建桥。”', ['他说', '“修路', '建桥']],
    ['《茶业（试行）办法》出台', ['《茶业', '试行', '办法》出台']],
  ])('%s', (text, expected) => expect(cut(text)).toEqual(expected))
})

describe('what is one is not parted', () => {
  test.each([
    ['a decimal', '投资2.5亿元'],
    ['thousands', '产茶1,234吨'],
    ['a time', '上午9:30开会'],
    ['a score', '以10：1获胜'],
    ['months', '6、7月产茶'],
    ['a span of days', '1—5月产茶'],
    ['a span of years', '2021年—2023年'],
    ['a span of shares', '3%—5%'],
    ['a span of what is counted', '日产3万—4万个'],
    ['a span of money', '奖励300元—500元'],
    ['an address', '登录www.qingwan.cn查询'],
    ['an address in full', '登录https://www.qingwan.cn/a?b=1,2查询'],
    ['quoted words', '“龙头企业”带动“茶农”'],
  ])('%s', (_name, text) => expect(cut(text)).toEqual([text]))
})

describe('a dash, comma or colon beside one figure parts', () => {
  test.each([
    ['产茶3吨—销路很好', ['产茶3吨', '销路很好']],
    ['产茶3吨,5家工厂', ['产茶3吨', '5家工厂']],
    ['青湾县—5家工厂', ['青湾县', '5家工厂']],
    ['名单：5家工厂', ['名单', '5家工厂']],
  ])('%s', (text, expected) => expect(cut(text)).toEqual(expected))
})

describe('what a piece begins and ends with', () => {
  test.each([
    ['the number of an item is none of it', '（一）修路', ['修路']],
    ['…in figures', '1.修路', ['修路']],
    ['…behind a dash', '—2、修路', ['修路']],
    ['…ringed', '①修路', ['修路']],
    ['a decimal is no such number', '2.5亿元', ['2.5亿元']],
    ['ornaments are none of it', '■修路', ['修路']],
    ['white space is none of it', ' 修路 ， 建桥\u3000', ['修路', '建桥']],
    ['an opening mark is its neighbour’s', '修路“，建桥', ['修路', '建桥']],
    ['a sign is its figure’s', '增长，-5%，+3%', ['增长', '-5%', '+3%']],
    ['marks alone are no piece', '，。（）—“”', []],
    ['nothing is no piece', '', []],
  ])('%s', (_name, text, expected) => expect(cut(text)).toEqual(expected))
})

test.each([
  ['茶厂  柳塘镇\t30', ['茶厂', '柳塘镇', '30']],
  ['茶厂 — 30', ['茶厂', '30']],
  ['  ', []],
])('the cells of %s', (row, expected) => {
  expect(cells(row).map(({ start, end }) => row.slice(start, end))).toEqual(expected)
})

const UNITS = Array.from('甲乙12，、。.；：（）(),:“”‘’《》"\' \n！—…年月%万')
const texts = fc.string({ unit: fc.constantFrom(...UNITS), maxLength: 60 })

test('pieces are in order, apart and within the text', () => {
  fc.assert(
    fc.property(texts, (text) => {
      let from = 0
      for (const { start, end } of pieces(text)) {
        expect(start).toBeGreaterThanOrEqual(from)
        expect(end).toBeGreaterThan(start)
        from = end
      }
      expect(from).toBeLessThanOrEqual(text.length)
    }),
  )
})

test('no letter is left out, but an item’s number', () => {
  const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')
  fc.assert(
    fc.property(texts, (text) => {
      expect(letters(`甲${text}`)).toBe(letters(cut(`甲${text}`).join('')))
    }),
  )
})

const figure = fc.oneof(
  fc.nat(99_999).map(String),
  fc.nat(9_999_999).map((n) => n.toLocaleString('en')),
  fc.tuple(fc.nat(999), fc.nat(99)).map(([n, m]) => `${n}.${m}`),
)
const unit = fc.constantFrom('', '%', '亿元', '万', '家', '公里', '个百分点')
const spanned = fc.tuple(figure, unit, figure, unit).map(([a, u, b, v]) => `${a}${u}—${b}${v}`)
const date = fc
  .tuple(fc.integer({ min: 1990, max: 2030 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${year}年${month}月`)
const quantity = fc.tuple(figure, unit).map((parts) => parts.join(''))
const saying = fc
  .array(fc.tuple(fc.constantFrom('产茶', '投资约', '增长'), fc.oneof(quantity, spanned, date)), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.map((part) => part.join('')).join('，'))

test('no figure is cut', () => {
  fc.assert(
    fc.property(saying, (text) => {
      const bounds = pieces(text).flatMap(({ start, end }) => [start, end])
      for (const { start, end } of figures(text))
        expect(bounds.filter((at) => start < at && at < end)).toEqual([])
    }),
  )
})
