import { array, assert, nat, property } from 'fast-check'
import { expect, test } from 'vitest'
import { createLimiter } from '../src/limiter.ts'

test('as many as a minute allows at once, then the seconds to wait, and they suffice', () => {
  let now = 0
  const limiter = createLimiter(3)
  const take = (key: number) => limiter(key, now)
  expect([take(1), take(1), take(1)]).toEqual([0, 0, 0])
  expect(take(1)).toBe(20)
  expect(take(2)).toBe(0)
  now += 19_000
  expect(take(1)).toBe(1)
  now += 1_000
  expect(take(1)).toBe(0)
})

test('what costs less can be done more often', () => {
  const limiter = createLimiter(1)
  const take = (key: number, cost: number) => limiter(key, 0, cost)
  expect([0.25, 0.25, 0.25, 0.25].map((cost) => take(1, cost))).toEqual([0, 0, 0, 0])
  expect(take(1, 0.25)).toBe(15)
})

test('however late it is read, what was written in time passes', () => {
  const take = createLimiter(2)
  const written = Array.from({ length: 60 }, (_, i) => i * 30_000)
  expect(written.map((at) => take(1, at))).toEqual(written.map(() => 0))
})

test.each([-365 * 24 * 3600_000, 365 * 24 * 3600_000])(
  'times that jump by %i ms and back lock nobody out, and let nobody in for long',
  (jump) => {
    const take = createLimiter(3)
    const burst = (at: number) => [0, 1, 2, 3, 4].filter((i) => take(1, at + i) === 0).length
    expect([burst(0), burst(jump), burst(jump + 10), burst(1_000)]).toEqual([3, 3, 0, 3])
    expect(burst(1_010)).toBe(0)
  },
)

test('in no minute more than twice the limit passes', () => {
  assert(
    property(array(nat({ max: 5_000 }), { minLength: 1, maxLength: 200 }), (pauses) => {
      let now = 0
      const take = createLimiter(5)
      const passed: number[] = []
      for (const pause of pauses) {
        now += pause
        if (take(1, now) === 0) passed.push(now)
      }
      for (const at of passed)
        expect(
          passed.filter((other) => other >= at && other < at + 60_000).length,
        ).toBeLessThanOrEqual(10)
    }),
  )
})
