import { expect, test } from 'vitest'
import { shortened } from '../../src/language/shortened.ts'

test.each([
  ['fits', '贷款三千万元', 6, '贷款三千万元'],
  ['longer', '企业可到营业厅申请', 5, '企业可到…'],
  ['a figure', '全市贷款2.86亿元以上', 8, '全市贷款…'],
  ['a figure in words', '全市贷款三千万元以上', 7, '全市贷款…'],
  ['a year', '今年（2022年10月）以来', 8, '今年（…'],
  ['between characters, not in them', '😀😀😀😀', 6, '😀😀…'],
])('%s', (_name, text, most, expected) => {
  expect(shortened(text, most)).toBe(expected)
})
