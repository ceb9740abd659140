import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Fault } from '../support/bot-api/bot-api.ts'
import { serveBot } from '../support/bot-api/harness.ts'
import type { Room } from '../support/bot-api/room.ts'

const ASKED = '企业用电报装要多久？'
const fromBot = ({ messages }: Room, bot: number) => messages.filter(({ from }) => from.id === bot)

/** The same numbers every time. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}

test('with a fifth of all calls failing in every way, each question is answered or the log says why not', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const random = seeded(7)
  const faults: Fault[] = [
    { code: 429, retry_after: 1 },
    { code: 500 },
    { code: 502 },
    { code: 403, description: 'Forbidden: bot was blocked by the user' },
    { code: 400, description: 'Bad Request: message is too long' },
    'dropped',
    'lost',
  ]
  const rooms = Array.from({ length: 14 }, (_, i) => api.person(400 + i))
  const bot = served.start()
  await api.until(() => api.updates.isPolled())
  api.order(() => (random() < 0.2 ? faults[Math.floor(random() * faults.length)] : undefined))
  for (let round = 0; round < 2; round++) for (const room of rooms) room.write(`${ASKED}${round}`)
  const unanswered = () => bot.logged().split('not answered').length - 1
  const answered = () =>
    rooms.reduce(
      (sum, room) =>
        sum +
        new Set(fromBot(room, api.me.id).map((m) => m.text && m.reply_to_message?.message_id)).size,
      0,
    )
  // What was done twice and never answered for waits a minute.
  await api.until(() => answered() + unanswered() >= 28, 80_000)
  const refused = api.calls.filter(
    ({ method, outcome }) =>
      method === 'sendMessage' && typeof outcome === 'object' && outcome.code === 403,
  )
  expect(unanswered()).toBeLessThanOrEqual(refused.length)
  expect(bot.logged()).not.toContain('simulated-token')
}, 100_000)

test.each<[string, Fault]>([
  ['500', { code: 500 }],
  ['429', { code: 429, retry_after: 1 }],
  ['a dropped connection', 'dropped'],
  ['a refused format', { code: 400, description: "Bad Request: can't parse entities" }],
])('a message is sent again after %s', async (_name, fault) => {
  await using served = await serveBot('polling')
  const { api } = served
  const me = api.person(450)
  let left = 1
  api.order(({ method }) => (method === 'sendMessage' && left-- > 0 ? fault : undefined))
  served.start()
  me.write(ASKED)
  expect((await me.next()).text).toContain('一个工作日内办结')
  expect(await me.quiet(100)).toBe(true)
})

test('who blocked the bot is left alone, and others are served', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const blocked = api.person(460)
  const other = api.person(461)
  const bot = served.start()
  blocked.blocked = true
  blocked.write(ASKED)
  other.write(ASKED)
  await other.next()
  await api.until(() => bot.logged().includes('cannot be written to'))
  expect(
    api.calls.filter((c) => c.method === 'sendMessage' && c.payload['chat_id'] === 460),
  ).toHaveLength(1)
})

test('another poller, lost connections and refusals while polling end nothing', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const me = api.person(470)
  const troubles: Fault[] = [{ code: 409 }, 'dropped']
  api.order(({ method }) => (method === 'getUpdates' ? troubles.shift() : undefined))
  const bot = served.start()
  me.write(ASKED)
  expect((await me.next()).text).toContain('一个工作日')
  expect(bot.logged()).toContain('another program fetches the updates')
})

test('a server that holds no request is not asked without end', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  api.order(({ method }) => (method === 'getUpdates' ? 'empty' : undefined))
  served.start()
  await api.until(() => api.calls.some(({ method }) => method === 'getUpdates'))
  const before = api.calls.length
  await sleep(500)
  expect(api.calls.length - before).toBeLessThan(6)
})

test('a group that became a supergroup is answered where it went', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const old = api.group(-480)
  const moved = api.group(-100480)
  api.order(({ method, payload }) =>
    method === 'sendMessage' && payload['chat_id'] === -480
      ? { code: 400, description: 'migrated', migrate_to_chat_id: -100480 }
      : undefined,
  )
  served.start()
  old.write(`/ask ${ASKED}`)
  expect((await moved.next()).text).toContain('一个工作日')
})

test('a token that Telegram refuses ends the start with a sentence', async () => {
  await using served = await serveBot('polling')
  const bot = served.start({ TELEGRAM_BOT_TOKEN: '1234567:not-the-token-of-the-server-000000000' })
  await served.api.until(() => bot.logged().includes('Error'))
  expect(bot.logged()).toContain('Telegram does not accept TELEGRAM_BOT_TOKEN')
  expect(bot.logged()).not.toContain('not-the-token')
})

test('calls to the webhook without the secret, or that are no updates, are refused', async () => {
  await using served = await serveBot('webhook')
  const { api } = served
  const me = api.person(490)
  served.start()
  await api.until(() => api.updates.webhook() !== undefined)
  const { url, secret } = api.updates.webhook()!
  const call = async (body: string, headers: Record<string, string>, to = url) =>
    (await fetch(to, { method: 'POST', body, headers })).status
  const right = { 'x-telegram-bot-api-secret-token': secret! }
  const forged = JSON.stringify({ update_id: 5, message: me.messages[0] ?? {} })
  expect(await call(forged, {})).toBe(401)
  expect(await call(forged, { 'x-telegram-bot-api-secret-token': 'wrong' })).toBe(401)
  expect(await call('no json', right)).toBe(400)
  expect(await call('{}', right)).toBe(400)
  expect(await call('x'.repeat(1_000_001), right)).toBe(413)
  expect(await call('{}', right, `${url}/elsewhere`)).toBe(404)
  expect((await fetch(new URL('/healthz', url))).status).toBe(200)
  me.write(ASKED)
  expect((await me.next()).text).toContain('一个工作日')
})

test('a group that threw the bot out, and a topic that is closed, hold up nobody', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const [left, group] = [api.group(-491), api.group(-492)]
  for (const topic of [7, 8]) group.threads.add(topic)
  const inTopic = (id: number) => ({ message_thread_id: id, is_topic_message: true }) as const
  left.blocked = true
  group.closed.add(7)
  const bot = served.start()
  left.write(`/ask ${ASKED}`)
  group.write(`/ask ${ASKED}`, inTopic(7))
  group.write(`/ask ${ASKED}`, inTopic(8))
  expect((await group.next()).message_thread_id).toBe(8)
  expect(await group.quiet()).toBe(true)
  await api.until(() => bot.logged().split('cannot be written to').length > 1)
  const sent = api.calls.filter(({ method }) => method === 'sendMessage')
  expect(sent.filter(({ outcome }) => outcome !== 'done')).toHaveLength(2)
})

test('a tap that is too old to be acknowledged still does what it says', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const me = api.person(493)
  const first = served.start()
  me.write(ASKED)
  const answer = await me.next()
  await first.stop()
  api.expire(me.tap(answer, '① 原文'))
  served.start()
  expect((await me.next()).text).toContain('灯塔日报')
})
