import { describe, expect, test } from 'vitest'
import { givenDate, printedDate } from '../../../src/ingest/describe/dates.ts'
import { resolvePeriods } from '../../../src/ingest/describe/resolve-periods.ts'
import { yearVotes } from '../../../src/ingest/describe/year-votes.ts'

test.each([
  ['2022年10月21日 星期五', '2022-10-21'],
  ['2023-4-5 09:30', '2023-04-05'],
  ['2024.6', '2024-06'],
  ['2024.13', null],
  ['2023年2月30日', null],
  ['第131次', null],
])('%s is %s', (text, expected) => {
  expect(printedDate(text)?.value ?? null).toBe(expected)
})

test.each([
  ['2023-05-06T10:00:00+08:00', '2023-05-06'],
  ['20230506', '2023-05-06'],
  ['2023-05', '2023-05'],
  ['2023年5月', '2023-05'],
  ['2023年', '2023'],
  ['2023-13-45', null],
  ['1683331200000', null],
])('%s given by a source is %s', (text, expected) => {
  expect(givenDate(text)).toMatchObject({ value: expected, inferred: false })
})

describe('reasons for a year', () => {
  test.each([
    ['the last whole year', '2021年，全市总额3亿元。今年以来，又增2亿元。', 10, 2022],
    ['an event named by its year', '6月23日，园区举行2022年综合应急演练。', 6, 2022],
    ['years since', '2016年下半年，园区开工。4年来，园区发展迅速。', 9, 2020],
    ['a congress to come', '为党的二十大胜利召开营造良好环境。', 6, 2022],
    ['lectures after a congress', '宣讲团宣讲党的二十大精神。', 12, 2022],
    ['lectures in the year after', '宣讲团宣讲党的二十大精神。', 2, 2023],
    ['so far', '截至2024年2月，共收到提案487件。', 2, 2024],
  ])('%s', (_name, text, month, year) => {
    expect(yearVotes(text, month).map((vote) => vote.year)).toEqual([year])
  })

  test.each([
    '2026年，我们将安排50亿元。今年已出台一批政策。',
    '2026年，力争新增2亿元。今年以来，又增1亿元。',
  ])('none from a plan: %s', (text) => expect(yearVotes(text, 5)).toEqual([]))

  test('none in a text without any', () => {
    expect(yearVotes('我至今记得，2012年6月，文章第一次发表。', 12)).toEqual([])
  })
})

test.each([
  ['今年以来，全市', '2022-10', ['2022年']],
  ['比去年增长', '2022-10', ['2021年']],
  ['前4个月', '2022-06', ['2022年', '2022年1月', '2022年2月', '2022年3月', '2022年4月']],
  ['1至2月，全市', '2022', ['2022年', '2022年1月', '2022年2月']],
  ['1—2月，全市', '2022', ['2022年', '2022年1月', '2022年2月']],
  ['5月份，为持续优化', '2022-10', ['2022年', '2022年5月']],
  ['截至目前，已办', '2022-10', ['2022年10月']],
  ['一季度', '2023-04', ['2023年', '2023年1月', '2023年2月', '2023年3月']],
  ['今年以来', null, []],
  ['2019年5月，工厂投产', '2022-10', []],
])('%s of an article of %s adds %j', (text, date, expected) => {
  expect(resolvePeriods(text, date)).toEqual(expected)
})
