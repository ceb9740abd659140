import { expect, test } from 'vitest'
import { askedYears } from '../../src/retrieval/years.ts'

test.each([
  ['2022年到10月份', [[2022, false]]],
  [
    '2022—2024年',
    [
      [2022, false],
      [2024, false],
    ],
  ],
  [
    '这是22年的榜还是23年的榜',
    [
      [2022, false],
      [2023, false],
    ],
  ],
  ['二〇二一年的数', [[2021, false]]],
  [
    '今年比去年多多少',
    [
      [2024, true],
      [2023, true],
    ],
  ],
  ['干了20年前的活', []],
  ['奖励2000万元', []],
  ['入驻158家', []],
])('%s', (question, expected) => {
  expect(askedYears(question, '2024-05-01').map(({ year, relative }) => [year, relative])).toEqual(
    expected,
  )
})
