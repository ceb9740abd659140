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

test('an edit that changes no word, comes late, or asks nothing does nothing and costs nothing', async () => {
  await using served = await serveBot('polling', { LIMIT_USER_PER_MINUTE: '3' })
  const { api } = served
  const me = api.person(802)
  const group = api.group(-802)
  served.start()
  const asked = me.write(POWER)
  const answer = await me.next()
  for (let i = 0; i < 5; i++) me.edit(asked, POWER)
  me.edit(asked, LOAN, 121)
  me.edit(asked, '/help')
  const chatter = group.write('今天开会')
  group.edit(chatter, `今天不开会，${POWER}`)
  expect(await group.quiet()).toBe(true)
  expect(await me.quiet()).toBe(true)
  expect(me.find(answer.message_id)).toMatchObject({ text: answer.text, edits: 0 })
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

test('an edit that makes a question of what was none is answered, in the place of what was said to that', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const me = api.person(810)
  const group = api.group(-810)
  served.start()
  const settles = async (id: number, words: string) =>
    me.until(() => me.find(id)?.text?.includes(words) ?? false)
  const picture = me.send({ photo: [{}] })
  const refused = await me.next()
  me.caption(picture, POWER)
  await settles(refused.message_id, '一个工作日')
  const slip = me.write(`/aks ${LOAN}`)
  const unknown = await me.next()
  me.edit(slip, `/ask ${LOAN}`)
  await settles(unknown.message_id, '26家企业')
  const place = me.write('/place 辽阳市市')
  const nowhere = await me.next()
  expect(nowhere.text).not.toContain('辽阳市市')
  me.edit(place, '/place 辽阳市')
  await settles(nowhere.message_id, '辽阳市')
  const help = me.write('/help')
  const helped = await me.next()
  me.edit(help, POWER)
  expect((await me.next()).text).toContain('一个工作日')
  expect(me.find(helped.message_id)?.edits).toBe(0)
  const unheard = group.write(`@wence_bo ${POWER}`)
  expect(await group.quiet()).toBe(true)
  group.edit(unheard, `@wence_bot ${POWER}`)
  expect((await group.next()).reply_to_message?.message_id).toBe(unheard.message_id)
  expect(saidIn(me, api)).toHaveLength(5)
})

test('an edit that is not answered leaves the answer that is being written alone', async () => {
  await using served = await serveBot('polling', {
    CHAT_MODEL: 'small',
    LIMIT_USER_PER_MINUTE: '1',
  })
  const { api } = served
  const me = api.person(811)
  const other = api.person(812)
  const asking = `慢慢说，${POWER}专利质押贷款`
  served.start()
  const asked = me.write(asking)
  await me.until(() => me.typing > 0)
  me.edit(asked, `${asking}吗`)
  const turned = other.write(asking)
  await other.until(() => other.typing > 0)
  other.edit(turned, '/articles@other_bot 专利')
  for (const room of [me, other]) expect((await room.next()).text).toContain('①')
  expect((await me.next()).text).toContain('秒再问')
  expect(await other.quiet()).toBe(true)
})

test('what is edited before it was begun costs one question', async () => {
  await using served = await serveBot('polling', { LIMIT_USER_PER_MINUTE: '2' })
  const { api } = served
  const me = api.person(813)
  me.write(POWER)
  const asked = me.write(POWER)
  me.edit(asked, LOAN)
  served.start()
  expect((await me.next()).text).toContain('一个工作日')
  expect((await me.next()).text).toContain('26家企业')
  expect(await me.quiet()).toBe(true)
})

test('an edited question is read as of when it was asked, and stays there', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const me = api.person(814)
  served.start()
  me.write(POWER)
  await me.next()
  const asked = me.write('那要交钱吗？')
  const answer = await me.next()
  me.write(LOAN)
  await me.next()
  me.edit(asked, '那要多久？')
  await me.until(() => me.find(answer.message_id)?.edits === 1)
  expect(me.find(answer.message_id)?.text).toContain('一个工作日')
  me.write('那最高多少？')
  expect((await me.next()).text).toContain('专利质押贷款')
})

test('an edit of one part of a long text leaves its answer as it is', async () => {
  await using served = await serveBot('polling', { CHAT_MODEL: 'small' })
  const { api } = served
  const me = api.person(815)
  served.start()
  const long = `慢慢说，${POWER}${'𠮷'.repeat(2040)}`
  const first = me.write(long)
  const second = me.write(LOAN)
  await me.until(() => me.typing > 0)
  me.edit(first, long.replace('多久', '几天'))
  me.edit(second, POWER)
  const answer = await me.next()
  expect(answer.text).toContain('①')
  me.edit(second, LOAN.replace('多少', '几家'))
  expect(await me.quiet(400)).toBe(true)
  expect(me.find(answer.message_id)).toMatchObject({ text: answer.text, edits: 0 })
})

test('what follows an edit goes on from it also where staff keep what was asked before', async () => {
  await using served = await serveBot('polling', { DESK_TOKEN: 'open sesame' })
  const { api } = served
  const me = api.person(816)
  served.start()
  const asked = me.write('火星移民签证')
  const answer = await me.next()
  me.tap(answer, '请工作人员回复')
  await me.next()
  me.edit(asked, LOAN)
  await me.until(() => me.find(answer.message_id)?.text?.includes('26家企业') ?? false)
  me.write('那最高多少？')
  expect((await me.next()).text).toContain('专利质押贷款有多少企业？那最高多少？')
})
