/**
 * Asks a bot in a process of its own so many questions a second, evenly from many chats, and prints
 * how soon and in which order they were answered, and how its memory went:
 * `node with-node24.js tests/support/bot-api/load.ts [--seconds 60] [--rate 25] [--chats 200] [--kill] [--entry src/main.ts]`
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { cpuMs, residentMb } from '../of-process.ts'
import { serveBot, spawnBot } from './harness.ts'
import type { Room } from './room.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '25' },
    chats: { type: 'string', default: '200' },
    /** Kills it in the middle and starts it again. */
    kill: { type: 'boolean', default: false },
    webhook: { type: 'boolean', default: false },
    entry: { type: 'string' },
  },
})
const QUESTIONS = [
  '企业用电报装要多久？',
  '专利质押贷款有多少企业？',
  '小微企业有什么补贴？',
  '那最高多少？',
  '火星移民签证',
]

await using served = await serveBot(values.webhook ? 'webhook' : 'polling', { LOG_LEVEL: 'warn' })
const { api, settings } = served
const start = () => spawnBot(settings, ...(values.entry === undefined ? [] : [values.entry]))
let bot = start()
await api.until(() => api.updates.isPolled() || api.updates.webhook() !== undefined, 60_000)

const rooms = Array.from({ length: Number(values.chats) }, (_, i) => api.person(10_000 + i))
const count = Number(values.seconds) * Number(values.rate)
const memory: number[] = []
const askedAt = new Map<string, number>()
const cpuBefore = cpuMs(bot.child.pid)
const began = performance.now()
const startedAt = Date.now()
for (let i = 0; i < count; i++) {
  const room = rooms[i % rooms.length]!
  const { message_id: id } = room.write(QUESTIONS[i % QUESTIONS.length]!)
  askedAt.set(`${room.chat.id}:${id}`, Date.now())
  if (i % 50 === 0) memory.push(residentMb(bot.child.pid))
  if (values.kill && i === Math.floor(count / 2)) {
    await bot.end('SIGKILL')
    bot = start()
  }
  await sleep(Math.max(0, began + ((i + 1) * 1000) / Number(values.rate) - performance.now()))
}
const answers = (room: Room) =>
  room.messages
    .filter(({ from }) => from.is_bot)
    .flatMap(({ reply_to_message: asked }) => (asked ? [asked.message_id] : []))
const unanswered = () =>
  rooms.reduce(
    (sum, room) =>
      sum + room.messages.filter(({ from }) => !from.is_bot).length - new Set(answers(room)).size,
    0,
  )
await api.until(() => unanswered() === 0, 30_000).catch(() => {})

const timed = api.calls
  .filter(({ method, outcome }) => method === 'sendMessage' && outcome === 'done')
  .map(({ payload, at }) => ({
    at: at - startedAt,
    delay: at - (askedAt.get(keyOf(payload)) ?? at),
  }))
const delays = timed.map(({ delay }) => delay).toSorted((a, b) => a - b)
const slowest = Map.groupBy(timed, ({ at }) => Math.floor(at / 5_000))
const repeated = rooms.reduce(
  (sum, room) => sum + answers(room).length - new Set(answers(room)).size,
  0,
)
const disorder = rooms.filter((room) => {
  const order = answers(room)
  return order.some((id, i) => i > 0 && id < order[i - 1]!)
})
const share = (part: number) => delays[Math.floor(delays.length * part)]
process.stdout.write(
  `${JSON.stringify({
    asked: count,
    unanswered: unanswered(),
    repeated,
    chatsOutOfOrder: disorder.length,
    p50Ms: share(0.5),
    p95Ms: share(0.95),
    maxMs: delays.at(-1),
    slowestMsIn5s: [...slowest.values()].map((some) => Math.max(...some.map(({ delay }) => delay))),
    cpuMsAQuestion: Math.round((cpuMs(bot.child.pid) - cpuBefore) / count),
    memoryMb: memory.filter((_, i) => i % Math.ceil(memory.length / 10) === 0),
  })}\n`,
)
await bot.end('SIGTERM')
process.stderr.write(bot.logged().slice(0, 2_000))

function keyOf({ chat_id, reply_parameters: asked }: Record<string, unknown>): string {
  const id = typeof asked === 'object' && asked && 'message_id' in asked ? asked.message_id : ''
  return `${String(chat_id)}:${String(id)}`
}
