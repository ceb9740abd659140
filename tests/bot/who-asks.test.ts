import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStateDatabase } from '../../src/stores/sqlite/state-database.ts'
import { type Served, serveBot } from '../support/bot-api/harness.ts'
import { type Room, type Shown, person } from '../support/bot-api/room.ts'

const ASKED = '企业用电报装要多久？'
const FOLLOW_UP = '那要交钱吗？'
const ANSWER = '一个工作日'

const labels = (message: Shown) =>
  message.reply_markup?.inline_keyboard?.flat().map(({ text }) => text) ?? []

/** What the bot keeps, as another program reads it. */
function rowsOf({ dir }: Served, sql: string) {
  const db = openStateDatabase(join(dir, 'conversations.sqlite'))
  try {
    return db.prepare(sql).all()
  } finally {
    db.close()
  }
}

async function hears(room: Room, words: string): Promise<Shown> {
  const message = await room.next()
  expect(message.text).toContain(words)
  return message
}

test('each who writes in the name of a chat has a limit of their own', async () => {
  await using served = await serveBot('polling', { LIMIT_USER_PER_MINUTE: '1' })
  const { api } = served
  const [one, other] = [api.group(-701), api.group(-702)]
  const [daily, weekly] = [api.channel(-703), api.channel(-704)]
  served.start()
  for (const [room, sender] of [
    [one, one],
    [other, other],
    [one, daily],
    [one, weekly],
  ] as const) {
    room.writeAs(sender.chat, `/ask ${ASKED}`)
    await hears(room, ANSWER)
  }
  one.writeAs(daily.chat, `/ask ${ASKED}`)
  await hears(one, '秒再问')
})

test('what one channel asked is no other’s conversation', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const group = api.group(-705)
  const [daily, weekly] = [api.channel(-706), api.channel(-707)]
  served.start()
  group.writeAs(daily.chat, `/ask ${ASKED}`)
  await hears(group, ANSWER)
  group.writeAs(weekly.chat, `/ask ${FOLLOW_UP}`)
  expect((await group.next()).text).not.toContain('不收取报装费用')
  group.writeAs(daily.chat, `/ask ${FOLLOW_UP}`)
  await hears(group, '不收取报装费用')
})

test('nobody is staff or allowed for the account that stands for them', async () => {
  await using served = await serveBot('polling', {
    TELEGRAM_STAFF: '1087968824,136817688,777000',
    TELEGRAM_ALLOWED_CHATS: '1',
  })
  const group = served.api.group(-708)
  served.start()
  group.writeAs(group.chat, `/ask ${ASKED}`)
  await hears(group, '-708')
})

test('who writes in the name of a chat forgets by writing, since they tap in their own', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const [one, other] = [api.group(-709), api.group(-710)]
  served.start()
  for (const room of [one, other]) {
    room.writeAs(room.chat, `/ask ${ASKED}`)
    await hears(room, ANSWER)
  }
  one.writeAs(one.chat, '/forget')
  const asked = await hears(one, '/forget 全部删除')
  expect(labels(asked)).toEqual([])
  one.write('/forget 全部删除', {}, person(1))
  await hears(one, '已删除')
  expect(rowsOf(served, 'SELECT * FROM asked')).toHaveLength(2)
  one.writeAs(one.chat, '/forget 全部删除')
  await hears(one, '已删除')
  expect(rowsOf(served, 'SELECT * FROM asked')).toHaveLength(1)
  other.writeAs(other.chat, '/source 1')
  await hears(other, '灯塔日报')
})

test('a post of the linked channel asks us only when it names us', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const group = api.group(-711)
  const { chat } = api.channel(-712)
  served.start()
  group.forwardPost(chat, '今天的报纸到了')
  expect(await group.quiet()).toBe(true)
  group.forwardPost(chat, `@wence_bot ${ASKED}`)
  await hears(group, ANSWER)
})

test('whether all is deleted is for who asked to forget, and others are told so', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const group = api.group(-713)
  const [me, other] = [person(1), person(2)]
  served.start()
  for (const who of [me, other]) {
    group.write(`/ask ${ASKED}`, {}, who)
    await hears(group, ANSWER)
  }
  group.write('/forget', {}, me)
  const choice = await group.next()
  for (const label of ['全部删除', '不删']) {
    const tap = group.tap(choice, label, other)
    await api.until(() => api.taps.get(tap)?.answered === true)
    expect(api.taps.get(tap)).toMatchObject({ isAlert: true })
    expect(api.taps.get(tap)?.text).toContain('发起的人')
  }
  expect(await group.quiet()).toBe(true)
  expect(group.find(choice.message_id)?.edits).toBe(0)
  expect(rowsOf(served, 'SELECT * FROM asked')).toHaveLength(2)
  group.tap(choice, '全部删除', me)
  await group.until(() => group.find(choice.message_id)?.text?.includes('已删除') ?? false)
  expect(rowsOf(served, 'SELECT * FROM asked')).toHaveLength(1)
})

test('a button from before buttons had owners works in private, and is safe in a group', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const [me, group] = [api.person(714), api.group(-714)]
  served.start()
  const old = { inline_keyboard: [[{ text: '全部删除', callback_data: 'x' }]] }
  for (const room of [me, group]) {
    room.write(`/ask ${ASKED}`, {}, person(714))
    await hears(room, ANSWER)
  }
  const inGroup = group.post(api.me, { text: '？', reply_markup: old })
  const tap = group.tap(inGroup, '全部删除', person(714))
  await api.until(() => api.taps.get(tap)?.text?.includes('/forget') === true)
  expect(rowsOf(served, 'SELECT * FROM asked')).toHaveLength(2)
  const alone = me.post(api.me, { text: '？', reply_markup: old })
  me.tap(alone, '全部删除')
  await me.until(() => me.find(alone.message_id)?.text === '您的记录已全部删除。')
  expect(rowsOf(served, 'SELECT * FROM asked')).toHaveLength(0)
})

test('/forget in a group takes the places that a person chose, what they were asked, and nobody else’s', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const [group, mine, theirs] = [api.group(-715), api.group(-716), api.group(-717)]
  const alone = api.person(1)
  group.threads.add(7)
  const topic = { message_thread_id: 7, is_topic_message: true } as const
  const [me, other] = [person(1), person(2)]
  served.start()
  for (const room of [group, mine, alone]) {
    room.write('/place 辽阳市', {}, me)
    await hears(room, '辽阳市')
  }
  group.write('/place 海城市', topic, me)
  await hears(group, '海城市')
  theirs.write('/place 鞍山市', {}, other)
  await hears(theirs, '鞍山市')
  theirs.write('/place', {}, me)
  const prompt = await hears(theirs, '鞍山市')
  group.write('/forget', topic, me)
  const choice = await hears(group, '所在地')
  group.tap(choice, '全部删除', me)
  await group.until(() => group.find(choice.message_id)?.text?.includes('已删除') ?? false)
  expect(rowsOf(served, 'SELECT place FROM chats')).toEqual([{ place: '鞍山市' }])
  expect(rowsOf(served, 'SELECT * FROM prompts')).toEqual([])
  theirs.write('濮阳市', { reply_to_message: prompt }, me)
  expect((await theirs.next()).text).not.toContain('所在地设为')
})

test('bots are not answered, nor what they helped somebody to write', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const [me, group] = [api.person(718), api.group(-718)]
  served.start()
  const robot = { id: 42, is_bot: true, first_name: '机器', username: 'robot_bot' }
  group.write(`@wence_bot ${ASKED}`, {}, robot)
  group.write(`/ask@wence_bot ${ASKED}`, {}, robot)
  group.write(`@wence_bot ${ASKED}`, { via_bot: api.me })
  me.write(ASKED, { via_bot: api.me })
  me.write(ASKED, { via_bot: robot })
  expect(await me.quiet(400)).toBe(true)
  expect(await group.quiet()).toBe(true)
})

test.each(['/ask 企业用电报装要多久？', '/ask@wence_bot', '/help', '/nonsense@wence_bot'])(
  'who writes %s where the bot is not allowed learns the chat’s id, once a minute',
  async (command) => {
    await using served = await serveBot('polling', { TELEGRAM_ALLOWED_CHATS: '1' })
    const group = served.api.group(-719)
    served.start()
    group.write('今天开会')
    group.write('/roll')
    expect(await group.quiet()).toBe(true)
    group.writeAs(group.chat, command)
    await hears(group, '-719')
    group.write(command)
    expect(await group.quiet()).toBe(true)
  },
)

test('a tap where the bot is not allowed is told so over the chat', async () => {
  await using served = await serveBot('polling', { TELEGRAM_ALLOWED_CHATS: '1' })
  const { api } = served
  const group = api.group(-720)
  served.start()
  const keyboard = { inline_keyboard: [[{ text: '例', callback_data: 'e:0' }]] }
  group.post(api.me, { text: '？', reply_markup: keyboard })
  const tap = group.tap(await group.next(), '例')
  await api.until(() => api.taps.get(tap)?.text?.includes('-720') === true)
  expect(await group.quiet()).toBe(true)
})

test('who joins a group greets it; a channel, or a new office, is no reason to', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const [group, channel] = [api.group(-721), api.channel(-722)]
  const bot = served.start()
  channel.admit('left', 'administrator')
  channel.admit('administrator', 'left')
  group.admit('member', 'administrator')
  group.admit('left', 'member')
  await hears(group, '大家好')
  expect(await channel.quiet(300)).toBe(true)
  expect(await group.quiet()).toBe(true)
  expect(api.calls.filter(({ outcome }) => outcome !== 'done')).toEqual([])
  expect(bot.logged()).not.toMatch(/"level":"error"/)
})

test('whoever is forgotten while another program reads is told what is still to be erased', async () => {
  await using served = await serveBot('polling')
  const me = served.api.person(723)
  served.start()
  me.write(ASKED)
  await hears(me, ANSWER)
  const other = openStateDatabase(join(served.dir, 'conversations.sqlite'))
  const rows = other.prepare('SELECT * FROM asked').iterate()
  rows.next()
  me.write('/forget')
  const choice = await me.next()
  me.tap(choice, '全部删除')
  await me.until(() => (me.find(choice.message_id)?.edits ?? 0) > 0)
  expect(me.find(choice.message_id)?.text).toMatch(/^您的记录已全部删除。只是.*还没有抹掉/)
  rows.return?.()
  expect(other.prepare('SELECT * FROM asked').all()).toEqual([])
  other.close()
})

test('an answer is stopped by whoever asked, and by nobody else', async () => {
  await using served = await serveBot('polling', { CHAT_MODEL: 'small' })
  const group = served.api.group(-724)
  served.start()
  const slow = '/ask 慢慢说，企业用电报装和专利质押贷款'
  group.write(slow, {}, person(1))
  const first = await group.next()
  group.write('/abort', {}, person(2))
  await hears(group, '没有正在写')
  expect(group.find(first.message_id)?.text).not.toContain('已停下')
  group.writeAs(group.chat, slow)
  const second = await group.next()
  group.writeAs(group.chat, '/abort')
  await hears(group, '已停下')
  expect(group.find(second.message_id)?.text).toContain('（已停下）')
})
