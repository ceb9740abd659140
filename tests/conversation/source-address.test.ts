import { expect, test } from 'vitest'
import { sourcePath, spansAsked } from '../../src/conversation/source-address.ts'

const quote = '企业用电报装材料齐全的，一个工作日内办结，不收取报装费用。'
const cited = { quote, spans: [{ start: 4, end: 33 }] }
const wordsIn = (path: string) => decodeURIComponent(path.split(':~:text=')[1]!).split(',')

test('an address names the article, the spans, and the first and last words', () => {
  expect(sourcePath('编号 1/2')).toBe('/s/%E7%BC%96%E5%8F%B7%201%2F2')
  const path = sourcePath('a1', cited)
  expect(path).toMatch(/^\/s\/a1\?q=4-33#q:~:text=/)
  const [first, last] = wordsIn(path.replaceAll('%EF%BC%8C', '，'))
  expect(quote.startsWith(first!)).toBe(true)
  expect(quote.endsWith(last!)).toBe(true)
})

test('a short quote is looked for as a whole, a row of a table by its first and last cell', () => {
  const one = { spans: cited.spans, quote: '补贴三百元。' }
  expect(wordsIn(sourcePath('a1', one))).toEqual(['补贴三百元。'])
  const row = { spans: cited.spans, quote: '电价\t2023年\t0.5-0.6元' }
  expect(wordsIn(sourcePath('a1', row))).toEqual(['电价', '0.5-0.6元'])
  expect(sourcePath('a1', row)).toContain('0.5%2D0.6')
})

test('an address stays short enough for a button, whatever is quoted', () => {
  const spans = Array.from({ length: 500 }, (_, i) => ({ start: i * 20, end: i * 20 + 9 }))
  const long = sourcePath('a1', { quote: `${'x'.repeat(2000)} \ud800`, spans })
  expect(long.length).toBeLessThan(1200)
  expect(spansAsked(new URL(long, 'http://x').searchParams.get('q')!)).toEqual(spans.slice(0, 32))
})

test.each([
  [undefined, []],
  ['', []],
  [
    '3-5,9-12',
    [
      { start: 3, end: 5 },
      { start: 9, end: 12 },
    ],
  ],
  ['5-3', []],
  ['-1-3', []],
  ['3-5,x', []],
  ['1-99999999999', []],
  ['1e2-300', []],
  [Array.from({ length: 3000 }, (_, i) => `${i}-${i + 1}`).join(','), []],
])('what is asked to be marked: %j', (q, spans) => {
  expect(spansAsked(q)).toEqual(spans)
})
