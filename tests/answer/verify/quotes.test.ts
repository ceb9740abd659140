import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { locate, spansWithin } from '../../../src/answer/verify/quotes.ts'
import { widen } from '../../../src/answer/verify/widen.ts'
import { passage, PASSAGES } from './passages.ts'

const PRINTED = passage(
  '使新入驻企业（项目）供电“即插即用”，无需承担任何报装及建设费用——2023年1—10月共办理GDP项目12个。',
)

const found = (quote: string, text = PRINTED.text) => {
  const located = locate(quote, passage(text))
  return located.outcome === 'match' ? text.slice(located.start, located.end) : located.outcome
}

describe('a quote is found', () => {
  test.each([
    ['verbatim', '供电“即插即用”，无需', '供电“即插即用”，无需'],
    ['with plain quotes and comma', '供电"即插即用",无需', '供电“即插即用”，无需'],
    ['with corner brackets', '供电「即插即用」，无需', '供电“即插即用”，无需'],
    ['with white space inside', '无需 承担\n任何报装', '无需承担任何报装'],
    ['in full width', '２０２３年１—１０月', '2023年1—10月'],
    ['with another dash', '2023年1-10月共办理', '2023年1—10月共办理'],
    ['with one dash for two', '建设费用—2023年', '建设费用——2023年'],
    ['in traditional forms', '無需承擔任何報裝及建設費用', '无需承担任何报装及建设费用'],
    ['in lower case', '共办理gdp项目', '共办理GDP项目'],
    ['with a stop of its own', '无需承担任何报装。', '无需承担任何报装'],
    ['in quotes of its own', '“新入驻企业（项目）供电”', '新入驻企业（项目）供电'],
  ])('%s', (_, quote, printed) => {
    expect(found(quote)).toBe(printed)
  })
})

describe('a quote is not found', () => {
  test.each([
    ['stitched', '使新入驻企业无需承担任何报装'],
    ['with a gap', '使新入驻企业……无需承担'],
    ['with another word', '必须承担任何报装及建设费用'],
    ['with a word left out', '无需承担报装及建设费用'],
    ['invented', '企业可以领取现金补贴'],
  ])('%s', (_, quote) => {
    expect(found(quote)).toBe('mismatch')
  })
})

describe('whether a quote is found cannot be told', () => {
  test.each([
    ['it is empty', '', PRINTED.text, 'too_short'],
    ['it is white space', '          ', PRINTED.text, 'too_short'],
    ['it is short', '无需承担任', PRINTED.text, 'too_short'],
    ['it is marks', '。。。“”，，、、', PRINTED.text, 'too_short'],
    [
      'the passage lost characters there',
      '无需承担任何报装费用',
      '无需承担\uFFFD\uFFFD报装费用',
      'damaged',
    ],
  ])('%s', (_, quote, text, reason) => {
    expect(locate(quote, passage(text))).toEqual({ outcome: 'cannot_tell', reason })
  })

  test('the passage does not know its place', () => {
    expect(locate('无需承担任何报装', { text: PRINTED.text, runs: [[0, 5]] })).toEqual({
      outcome: 'cannot_tell',
      reason: 'unmapped',
    })
  })
})

test('any six characters of a passage are found, and those are what its spans hold', () => {
  const source = `页眉 ${PASSAGES.map((p) => p.text).join(' ')}`
  fc.assert(
    fc.property(fc.nat(PASSAGES.length - 1), fc.nat(), fc.nat(), (which, from, length) => {
      const text = PASSAGES[which]!.text
      const start = from % (text.length - 12)
      const end = Math.min(text.length, start + 12 + (length % 60))
      const of = passage(text, {}, source.indexOf(text))
      const located = locate(text.slice(start, end), of)
      if (located.outcome !== 'match') throw new Error(located.outcome)
      const spans = spansWithin(of, located.start, located.end)
      expect(spans).toHaveLength(1)
      expect(source.slice(spans[0]!.start, spans[0]!.end)).toBe(
        text.slice(located.start, located.end),
      )
    }),
  )
})

describe('spans', () => {
  // 全市20家|企业融资: a running head stands between, a line break is within the first stretch.
  const broken = passage('全市20家企业融资2.86亿元', {
    runs: [
      [10, 2],
      [13, 3],
      [40, 11],
    ],
    spans: [
      { start: 10, end: 16 },
      { start: 40, end: 51 },
    ],
  })

  test('are parted where the passage is, and only there', () => {
    expect(spansWithin(broken, 0, 16)).toEqual([
      { start: 10, end: 16 },
      { start: 40, end: 51 },
    ])
  })

  test('end where the quote ends', () => {
    expect(spansWithin(broken, 1, 8)).toEqual([
      { start: 11, end: 16 },
      { start: 40, end: 43 },
    ])
  })

  test('keep the order of reading', () => {
    const columns = passage('甲乙丙丁', {
      runs: [
        [50, 2],
        [20, 2],
      ],
      spans: [
        { start: 50, end: 52 },
        { start: 20, end: 22 },
      ],
    })
    expect(spansWithin(columns, 0, 4)).toEqual(columns.spans)
  })
})

describe('a quote is widened', () => {
  const text = '全市融资近2.86亿元，新企业无需承担报装费用，预计12月底前完成，除食品外均可办理。'
  test.each([
    ['to a whole figure and its hedge', '86亿元', '近2.86亿元'],
    ['to the negation of its clause', '承担报装费用', '无需承担报装费用'],
    ['into the negation it cuts', '需承担报装费用', '无需承担报装费用'],
    ['to the plan of its clause', '12月底前完成', '预计12月底前完成'],
    ['to the exception of its clause', '外均可办理', '除食品外均可办理'],
    ['by nothing else', '新企业无需承担', '新企业无需承担'],
  ])('%s', (_, quote, whole) => {
    const start = text.indexOf(quote)
    const wide = widen(text, { start, end: start + quote.length })
    expect(text.slice(wide.start, wide.end)).toBe(whole)
  })
})
