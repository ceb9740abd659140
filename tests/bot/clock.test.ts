import { afterEach, expect, test, vi } from 'vitest'
import { askTime, createClock } from '../../src/bot/clock.ts'
import { startBotApi } from '../support/bot-api/bot-api.ts'

const DAY_MS = 24 * 3600 * 1000
const NEAR_MS = 2_000
afterEach(() => void vi.restoreAllMocks())

const jump = (ms: number) => {
  const { now } = Date
  vi.spyOn(Date, 'now').mockImplementation(() => now() + ms)
}

test.each([-DAY_MS, 365 * DAY_MS])(
  'a jump of this machine’s clock by %i ms changes nothing',
  (ms) => {
    const clock = createClock()
    clock.is(Date.now())
    const before = clock.now()
    jump(ms)
    expect(Math.abs(clock.now() - before)).toBeLessThan(NEAR_MS)
  },
)

test('until anything is said it is this machine’s, and then what was said', () => {
  const clock = createClock()
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(NEAR_MS)
  clock.is(5 * DAY_MS)
  expect(Math.abs(clock.now() - 5 * DAY_MS)).toBeLessThan(NEAR_MS)
})

test('what is told in whole seconds never sets it back, and a message from later sets it on', () => {
  const clock = createClock()
  clock.is(5 * DAY_MS)
  const before = clock.now()
  clock.is(5 * DAY_MS - 1_000)
  expect(clock.now()).toBeGreaterThanOrEqual(before)
  clock.isAtLeast(4 * DAY_MS)
  expect(clock.now()).toBeLessThan(5 * DAY_MS + NEAR_MS)
  clock.isAtLeast(6 * DAY_MS)
  expect(clock.now()).toBeGreaterThanOrEqual(6 * DAY_MS)
})

test('a server says what time it is, one that is not there says nothing', async () => {
  const api = await startBotApi()
  expect(Math.abs((await askTime(api.root))! - Date.now())).toBeLessThan(NEAR_MS)
  await api.close()
  expect(await askTime(api.root)).toBeUndefined()
})
