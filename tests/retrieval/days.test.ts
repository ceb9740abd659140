import { expect, test } from 'vitest'
import { daysOf, mayLieBetween } from '../../src/retrieval/days.ts'

test.each([
  ['2025', { first: 20250101, last: 20251231 }],
  ['2025-02', { first: 20250201, last: 20250231 }],
  ['2025-02-03', { first: 20250203, last: 20250203 }],
  ['去年', undefined],
  [null, undefined],
])('%s is the days %o', (date, days) => {
  expect(daysOf(date)).toEqual(days)
})

test.each([
  ['2025-03-12', { from: '2025-01-01', to: '2025-12-31' }, true],
  ['2025-03-12', { from: '2025-03-13' }, false],
  ['2025-03-12', { to: '2025-03-11' }, false],
  ['2025-03', { from: '2025-03-30' }, true],
  ['2024', { from: '2025-01-01' }, false],
  ['2024', { to: '2024-02-01' }, true],
  ['2024', {}, true],
  [null, {}, false],
])('%s between %o: %s', (date, between, expected) => {
  expect(mayLieBetween(date, between)).toBe(expected)
})
