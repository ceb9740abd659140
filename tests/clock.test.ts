import { afterEach, expect, test, vi } from 'vitest'
import { globSync, readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { once } from 'node:events'
import { askTime } from '../src/bot/send/ask-time.ts'
import { chinaToday } from '../src/china-time.ts'
import { clock, createClock } from '../src/clock.ts'
import { GivenDate } from '../src/corpus.ts'
import { understand } from '../src/retrieval/understand.ts'
import { startBotApi } from './support/bot-api/bot-api.ts'

const DAY_MS = 24 * 3600 * 1000
const NEAR_MS = 2_000
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

const jump = (ms: number) => {
  const { now } = Date
  vi.spyOn(Date, 'now').mockImplementation(() => now() + ms)
}

test.each([-DAY_MS, 365 * DAY_MS])(
  'a jump of this machine’s clock by %i ms changes nothing',
  (ms) => {
    const one = createClock()
    one.is(Date.now())
    const before = one.now()
    jump(ms)
    expect(Math.abs(one.now() - before)).toBeLessThan(NEAR_MS)
  },
)

test('until anything is said it is this machine’s, and then what was said', () => {
  const one = createClock()
  expect(Math.abs(one.now() - Date.now())).toBeLessThan(NEAR_MS)
  one.is(5 * DAY_MS)
  expect(Math.abs(one.now() - 5 * DAY_MS)).toBeLessThan(NEAR_MS)
})

test('what is told in whole seconds never sets it back, and a message from later sets it on', () => {
  const one = createClock()
  one.is(5 * DAY_MS)
  const before = one.now()
  one.is(5 * DAY_MS - 1_000)
  expect(one.now()).toBeGreaterThanOrEqual(before)
  one.isAtLeast(4 * DAY_MS)
  expect(one.now()).toBeLessThan(5 * DAY_MS + NEAR_MS)
  one.isAtLeast(6 * DAY_MS)
  expect(one.now()).toBeGreaterThanOrEqual(6 * DAY_MS)
})

test('a server says what time it is, one that is not there says nothing', async () => {
  const api = await startBotApi()
  expect(Math.abs((await askTime(api.root))! - Date.now())).toBeLessThan(NEAR_MS)
  await api.close()
  expect(await askTime(api.root)).toBeUndefined()
})

test.each(['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati'])(
  'it is the day that it is in China, of a machine in %s too',
  (zone) => {
    vi.stubEnv('TZ', zone)
    vi.useFakeTimers({ now: Date.parse('2026-12-31T16:30:00Z'), toFake: ['Date'] })
    expect(chinaToday()).toBe('2027-01-01')
    expect(understand({ question: '今年有什么补贴？' }).years).toMatchObject([{ year: 2027 }])
    expect(GivenDate.safeParse('2028').success).toBe(true)
    vi.setSystemTime(Date.parse('2026-12-31T15:30:00Z'))
    expect(chinaToday()).toBe('2026-12-31')
    expect(GivenDate.safeParse('2028').success).toBe(false)
  },
)

test('a thread goes by the same clock, also by what is heard after it was started', async () => {
  const source = `
    const { parentPort } = require('node:worker_threads')
    import(${JSON.stringify(new URL('../src/clock.ts', import.meta.url).href)}).then(({ clock }) => {
      parentPort.on('message', () => parentPort.postMessage(clock.now()))
      parentPort.postMessage('ready')
    })`
  const worker = new Worker(source, { eval: true })
  await once(worker, 'message')
  const wrong = Date.now() + 365 * DAY_MS
  clock.is(wrong)
  worker.postMessage('?')
  const [heard] = await once(worker, 'message')
  expect(Math.abs(Number(heard) - wrong)).toBeLessThan(NEAR_MS)
  await worker.terminate()
})

/** Those that compare with the times of files, which are this machine's, and the clock itself. */
const BY_THE_MACHINE = new Set([
  'src/clock.ts',
  'src/china-time.ts',
  'src/database/open-whole.ts',
  'src/database/set-aside.ts',
  'src/stores/sqlite/state-database.ts',
  'src/cli/desk-uploads.ts',
  // It says by how much that is wrong.
  'src/cli/doctor/clock.ts',
])
/** What says a time by the machine's clock, or a day by the machine's place on earth. */
const OWN_TIME =
  /Date\.now\b|new Date\(\)|\.get(?:FullYear|Month|Date|Day|Hours|Minutes)\(|\.toLocale\w*(?:Date|Time)|DateTimeFormat/

test('nothing else asks what time it is', () => {
  const root = new URL('../', import.meta.url).pathname
  const files = globSync('src/**/*.ts', { cwd: root })
  const asking = files.filter((file) => OWN_TIME.test(readFileSync(`${root}${file}`, 'utf8')))
  expect(asking.length).toBeGreaterThan(0)
  expect(asking.filter((file) => !BY_THE_MACHINE.has(file))).toEqual([])
})
