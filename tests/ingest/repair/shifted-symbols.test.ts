import { expect, test } from 'vitest'
import { SHIFTED_SYMBOLS } from '../../../src/ingest/repair/shifted-symbols.ts'

test.each([
  ['袁', '，'],
  ['遥', '。'],
  ['尧', '、'],
  ['院', '：'],
  ['曰', '；'],
  ['钥', '？'],
  ['野', '“'],
  ['冶', '”'],
  ['叶', '《'],
  ['曳', '》'],
  ['渊', '（'],
  ['冤', '）'],
  ['也', '〔'],
  ['页', '〕'],
  ['要', '—'],
  ['窑', '·'],
  ['姻', '■'],
  ['豫', '％'],
  ['琢', 'α'],
])('%s stands for %s', (shifted, symbol) => {
  expect(SHIFTED_SYMBOLS.get(shifted)).toBe(symbol)
})

test('no character stands for a word, a private character or itself', () => {
  for (const [shifted, symbol] of SHIFTED_SYMBOLS) {
    expect(symbol).not.toBe(shifted)
    expect(symbol).not.toMatch(/[[\p{Script=Han}--[々]]\p{Co}\uFFFD]/v)
  }
  expect(SHIFTED_SYMBOLS.size).toBeGreaterThan(500)
})
