import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { createInbox } from '../../src/bot/updates/inbox.ts'
import { openStateDatabase } from '../../src/stores/sqlite/state-database.ts'
import { serveBot, spawnBot } from '../support/bot-api/harness.ts'
import { type Room, person } from '../support/bot-api/room.ts'

/** The ids of the messages that the bot replied to, in the order of its replies. */
const answered = ({ messages }: Room, bot: number) =>
  messages
    .filter(({ from }) => from.id === bot)
    .map((message) => message.reply_to_message?.message_id)

test.each(['polling', 'webhook'] as const)(
  'killed in the middle and started again, it answers all in order and what was in flight at most twice (%s)',
  async (mode) => {
    await using served = await serveBot(mode)
    const { api, settings } = served
    const rooms = Array.from({ length: 12 }, (_, i) => api.person(200 + i))
    await using first = spawnBot(settings)
    await api.until(() => api.updates.isPolled() || api.updates.webhook() !== undefined)
    for (let round = 0; round < 6; round++)
      for (const room of rooms) room.write(`企业用电报装要多久？第${round}问`)
    const sent = () => rooms.reduce((sum, room) => sum + answered(room, api.me.id).length, 0)
    await api.until(() => sent() >= 20)
    await first.end('SIGKILL')
    expect(sent()).toBeLessThan(72)

    await using second = spawnBot(settings)
    const all = () => rooms.every((room) => new Set(answered(room, api.me.id)).size === 6)
    await api.until(all, 15_000)
    expect(await second.end('SIGTERM')).toBe(0)
    for (const room of rooms) {
      const order = answered(room, api.me.id)
      expect(order).toEqual(order.toSorted((a, b) => a! - b!))
    }
    const repeated = sent() - 72
    const announced = second.logged().split('may come twice').length - 1
    expect(repeated).toBeLessThanOrEqual(announced)
    expect(announced).toBeLessThanOrEqual(rooms.length)
  },
)

test('SIGTERM finishes what was begun and leaves the rest for the next start', async () => {
  await using served = await serveBot('polling')
  const { api, settings } = served
  const room = api.person(300)
  await using first = spawnBot(settings)
  await api.until(() => api.updates.isPolled())
  room.write('慢慢说，企业用电报装要多久？')
  room.write('专利质押贷款有多少企业？')
  await api.until(() => room.typing > 0)
  expect(await first.end('SIGTERM')).toBe(0)
  expect(answered(room, api.me.id)).toEqual([1])

  await using second = spawnBot(settings)
  await api.until(() => answered(room, api.me.id).length === 2, 20_000)
  await second.end('SIGTERM')
  expect(second.logged()).not.toContain('may come twice')
})

test('what Telegram put off beyond the end is answered at the next start', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const me = api.person(303)
  api.order(({ method }) => (method === 'sendMessage' ? { code: 429, retry_after: 60 } : undefined))
  const first = served.start()
  me.write('企业用电报装要多久？')
  await api.until(() => api.calls.some(({ method }) => method === 'sendMessage'))
  await first.stop()
  expect(first.logged()).toContain('answered at the next start')
  api.order(() => undefined)
  const second = served.start()
  expect((await me.next()).text).toContain('一个工作日')
  expect(await me.quiet()).toBe(true)
  // What was to be said was known, so nothing is asked again.
  expect(second.logged()).not.toContain('"answered"')
})

test('what a group saw of an answer before a kill is written over by the whole, not left beside it', async () => {
  await using served = await serveBot('polling', { CHAT_MODEL: 'small', KEEP_QUESTIONS_DAYS: '0' })
  const { api, dir, settings } = served
  const group = api.group(-304)
  await using first = spawnBot(settings)
  await api.until(() => api.updates.isPolled())
  group.write('/ask 慢慢说，企业用电报装和专利质押贷款')
  const partial = await group.next()
  expect(partial.text).toMatch(/…$/)
  const db = new DatabaseSync(join(dir, 'conversations.sqlite'), { readOnly: true })
  await api.until(() => db.prepare('SELECT * FROM outbox').all().length > 0)
  db.close()
  await first.end('SIGKILL')

  await using second = spawnBot(settings)
  await group.until(
    () => (group.find(partial.message_id)?.reply_markup?.inline_keyboard?.length ?? 0) > 0,
    20_000,
  )
  expect(await group.quiet(300)).toBe(true)
  await second.end('SIGTERM')
})

test('a question that ends the process is given up after three times, and drags nobody along', async () => {
  await using served = await serveBot('polling')
  const { api, settings } = served
  const rooms = Array.from({ length: 12 }, (_, i) => api.person(320 + i))
  const bad = api.person(340)
  for (const [i, room] of rooms.entries()) {
    if (i === 6) bad.write('炸！企业用电报装要多久？')
    room.write('久久地想，企业用电报装要多久？')
  }
  let ended = 0
  for (; ended < 5; ended++) {
    await using bot = spawnBot(settings)
    const done = () => [bad, ...rooms].every((room) => answered(room, api.me.id).length > 0)
    await api.until(() => done() || bot.child.signalCode !== null, 15_000)
    if (bot.child.signalCode === null) break
  }
  expect(ended).toBe(3)
  expect((await bad.next()).text).toContain('没能答完')
  for (const room of rooms) expect((await room.next()).text).toContain('一个工作日')
}, 60_000)

test('who is given up is told, and can ask again at a tap', async () => {
  await using served = await serveBot('polling')
  const { api, dir } = served
  const me = api.person(305)
  const message = me.post(person(305), { text: '企业用电报装要多久？' })
  const db = openStateDatabase(join(dir, 'conversations.sqlite'))
  const inbox = createInbox(db, api.me.id)
  inbox.accept([JSON.parse(JSON.stringify({ update_id: 5, message }))], 0)
  inbox.begin(5, 3)
  db.close()
  served.start()
  const told = await me.next()
  expect(told.text).toContain('没能答完')
  me.tap(told, '再问一次')
  expect((await me.next()).text).toContain('一个工作日')
})

test('what is forgotten, and what was answered, is in no file', async () => {
  await using served = await serveBot('polling')
  const { api, dir } = served
  const me = api.person(301)
  const bot = served.start()
  me.write('企业用电报装要多久？独一无二的问法')
  const answer = await me.next()
  const traces = () =>
    readdirSync(dir).filter((file) => readFileSync(join(dir, file)).includes('独一无二的问法'))
  expect(traces()).not.toEqual([])
  me.tap(answer, '有误')
  await me.next()
  me.write('/forget')
  const asked = await me.next()
  me.tap(asked, '全部删除')
  await me.until(() => me.find(asked.message_id)?.text === '您的记录已全部删除。')
  expect(traces()).toEqual([])
  await bot.stop()
  expect(traces()).toEqual([])
})

test('with nothing kept, nothing asked is left on disk, and follow-ups work', async () => {
  await using served = await serveBot('polling', { KEEP_QUESTIONS_DAYS: '0' })
  const { api, dir } = served
  const me = api.person(302)
  const bot = served.start()
  me.write('企业用电报装要多久？独一无二的问法')
  const answer = await me.next()
  me.tap(answer, '① 原文')
  expect((await me.next()).text).toContain('灯塔日报')
  me.write('那要交钱吗？')
  expect((await me.next()).text).toContain('不收取')
  await bot.stop()
  // Neither what was asked nor what was said to it.
  for (const words of ['独一无二', '一个工作日', '不收取'])
    expect(
      readdirSync(dir).filter((file) => readFileSync(join(dir, file)).includes(words)),
    ).toEqual([])
})
