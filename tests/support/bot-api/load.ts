/**
 * Asks the program in a process of its own so many questions a second, evenly from many chats, while people type
 * in other chats, mend what they asked, put thumbs under answers, and follow what an ingest beside it brings.
 * Prints how soon and in which order all was answered, and how memory and `conversations.sqlite` went:
 * `node with-node24.js tests/support/bot-api/load.ts [--seconds 60] [--rate 25] [--chats 200] [--followers 40] [--latency 60] [--kill] [--failing 0.2] [--webhook]`
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { seededRandom } from '../seeded-random.ts'
import { cpuMs, residentMb } from '../of-process.ts'
import {
  askSteadily,
  delaysOf,
  doubledIn,
  mostASecond,
  outOfOrderIn,
  quantile,
  unansweredIn,
} from './asking.ts'
import { createCrowd } from './crowd.ts'
import { failing } from './failing.ts'
import { gatherFollowers } from './followers.ts'
import { serveBot, spawnBot } from './harness.ts'
import { sizeOf } from './size-of.ts'

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url))

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '25' },
    chats: { type: 'string', default: '200' },
    followers: { type: 'string', default: '40' },
    /** How long a call of the Bot API takes, in milliseconds. */
    latency: { type: 'string', default: '0' },
    /** Kills it in the middle, while an ingest runs beside, and starts it again; and once more with news on their way. */
    kill: { type: 'boolean', default: false },
    /** So much of all calls goes wrong. */
    failing: { type: 'string', default: '0' },
    webhook: { type: 'boolean', default: false },
  },
})

await using served = await serveBot(values.webhook ? 'webhook' : 'polling', {
  LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
})
const { api, dir, settings } = served
const start = () => spawnBot(settings, MAIN)
const serves = () => api.updates.isPolled() || api.updates.webhook() !== undefined
let bot = start()
await api.until(serves, 60_000)
api.slow(Number(values.latency))

async function killed(): Promise<void> {
  await bot.end('SIGKILL')
  bot = start()
}

const crowd = createCrowd(served)
await crowd.askAlone()
const followers = gatherFollowers(served, Number(values.followers))
await followers.follow()
const rooms = Array.from({ length: Number(values.chats) }, (_, i) => api.person(10_000 + i))
const seconds = Number(values.seconds)
const memory: number[] = []
const cpuBefore = cpuMs(bot.child.pid)
api.order(failing(Number(values.failing), seededRandom(11)))
const startedAt = Date.now()
const asking = askSteadily(rooms, Number(values.rate), { beside: crowd.beside })
let brought: Promise<void> | undefined
for (let second = 0; second < seconds; second++) {
  memory.push(residentMb(bot.child.pid))
  if (second === Math.floor(seconds / 3)) brought = followers.bring()
  if (values.kill && second === Math.floor(seconds / 2)) await killed()
  await sleep(Math.max(0, startedAt + (second + 1) * 1000 - Date.now()))
}
await brought
await followers.untilTold(1, 1)
if (values.kill) await killed()
await followers.untilTold(1)
await asking.stop()
await api.until(() => unansweredIn(rooms) === 0, 60_000).catch(() => {})
const delays = delaysOf(api, asking)
const slowest = Map.groupBy(delays, ({ at }) => Math.floor((at - startedAt) / 5_000))
const mb = residentMb(bot.child.pid)
const cpu = cpuMs(bot.child.pid) - (values.kill ? 0 : cpuBefore)

// The same day brings nothing more, the next one what waited.
await crowd.askAlone()
await followers.bring()
await sleep(25_000)
const tooSoon = followers.told(2)
await followers.nextDay()
await followers.untilTold(2)
await bot.end('SIGTERM')

process.stdout.write(
  `${JSON.stringify(
    {
      asked: asking.count(),
      unanswered: unansweredIn(rooms),
      repeated: doubledIn(rooms),
      chatsOutOfOrder: outOfOrderIn(rooms),
      p50Ms: quantile(delays, 0.5),
      p95Ms: quantile(delays, 0.95),
      maxMs: quantile(delays, 1),
      slowestMsIn5s: [...slowest]
        .toSorted(([a], [b]) => a - b)
        .map(([, some]) => Math.max(...some.map(({ delay }) => delay))),
      crowd: crowd.tally(rooms),
      follow: followers.count,
      told: [1, 2].map((day) => ({
        people: followers.reached(day),
        messages: followers.told(day),
      })),
      toldTooSoon: tooSoon,
      toldOfAnother: followers.ofAnother(),
      failed: api.calls.filter(({ outcome }) => outcome !== 'done').length,
      mostMessagesASecond: mostASecond(api.calls.filter(({ method }) => method === 'sendMessage')),
      cpuMsAQuestion: Math.round(cpu / asking.count()),
      memoryMb: [...memory.filter((_, i) => i % Math.ceil(memory.length / 10) === 0), mb],
      state: sizeOf(join(dir, 'conversations.sqlite')),
      machine: loadavg().map((load) => load.toFixed(1)),
    },
    null,
    2,
  )}\n`,
)
process.stderr.write(bot.logged())
