import { describe, expect, test } from 'vitest'
import { toldOf } from './told.ts'
import { cells } from '../../../src/language/pieces.ts'

const row = (text: string, keep: readonly string[]) =>
  toldOf(text, keep, { isRow: true, pieces: cells(text) })

describe('a row with its labels in it', () => {
  test.each<readonly [row: string, keep: string[], told: string]>([
    ['东关 摊位 120 客流 3万', ['120'], '东关 摊位 120。'],
    ['东关 摊位 120 客流 3万', ['3万'], '东关 客流 3万。'],
    ['东关 摊位 120 客流 3万', ['120', '3万'], '东关 摊位 120 客流 3万。'],
    ['东关 摊位 120 客流 3万', ['东关'], '东关 摊位 120 客流 3万。'],
    ['降幅 全县 -3.5% 东关 −2%', ['−2%'], '降幅 东关 −2%。'],
    ['市场 地址 电话', ['地址'], '市场 地址 电话。'],
  ])('%s %j', (text, keep, told) => expect(row(text, keep)).toBe(told))
})

describe('a row under a head', () => {
  const TABLE = '区县 单位 摊位数 客流\n东关 个 120 3万\n西关 个 86 2万'
  const NUMBERED = '序号 区县 摊位数\n1 东关 120\n2 西关 86'
  test.each<readonly [name: string, table: string, keep: string[], told: string]>([
    ['its label, its column and its unit', TABLE, ['86'], '摊位数 西关 个 86。'],
    ['a label once', TABLE, ['86', '2万'], '摊位数 客流 西关 个 86 2万。'],
    ['a row number is no label', NUMBERED, ['86'], '摊位数 西关 86。'],
    ['a column’s label alone', TABLE, ['摊位数'], '摊位数。'],
  ])('%s', (_name, table, keep, told) => expect(row(table, keep)).toBe(told))
})

test('cells are explained as words are', () => {
  const text = '我市 摊位 120'
  const printed = { date: null, place: ['河南省', '濮阳市'] }
  expect(toldOf(text, ['120'], { isRow: true, pieces: cells(text), printed })).toBe(
    '我市（濮阳市） 摊位 120。',
  )
})
