import { setTimeout as sleep } from 'node:timers/promises'
import { statSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { serveBot, spawnBot } from '../../support/bot-api/harness.ts'
import { tracesOf } from '../../support/traces.ts'
import { type Attack, type AttackOptions, type Measured, shareOf } from '../attack.ts'

const A_SECOND = 25
const CHATS = 20
const QUESTIONS = 500
const KILLS = 3
const FORGOTTEN = 12
/** Within a second, and one for the machine. */
const ERASED_MS = 2_000

const secret = (n: number) => `密语${n}号`
const question = (n: number) => `企业用电报装要多久？${secret(n)}`

export const attack: Attack = {
  name: 'privacy',
  does: 'asks 25 questions a second, kills the bot meanwhile and right after /forget, and looks for every question in the bytes of every file',
  promises:
    'with KEEP_QUESTIONS_DAYS=0 no question is in any file two seconds after the last was answered; after 已全部删除 nothing that this person asked is; files are 600, and no log line holds a question',
  run: async (options) => [...(await keepNothing(options)), ...(await forget(options))],
}

async function keepNothing(options: AttackOptions): Promise<Measured[]> {
  await using served = await serveBot('polling', { KEEP_QUESTIONS_DAYS: '0', LOG_LEVEL: 'debug' })
  const { api, dir, settings } = served
  let bot = spawnBot(settings)
  await api.until(() => api.updates.isPolled(), 60_000)
  const rooms = Array.from({ length: CHATS }, (_, i) => api.person(20_000 + i))
  const count = shareOf(QUESTIONS, options)
  let logs = ''
  const began = performance.now()
  for (let n = 0; n < count; n++) {
    rooms[n % CHATS]!.write(question(n))
    if ((n + 1) % Math.ceil(count / (KILLS + 1)) === 0 && n + 1 < count) {
      await bot.end('SIGKILL')
      logs += bot.logged()
      bot = spawnBot(settings)
    }
    await sleep(Math.max(0, began + ((n + 1) * 1000) / A_SECOND - performance.now()))
  }
  const unanswered = () =>
    rooms.reduce(
      (sum, { messages }) =>
        sum +
        messages.filter(({ from }) => !from.is_bot).length -
        new Set(
          messages.flatMap(({ from, reply_to_message: to }) =>
            from.is_bot && to ? [to.message_id] : [],
          ),
        ).size,
      0,
    )
  await api.until(() => unanswered() === 0, 120_000)
  await sleep(ERASED_MS)
  const alive = left(dir, count)
  const open = openFiles(dir)
  await bot.end('SIGKILL')
  logs += bot.logged()
  const dead = left(dir, count)
  const told = Array.from({ length: count }, (_, n) => n).filter((n) => logs.includes(secret(n)))
  return [
    { what: `kept for 0 days: questions asked`, value: count },
    { what: 'kept for 0 days: found 2 s after the last answer', value: alive, kept: alive === 0 },
    { what: 'kept for 0 days: found after a kill then', value: dead, kept: dead === 0 },
    { what: 'files that others could read', value: open, kept: open === 0 },
    { what: 'questions in the log, at level debug', value: told.length, kept: told.length === 0 },
  ]
}

/** Each of some people, whose questions lie among those of many, asks to be forgotten; then the bot is killed at once. */
async function forget(options: AttackOptions): Promise<Measured[]> {
  await using served = await serveBot('polling', { LOG_LEVEL: 'warn' })
  const { api, dir, settings } = served
  let bot = spawnBot(settings)
  await api.until(() => api.updates.isPolled(), 60_000)
  const people = shareOf(FORGOTTEN, options)
  const rooms = Array.from({ length: CHATS }, (_, i) => api.person(30_000 + i))
  for (let n = 0; n < CHATS * 10; n++) {
    rooms[n % CHATS]!.write(question(n))
    if (n % CHATS === CHATS - 1) await Promise.all(rooms.map((room) => room.next(30_000)))
  }
  let [found, slowest] = [0, 0]
  for (const [i, room] of rooms.slice(0, people).entries()) {
    room.write('/forget')
    const asked = await room.next(30_000)
    const started = performance.now()
    room.tap(asked, '全部删除')
    await api.until(() => room.find(asked.message_id)?.text === '您的记录已全部删除。', 30_000)
    slowest = Math.max(slowest, performance.now() - started)
    await bot.end('SIGKILL')
    for (let n = i; n < CHATS * 10; n += CHATS) found += tracesOf(dir, secret(n)).length
    bot = spawnBot(settings)
  }
  await bot.end('SIGKILL')
  const others = tracesOf(dir, secret(CHATS - 1)).length
  return [
    {
      what: `forgotten by ${people} people, 10 questions each, killed at once: found`,
      value: found,
      kept: found === 0,
    },
    {
      what: 'what others asked is still there',
      value: others > 0 ? 'yes' : 'no',
      kept: others > 0,
    },
    { what: 'slowest /forget, ms', value: Math.round(slowest) },
  ]
}

const left = (dir: string, count: number) =>
  Array.from({ length: count }, (_, n) => tracesOf(dir, secret(n)).length).reduce(
    (a, b) => a + b,
    0,
  )

const openFiles = (dir: string) =>
  readdirSync(dir).filter((name) => (statSync(join(dir, name)).mode & 0o077) !== 0).length
