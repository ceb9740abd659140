/** What Telegram does not take at once, or never: nothing is lost, little comes twice, nobody else waits for it. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openState } from '../../src/stores/sqlite/open-state.ts'
import { openStateDatabase } from '../../src/stores/sqlite/state-database.ts'
import type { BotApi, Fault } from '../support/bot-api/bot-api.ts'
import { type Served, serveBot } from '../support/bot-api/harness.ts'
import type { Room } from '../support/bot-api/room.ts'

const ASKED = '企业用电报装要多久？'
const TOPIC = { message_thread_id: 77, is_topic_message: true } as const
const UNKNOWN_TOPIC: Fault = { code: 400, description: 'Bad Request: message thread not found' }

const fromBot = ({ messages }: Room, { me }: BotApi) =>
  messages.filter(({ from }) => from.id === me.id)
const sentTo = ({ calls }: BotApi, chat: number) =>
  calls.filter(({ method, payload }) => method === 'sendMessage' && payload['chat_id'] === chat)

/** Staff write to all who want a reply, as the desk notes it. */
async function replyToAll({ dir }: Served): Promise<void> {
  const file = join(dir, 'conversations.sqlite')
  const state = await openState(file, { keepQuestions: true })
  const db = openStateDatabase(file)
  // The first whose chat is the first.
  for (const [n, { asked }] of db
    .prepare('SELECT asked FROM replies ORDER BY chat')
    .all()
    .entries())
    await state.replies.write(String(asked), { text: '请到渡口办。', signature: '' }, n)
  db.close()
  await state.close()
}

test.each<[string, (api: BotApi) => Room]>([
  ['private chat', (api) => api.person(901)],
  ['group', (api) => api.group(-901)],
])(
  'an answer to a topic of a %s that Telegram no longer knows goes without it',
  async (_of, open) => {
    await using served = await serveBot('polling')
    const { api } = served
    const room = open(api)
    api.order(({ payload }) =>
      payload['message_thread_id'] === undefined ? undefined : UNKNOWN_TOPIC,
    )
    const bot = served.start()
    const question = room.write(`/ask ${ASKED}`, TOPIC)
    const answer = await room.next()
    expect(answer.text).toContain('一个工作日')
    expect(answer.reply_to_message?.message_id).toBe(question.message_id)
    expect(answer.reply_markup?.inline_keyboard).toBeDefined()
    expect(bot.logged()).not.toContain('not answered')
  },
)

test('who has to wait for hours waits, is not asked for meanwhile, and holds up nobody', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const [me, other] = [api.person(902), api.person(903)]
  api.order(({ method, payload }) =>
    method === 'sendMessage' && payload['chat_id'] === 902
      ? { code: 429, retry_after: 5_329 }
      : undefined,
  )
  const bot = served.start()
  me.write(ASKED)
  await api.until(() => sentTo(api, 902).length > 0)
  for (let n = 0; n < 1_100; n++) me.write(`嗯${n}`)
  await api.until(() => api.updates.pending() <= 100, 20_000)
  other.write(ASKED)
  expect((await other.next()).text).toContain('一个工作日')
  expect(sentTo(api, 902)).toHaveLength(1)
  expect(bot.logged()).not.toContain('not answered')
  await bot.stop()
  // After the wait, here by another start.
  api.order(() => undefined)
  served.start()
  expect((await me.next(10_000)).text).toContain('一个工作日')
}, 60_000)

test('what a group says among its people waits for nothing', async () => {
  await using served = await serveBot('polling')
  const { api, dir } = served
  const group = api.group(-904)
  api.order(({ method }) =>
    method === 'sendMessage' ? { code: 429, retry_after: 600 } : undefined,
  )
  const bot = served.start()
  group.write(`/ask ${ASKED}`)
  await api.until(() => sentTo(api, -904).length > 0)
  for (let n = 0; n < 20; n++) group.write(`嗯${n}`)
  await api.until(() => api.updates.pending() === 0)
  await bot.stop()
  const db = openStateDatabase(join(dir, 'conversations.sqlite'))
  const { left } = db.prepare('SELECT count(body) AS left FROM inbox').get()!
  db.close()
  expect(left).toBe(1)
})

test('while the answers to what is sent are lost, it comes a few times and not without end', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const me = api.person(905)
  api.order(({ method }) => (method === 'sendMessage' ? 'lost' : undefined))
  served.start()
  me.write(ASKED)
  await api.until(() => fromBot(me, api).length >= 2, 10_000)
  await sleep(4_000)
  expect(fromBot(me, api).length).toBeLessThanOrEqual(3)
}, 30_000)

test('a reply of the staff to a chat that has to wait holds up no other', async () => {
  await using served = await serveBot('polling', { DESK_TOKEN: 'open sesame' })
  const { api } = served
  const rooms = [api.person(906), api.person(907)]
  served.start()
  for (const room of rooms) {
    room.write('火星移民签证')
    room.tap(await room.next(), '请工作人员回复')
    await room.next()
  }
  const before = sentTo(api, 906).length
  let left = 3
  api.order(({ method, payload }) =>
    method === 'sendMessage' && payload['chat_id'] === 906 && left-- > 0
      ? { code: 429, retry_after: left === 2 ? 6 : 1_800 }
      : undefined,
  )
  await replyToAll(served)
  expect((await rooms[1]!.next()).text).toContain('请到渡口办。')
  await sleep(1_000)
  expect(sentTo(api, 906).length - before).toBe(1)
  left = 0
  expect((await rooms[0]!.next(10_000)).text).toContain('请到渡口办。')
}, 30_000)

test.each([
  'Bad Request: CHAT_RESTRICTED',
  'Bad Request: not enough rights to send text messages to the chat',
  'Forbidden: bot was kicked from the supergroup chat',
])(
  'where the bot may not write (%s) it is tried once, and nothing is worked out for a while',
  async (description) => {
    await using served = await serveBot('polling')
    const { api } = served
    const group = api.group(-908)
    const code = description.startsWith('Forbidden') ? 403 : 400
    api.order(({ method }) => (method === 'sendMessage' ? { code, description } : undefined))
    const bot = served.start()
    for (let n = 0; n < 5; n++) group.write(`/ask ${ASKED}`)
    await api.until(() => bot.logged().split('"msg":"not worked out').length > 4)
    expect(sentTo(api, -908)).toHaveLength(1)
    expect(bot.logged().split('"msg":"answered"')).toHaveLength(2)
    expect(bot.logged()).not.toContain('"level":"error"')
    // Until its rights change.
    api.order(() => undefined)
    group.admit('restricted', 'member')
    group.write(`/ask ${ASKED}`)
    expect((await group.next()).text).toContain('一个工作日')
  },
)

test.each<Fault & object>([
  { code: 401, description: 'Unauthorized' },
  { code: 400, description: 'Bad Request: Logged out' },
])(
  'what was to be said when the token was refused (%o) is said at the next start',
  async (fault) => {
    await using served = await serveBot('polling')
    const { api } = served
    const me = api.person(909)
    let revoked = false
    api.order(({ method }) => {
      revoked ||= method === 'sendMessage'
      return revoked ? fault : undefined
    })
    const bot = served.start()
    me.write(ASKED)
    await api.until(() => sentTo(api, 909).length > 0)
    await sleep(100)
    await bot.stop()
    expect(bot.logged()).not.toContain('not answered')
    revoked = false
    api.order(() => undefined)
    served.start()
    expect((await me.next()).text).toContain('一个工作日')
  },
)

test('a chat that has to wait while an answer is written gets no more of it until then, and then the whole', async () => {
  await using served = await serveBot('polling', { CHAT_MODEL: 'small' })
  const { api } = served
  const me = api.person(910)
  const at: number[] = []
  api.order(({ method }) => {
    if (method !== 'sendMessageDraft' && method !== 'sendMessage') return undefined
    at.push(performance.now())
    return at.length === 1 ? { code: 429, retry_after: 2 } : undefined
  })
  served.start()
  me.write('慢慢说，企业用电报装和专利质押贷款')
  const answer = await me.next(10_000)
  expect(answer.text).not.toContain('…')
  expect(at[1]! - at[0]!).toBeGreaterThan(1_990)
})
