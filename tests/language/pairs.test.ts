import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPairMark, pairs } from '../../src/language/pairs.ts'

const found = (text: string) =>
  pairs(text).map(({ start, end, open, close }) => `${open}${text.slice(start + 1, end)}${close}`)

test.each([
  ['quotation marks', '评出“茶王”和‘茶后’', ['“茶王”', '‘茶后’']],
  ['outer ones first', '“他说‘好’。”', ['“他说‘好’。”', '‘好’']],
  ['titles within titles', '《关于〈办法〉的说明》', ['《关于〈办法〉的说明》', '〈办法〉']],
  ['brackets of either width', '（甲）(乙)（丙)', ['（甲）', '（乙）', '（丙）']],
  ['straight marks in turn', '"甲"和"乙"', ['“甲”', '“乙”']],
  ['straight marks within', `"他说'好'。"`, [`“他说'好'。”`, '‘好’']],
  ['no apostrophe', `Qingwan's 'tea' and farmers'`, ['‘tea’']],
  ['none without the other half', '“甲', []],
  ['none that only closes', '甲”（乙）', ['（乙）']],
  ['none that a pair around it leaves open', '“甲《乙”丙》', ['“甲《乙”']],
  ['nothing in plain words', '甲，乙。', []],
])('%s', (_name, text, expected) => expect(found(text)).toEqual(expected))

test.each([
  ["it's", 2, false],
  ["'tis", 0, true],
  ['“甲', 0, true],
  ['甲)', 1, true],
  ['甲，', 1, false],
] as const)('in %s a mark of a pair at %i: %s', (text, at, expected) => {
  expect(isPairMark(text, at)).toBe(expected)
})

const marks = Array.from('甲a“”‘’「」《》〈〉（）()[]【】"\'')
const texts = fc.string({ unit: fc.constantFrom(...marks), maxLength: 40 })

test('pairs nest or stand apart, in order, each of two marks of a kind', () => {
  const kinds = ['“”', '‘’', '「」', '『』', '《》', '〈〉', '〔〕', '【】', '（）', '[]']
  fc.assert(
    fc.property(texts, (text) => {
      const all = pairs(text)
      for (const [i, { start, end, open, close }] of all.entries()) {
        expect(kinds).toContain(open + close)
        expect(start).toBeLessThan(end)
        for (const later of all.slice(i + 1)) {
          expect(later.start).toBeGreaterThan(start)
          expect(later.start > end || later.end < end).toBe(true)
        }
      }
    }),
  )
})

test('no mark is in two pairs', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const used = pairs(text).flatMap(({ start, end }) => [start, end])
      expect(new Set(used).size).toBe(used.length)
      for (const at of used) expect(isPairMark(text, at)).toBe(true)
    }),
  )
})
