import { expect, test } from 'vitest'
import { chinaDay, chinaTime } from '../src/china-time.ts'

test.each([
  ['2026-11-21T15:59:59Z', '2026-11-21'],
  ['2026-11-21T16:00:00Z', '2026-11-22'],
])('%s is the day %s in China', (time, day) => {
  expect(chinaDay(Date.parse(time))).toBe(day)
})

test('a time is said as people say it', () => {
  expect(chinaTime(Date.parse('2026-11-21T16:05:00Z'))).toBe('11月22日 00:05')
})
