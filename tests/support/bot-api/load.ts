/**
 * Asks a bot in a process of its own so many questions a second, evenly from many chats, and prints
 * how soon and in which order they were answered, and how its memory went:
 * `node with-node24.js tests/support/bot-api/load.ts [--seconds 60] [--rate 25] [--chats 200] [--latency 60] [--typing 5] [--kill] [--entry src/main.ts]`
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { askSteadily, delaysOf, doubledIn, outOfOrderIn, quantile, unansweredIn } from './asking.ts'
import { cpuMs, residentMb } from '../of-process.ts'
import { serveBot, spawnBot } from './harness.ts'
import { person } from './room.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '25' },
    chats: { type: 'string', default: '200' },
    /** How long a call of the Bot API takes, in milliseconds. */
    latency: { type: 'string', default: '0' },
    /** So many people a second pause while typing in other chats. */
    typing: { type: 'string', default: '0' },
    /** Kills it in the middle and starts it again. */
    kill: { type: 'boolean', default: false },
    webhook: { type: 'boolean', default: false },
    entry: { type: 'string' },
  },
})

await using served = await serveBot(values.webhook ? 'webhook' : 'polling', { LOG_LEVEL: 'warn' })
const { api, settings } = served
const start = () => spawnBot(settings, ...(values.entry === undefined ? [] : [values.entry]))
let bot = start()
await api.until(() => api.updates.isPolled() || api.updates.webhook() !== undefined, 60_000)
api.slow(Number(values.latency))

const rooms = Array.from({ length: Number(values.chats) }, (_, i) => api.person(10_000 + i))
const memory: number[] = []
const cpuBefore = cpuMs(bot.child.pid)
const startedAt = Date.now()
const TYPED = ['企业用电报装', '企业用电报装要多久？', '专利质押贷款有多少企业？', '火星移民签证']
const asking = askSteadily(rooms, Number(values.rate))
const seconds = Number(values.seconds)
for (let second = 0; second < seconds; second++) {
  for (let n = 0; n < Number(values.typing); n++)
    api.inline.type(TYPED[n % TYPED.length]!, person(20_000 + second * 100 + n))
  memory.push(residentMb(bot.child.pid))
  if (values.kill && second === Math.floor(seconds / 2)) {
    await bot.end('SIGKILL')
    bot = start()
  }
  await sleep(Math.max(0, startedAt + (second + 1) * 1000 - Date.now()))
}
await asking.stop()
await api.until(() => unansweredIn(rooms) === 0, 30_000).catch(() => {})

const delays = delaysOf(api, asking)
const slowest = Map.groupBy(delays, ({ at }) => Math.floor((at - startedAt) / 5_000))
process.stdout.write(
  `${JSON.stringify({
    asked: asking.count(),
    unanswered: unansweredIn(rooms),
    repeated: doubledIn(rooms),
    chatsOutOfOrder: outOfOrderIn(rooms),
    p50Ms: quantile(delays, 0.5),
    p95Ms: quantile(delays, 0.95),
    maxMs: quantile(delays, 1),
    typed: api.inline.summary(),
    slowestMsIn5s: [...slowest]
      .toSorted(([a], [b]) => a - b)
      .map(([, some]) => Math.max(...some.map(({ delay }) => delay))),
    cpuMsAQuestion: Math.round((cpuMs(bot.child.pid) - cpuBefore) / asking.count()),
    memoryMb: memory.filter((_, i) => i % Math.ceil(memory.length / 10) === 0),
  })}\n`,
)
await bot.end('SIGTERM')
process.stderr.write(bot.logged().slice(0, 2_000))
