import { expect, test } from 'vitest'
import { serveBot } from '../support/bot-api/harness.ts'
import { type Room, person } from '../support/bot-api/room.ts'

const ASKED = '企业用电报装要多久？'
const HOUR_S = 3600

test('one update that comes twice is answered once', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const me = api.person(601)
  served.start()
  const message = me.post(person(601), { text: ASKED })
  api.updates.push({ message }, 77)
  await me.next()
  api.updates.push({ message }, 77)
  expect(await me.quiet()).toBe(true)
})

test('questions of one chat are answered in order, and a slow chat holds up no other', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const slow = api.person(602)
  const quick = api.person(603)
  served.start()
  slow.write('慢慢说，企业用电报装要多久？')
  slow.write('专利质押贷款有多少企业？')
  quick.write(ASKED)
  await quick.next()
  expect(slow.messages.some(({ from }) => from.is_bot)).toBe(false)
  expect((await slow.next()).reply_to_message?.message_id).toBe(1)
  expect((await slow.next()).reply_to_message?.message_id).toBe(2)
})

test('who asks too fast is told how long to wait', async () => {
  await using served = await serveBot('polling', { LIMIT_USER_PER_MINUTE: '2' })
  const { api } = served
  const me = api.person(604)
  const other = api.person(605)
  served.start()
  for (let i = 0; i < 6; i++) me.write(ASKED)
  other.write(ASKED)
  const texts = [await me.next(), await me.next(), await me.next(), await me.next()].map(
    ({ text }) => text,
  )
  expect(texts.slice(0, 2).every((text) => text?.includes('一个工作日'))).toBe(true)
  expect(texts[2]).toMatch(/请过 \d+ 秒再问/)
  expect(texts[3]).toMatch(/请过 \d+ 秒再问/)
  expect(await me.quiet()).toBe(true)
  expect((await other.next()).text).toContain('一个工作日')
})

test('a chat has a limit of its own', async () => {
  await using served = await serveBot('polling', { LIMIT_CHAT_PER_MINUTE: '2' })
  const { api } = served
  const group = api.group(-606)
  served.start()
  for (const id of [1, 2, 3]) group.write(`/ask ${ASKED}`, {}, person(id))
  await group.next()
  await group.next()
  expect((await group.next()).text).toContain('秒再问')
})

test('a group is told once a minute that it asks too fast', async () => {
  await using served = await serveBot('polling', { LIMIT_USER_PER_MINUTE: '1' })
  const { api } = served
  const group = api.group(-622)
  served.start()
  for (const id of [1, 2, 3]) group.write(`/ask ${ASKED}`, {}, person(id))
  for (const id of [1, 2, 3]) group.write(`/ask ${ASKED}`, {}, person(id))
  for (let i = 0; i < 3; i++) expect((await group.next()).text).toContain('一个工作日')
  expect((await group.next()).text).toContain('秒再问')
  expect(await group.quiet(300)).toBe(true)
})

test.each<[string, (room: Room) => unknown]>([
  ['/help', (room) => room.write('/help')],
  ['/source', (room) => room.write('/source 1')],
  ['/forget', (room) => room.write('/forget')],
  ['/place', (room) => room.write('/place 灯塔市')],
  ['no command', (room) => room.write('/nonsense')],
  ['a sticker', (room) => room.send({ sticker: {} })],
  ['a picture', (room) => room.send({ photo: [{}] })],
  ['a forwarded text', (room) => room.write('一段话', { forward_origin: { type: 'hidden_user' } })],
])('%s counts towards the limit, a quarter of a question', async (_name, does) => {
  await using served = await serveBot('polling', { LIMIT_USER_PER_MINUTE: '1' })
  const { api } = served
  const me = api.person(623)
  served.start()
  for (let i = 0; i < 5; i++) does(me)
  for (let i = 0; i < 4; i++) expect((await me.next()).text).not.toContain('秒再问')
  expect((await me.next()).text).toContain('秒再问')
})

test('a tap too many is told so over the chat, and does nothing', async () => {
  await using served = await serveBot('polling', { LIMIT_USER_PER_MINUTE: '2' })
  const { api } = served
  const me = api.person(624)
  served.start()
  me.write(ASKED)
  const answer = await me.next()
  const taps = Array.from({ length: 6 }, () => me.tap(answer, '有用'))
  await api.until(() => taps.every((id) => api.taps.get(id)?.answered))
  expect(taps.map((id) => api.taps.get(id)?.text?.includes('秒再问'))).toEqual([
    false,
    false,
    false,
    false,
    true,
    true,
  ])
  expect(await me.quiet()).toBe(true)
})

test('what a group says among its people, and to other bots, costs nothing', async () => {
  await using served = await serveBot('polling', { LIMIT_CHAT_PER_MINUTE: '1' })
  const { api } = served
  const group = api.group(-625)
  served.start()
  for (let i = 0; i < 9; i++) group.write('今天开会')
  for (let i = 0; i < 9; i++) group.write('/roll')
  group.write(`/ask ${ASKED}`)
  expect((await group.next()).text).toContain('一个工作日')
})

test('beyond the day’s budget answers are extractive and say so', async () => {
  await using served = await serveBot('polling', { BUDGET_MODEL_CALLS_PER_DAY: '1' })
  const { api } = served
  const me = api.person(607)
  served.start()
  me.write('请用模型回答：企业用电报装要多久？')
  expect((await me.next()).text).not.toContain('额度')
  me.write('再用模型回答：企业用电报装要多久？')
  const second = await me.next()
  expect(second.text).toContain('一个工作日')
  expect(second.text).toContain('今天的模型额度已用完')
})

test('only chats and people on the list are served, others learn their number', async () => {
  await using served = await serveBot('polling', {
    TELEGRAM_ALLOWED_CHATS: '608,-609',
    TELEGRAM_STAFF: '610',
  })
  const { api } = served
  const allowed = api.person(608)
  const group = api.group(-609)
  const staff = api.person(610)
  const stranger = api.person(611)
  const elsewhere = api.group(-612)
  served.start()
  for (const room of [allowed, staff]) room.write(ASKED)
  group.write(`/ask ${ASKED}`)
  elsewhere.write(`/ask ${ASKED}`, {}, person(608))
  stranger.write(ASKED)
  for (const room of [allowed, group, staff, elsewhere])
    expect((await room.next()).text).toContain('一个工作日')
  expect((await stranger.next()).text).toContain('611')
  elsewhere.write('与机器人无关的话')
  expect(await elsewhere.quiet()).toBe(true)
})

test('a question from long ago is told so, and can be asked again at a tap', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const me = api.person(613)
  const now = Math.floor(Date.now() / 1000)
  me.write(ASKED, { date: now - 7 * HOUR_S })
  me.write('专利质押贷款有多少企业？', { date: now - 2 * HOUR_S })
  served.start()
  const late = await me.next()
  expect(late.text).toContain('我不在线')
  expect((await me.next()).text).toContain('26家企业')
  me.tap(late, '再问一次')
  expect((await me.next()).text).toContain('一个工作日')
})

test('an answer that failed says so in one sentence, and the log has the error', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const me = api.person(614)
  const bot = served.start()
  me.write('这是坏问题')
  const told = (await me.next()).text
  expect(told).toMatch(/^系统暂时出错，请稍后再试。（编号 [\w-]{8}）$/u)
  await api.until(() => bot.logged().includes('The engine broke'))
  // The number that the reader reads out finds it, and all else that was logged for the question.
  const number = /编号 ([\w-]+)/u.exec(told ?? '')![1]!
  const lines = bot
    .logged()
    .split('\n')
    .filter((line) => line.includes(number))
  const failed = lines.find((line) => line.includes('The engine broke'))
  expect(JSON.parse(failed!)).toMatchObject({
    level: 'error',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u),
    msg: 'not answered',
    request: expect.stringMatching(new RegExp(`^${number}`, 'u')),
    door: 'telegram',
    err: { type: 'Error', message: 'The engine broke' },
  })
})

test('in a private chat a slow answer is drafted as it is written', async () => {
  await using served = await serveBot('polling', { CHAT_MODEL: 'small' })
  const { api } = served
  const me = api.person(615)
  served.start()
  me.write('慢慢说，企业用电报装和专利质押贷款')
  const answer = await me.next()
  expect(me.drafts.length).toBeGreaterThan(0)
  expect(answer.text).toContain(me.drafts.at(-1)!.replace(/\n*…$/, ''))
  expect(me.drafts.at(-1)).toContain('①')
  expect(answer.edits).toBe(0)
})

test('before anything stands, a draft shows that the answer is being thought about', async () => {
  await using served = await serveBot('polling', { CHAT_MODEL: 'small' })
  const { api } = served
  const me = api.person(621)
  served.start()
  me.write('久久地想，企业用电报装要多久？')
  await me.next()
  expect(me.drafts[0]).toBe('')
})

test('in a group a slow answer is sent and edited, in one message', async () => {
  await using served = await serveBot('polling', { CHAT_MODEL: 'small' })
  const { api } = served
  const group = api.group(-616)
  served.start()
  group.write('/ask 慢慢说，企业用电报装和专利质押贷款')
  const partial = await group.next()
  expect(partial.text).toMatch(/…$/)
  await group.until(
    () => (group.find(partial.message_id)?.reply_markup?.inline_keyboard?.length ?? 0) > 0,
  )
  expect(group.find(partial.message_id)?.text).not.toMatch(/…/)
  expect(await group.quiet()).toBe(true)
})

test('where drafts are refused, the whole answer comes', async () => {
  await using served = await serveBot('polling', { CHAT_MODEL: 'small' })
  const { api } = served
  const me = api.person(617)
  api.order(({ method }) => (method === 'sendMessageDraft' ? { code: 400 } : undefined))
  served.start()
  me.write('慢慢说，企业用电报装和专利质押贷款')
  expect((await me.next()).text).toContain('①')
})

test('/abort stops the answer that is being written, and only that', async () => {
  await using served = await serveBot('polling', { CHAT_MODEL: 'small' })
  const { api } = served
  const me = api.person(618)
  served.start()
  me.write('慢慢说，企业用电报装要多久？')
  await api.until(() => me.typing > 0)
  me.write('/abort')
  expect((await me.next()).text).toBe('已停下。')
  me.write('/abort')
  expect((await me.next()).text).toContain('没有正在写')
  me.write(ASKED)
  expect((await me.next()).text).toContain('一个工作日')
})

test('what a group saw of a stopped answer is marked as broken off', async () => {
  await using served = await serveBot('polling', { CHAT_MODEL: 'small' })
  const { api } = served
  const group = api.group(-620)
  served.start()
  group.write('/ask 慢慢说，企业用电报装和专利质押贷款')
  const partial = await group.next()
  group.write('/abort')
  expect((await group.next()).text).toBe('已停下。')
  expect(group.find(partial.message_id)?.text).toMatch(/（已停下）$/)
})

test('the button on a draft stops it too', async () => {
  await using served = await serveBot('polling', { CHAT_MODEL: 'small' })
  const { api } = served
  const me = api.person(619)
  const bot = served.start()
  me.write('慢慢说，企业用电报装和专利质押贷款')
  await api.until(() => me.drafts.length > 0)
  api.updates.push({ stopped_message_generation: { chat: me.chat, draft_id: 1 } })
  await api.until(() => bot.logged().includes('stopped by the reader'))
  expect(await me.quiet()).toBe(true)
})
