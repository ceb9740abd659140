import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import type { BotApi } from '../support/bot-api/bot-api.ts'
import { serveBot, spawnBot } from '../support/bot-api/harness.ts'
import type { Room } from '../support/bot-api/room.ts'

const POWER = '用电报装要多久？'
const LONG = '长篇，用电报装要多久？'
const LOAN = '专利质押贷款有多少企业？'

const saidIn = ({ messages }: Room, { me }: BotApi) =>
  messages.filter(({ from }) => from.id === me.id)

test.each(['polling', 'webhook'] as const)(
  'a question that is edited in time is answered in the place of the old answer (%s)',
  async (mode) => {
    await using served = await serveBot(mode)
    const { api } = served
    const me = api.person(801)
    served.start()
    const asked = me.write(POWER)
    const answer = await me.next()
    me.edit(asked, LOAN)
    await me.until(() => me.find(answer.message_id)?.text?.includes('26家企业') ?? false)
    expect(saidIn(me, api)).toHaveLength(1)
    // What follows goes on from what is asked now.
    me.write('那最高多少？')
    expect((await me.next()).text).toContain('专利质押贷款')
    // Its buttons are those of the new answer.
    me.tap(answer, '① 原文')
    expect((await me.next()).text).toContain('辽阳晚报')
    // And once more.
    me.edit(asked, POWER, 100)
    await me.until(() => me.find(answer.message_id)?.text?.includes('一个工作日') ?? false)
    expect(saidIn(me, api)).toHaveLength(3)
  },
)

test('an edit that changes no word, comes late, or is of no question does nothing and costs nothing', async () => {
  await using served = await serveBot('polling', { LIMIT_USER_PER_MINUTE: '3' })
  const { api } = served
  const me = api.person(802)
  const group = api.group(-802)
  served.start()
  const asked = me.write(POWER)
  const answer = await me.next()
  for (let i = 0; i < 5; i++) me.edit(asked, POWER)
  me.edit(asked, LOAN, 121)
  const help = me.write('/help')
  const helped = await me.next()
  me.edit(help, POWER)
  const chatter = group.write('今天开会')
  group.edit(chatter, `@wence_bot ${POWER}`)
  expect(await group.quiet()).toBe(true)
  expect(await me.quiet()).toBe(true)
  for (const { message_id: id, text } of [answer, helped])
    expect(me.find(id)).toMatchObject({ text, edits: 0 })
  me.write(POWER)
  expect((await me.next()).text).toContain('一个工作日')
})

test('an edit counts for the limit; beyond it the old answer stays', async () => {
  await using served = await serveBot('polling', { LIMIT_USER_PER_MINUTE: '1' })
  const { api } = served
  const me = api.person(803)
  served.start()
  const asked = me.write(POWER)
  const answer = await me.next()
  me.edit(asked, LOAN)
  expect((await me.next()).text).toContain('秒再问')
  expect(me.find(answer.message_id)?.text).toContain('一个工作日')
})

test('nothing of a longer answer stays, and a longer one goes on below', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const me = api.person(804)
  served.start()
  const asked = me.write(LONG)
  const first = await me.next()
  const second = await me.next()
  me.edit(asked, LOAN)
  await me.until(() => me.find(second.message_id) === undefined)
  expect(saidIn(me, api).map(({ message_id: id }) => id)).toEqual([first.message_id])
  expect(me.find(first.message_id)?.text).toContain('26家企业')
  me.edit(asked, LONG, 60)
  expect((await me.next()).message_id).toBeGreaterThan(second.message_id)
  expect(me.find(first.message_id)?.text).not.toContain('26家企业')
  expect(saidIn(me, api)).toHaveLength(2)
})

test('where the old answer is gone, the new one is sent anew', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const me = api.person(805)
  served.start()
  const asked = me.write(POWER)
  const answer = await me.next()
  me.remove(answer.message_id)
  me.edit(asked, LOAN)
  const again = await me.next()
  expect(again.text).toContain('26家企业')
  expect(again.reply_to_message?.message_id).toBe(asked.message_id)
})

test('where it cannot be written over, it is taken away', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const me = api.person(806)
  served.start()
  api.order(({ method }) =>
    method === 'editMessageText'
      ? { code: 400, description: "message can't be edited" }
      : undefined,
  )
  const asked = me.write(POWER)
  const answer = await me.next()
  me.edit(asked, LOAN)
  expect((await me.next()).text).toContain('26家企业')
  await me.until(() => me.find(answer.message_id) === undefined)
  expect(saidIn(me, api)).toHaveLength(1)
})

test.each([
  ['in private', true],
  ['in a group', false],
])(
  '%s, a question that is edited while it is answered is answered once, as it stands',
  async (_name, isPrivate) => {
    await using served = await serveBot('polling', { CHAT_MODEL: 'small' })
    const { api } = served
    const room = isPrivate ? api.person(807) : api.group(-807)
    const bot = served.start()
    const ask = isPrivate ? '' : '/ask '
    const asked = room.write(`${ask}慢慢说，${POWER}专利质押贷款`)
    await room.until(() => (isPrivate ? room.drafts : saidIn(room, api)).length > 0)
    room.edit(asked, `${ask}久久地想，${POWER}`)
    room.edit(asked, `${ask}${LOAN}`)
    await room.until(() => saidIn(room, api).some((said) => said.reply_markup))
    expect(saidIn(room, api).map(({ text }) => text)).toEqual([
      expect.not.stringContaining('工作日'),
    ])
    expect(bot.logged().split('"msg":"answered"')).toHaveLength(2)
  },
)

test('killed before an edit is answered, the next start answers it in the same place', async () => {
  await using served = await serveBot('polling')
  const { api, settings } = served
  const me = api.person(808)
  await using first = spawnBot(settings)
  await api.until(() => api.updates.isPolled(), 15_000)
  const asked = me.write(POWER)
  const answer = await me.next()
  me.edit(asked, `慢慢说，${LOAN}`)
  await api.until(() => api.updates.pending() === 0 && me.typing > 1)
  await first.end('SIGKILL')
  await using second = spawnBot(settings)
  await me.until(() => me.find(answer.message_id)?.text?.includes('26家企业') ?? false, 15_000)
  expect(saidIn(me, api)).toHaveLength(1)
  expect(await second.end('SIGTERM')).toBe(0)
}, 60_000)

test('what is noted of a question says none of its words, and is forgotten with it', async () => {
  await using served = await serveBot('polling', { KEEP_QUESTIONS_DAYS: '0' })
  const { api, dir } = served
  const me = api.person(809)
  const bot = served.start()
  const noted = () => {
    const db = new DatabaseSync(join(dir, 'conversations.sqlite'), { readOnly: true })
    const rows = db.prepare('SELECT * FROM questions').all()
    db.close()
    return rows
  }
  const asked = me.write(POWER)
  const answer = await me.next()
  expect(noted()).toHaveLength(1)
  expect(JSON.stringify(noted())).not.toMatch(/用电|809/)
  me.write('/forget')
  const choice = await me.next()
  me.tap(choice, '全部删除')
  await me.until(() => me.find(choice.message_id)?.text?.includes('已全部删除') ?? false)
  expect(noted()).toEqual([])
  me.edit(asked, LOAN)
  expect(await me.quiet()).toBe(true)
  expect(me.find(answer.message_id)?.edits).toBe(0)
  await bot.stop()
})
