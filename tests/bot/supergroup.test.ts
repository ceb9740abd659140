import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openState } from '../../src/stores/sqlite/open-state.ts'
import { openStateDatabase } from '../../src/stores/sqlite/state-database.ts'
import { type Served, serveBot } from '../support/bot-api/harness.ts'
import { type Room, type Shown, person } from '../support/bot-api/room.ts'

const ASKED = '企业用电报装要多久？'
const OTHER = '专利质押贷款有多少企业？'
const [ME, COLLEAGUE] = [person(1), person(2)]

async function hears(room: Room, words: string): Promise<Shown> {
  const message = await room.next()
  expect(message.text).toContain(words)
  return message
}

/** A group with a place and an answer. */
async function settled({ api }: Served, id: number): Promise<{ group: Room; answer: Shown }> {
  const group = api.basicGroup(id)
  group.write('/place 辽阳市', {}, ME)
  await hears(group, '辽阳市')
  group.write(`/ask ${ASKED}`, {}, ME)
  return { group, answer: await hears(group, '一个工作日') }
}

/** What Telegram tells of it, in whatever order it comes. */
const TELLS: Readonly<Record<string, (group: Room, grown: Room) => void>> = {
  'told in both': (group, grown) => {
    group.send({ migrate_to_chat_id: grown.chat.id })
    grown.sendAs(grown.chat, { migrate_from_chat_id: group.chat.id })
  },
  'told in the new one first': (group, grown) => {
    grown.sendAs(grown.chat, { migrate_from_chat_id: group.chat.id })
    group.send({ migrate_to_chat_id: grown.chat.id })
  },
  'told twice': (group, grown) => {
    for (const _ of [1, 2]) group.send({ migrate_to_chat_id: grown.chat.id })
    for (const _ of [1, 2]) grown.sendAs(grown.chat, { migrate_from_chat_id: group.chat.id })
  },
  'told by what is refused': (group) => group.write('/help', {}, ME),
}

test.each(Object.entries(TELLS))(
  'a group that becomes a supergroup keeps its place, answers and permission: %s',
  async (_name, tell) => {
    await using served = await serveBot('polling', { TELEGRAM_ALLOWED_CHATS: '-731' })
    const { api } = served
    const bot = served.start()
    const { group, answer } = await settled(served, -731)
    const grown = api.upgrade(group, -100_731, false)
    tell(group, grown)
    await api.until(() => bot.logged().includes('write its new id there'))
    if (_name === 'told by what is refused') await hears(grown, '/articles')

    grown.write('/place', {}, COLLEAGUE)
    await hears(grown, '现在的所在地：辽阳市')
    grown.write('/source 1', {}, COLLEAGUE)
    await hears(grown, '灯塔日报')
    group.tap(answer, '① 原文', ME)
    await hears(grown, '灯塔日报')
    grown.write('/ask 那要交钱吗？', {}, ME)
    await hears(grown, '不收取报装费用')
    expect(bot.logged().split('write its new id there')).toHaveLength(2)
    expect(await grown.quiet()).toBe(true)
    await bot.stop()
    const again = served.start()
    grown.write(`/ask ${OTHER}`, {}, ME)
    await hears(grown, '26家企业')
    group.tap(answer, '① 原文', ME)
    await hears(grown, '灯塔日报')
    expect(again.logged()).not.toContain('write its new id there')
  },
)

test('what a group waited for comes to the supergroup, also before it is told of', async () => {
  await using served = await serveBot('polling', { DESK_TOKEN: 'open sesame' })
  const { api, dir } = served
  const bot = served.start()
  const { group, answer } = await settled(served, -732)
  group.tap(answer, '有误', ME)
  group.tap(await group.next(), '请工作人员回复', ME)
  await hears(group, '在这里回复您')
  await bot.stop()
  // All of this waits at Telegram and in the file while no bot runs.
  const state = await openState(join(dir, 'conversations.sqlite'), { keepQuestions: true })
  const [asked] = (await state.replies.all()).keys()
  await state.replies.write(asked!, { text: '请到渡口办。', signature: '' }, 1)
  await state.close()
  group.write('/ask 那要交钱吗？', { reply_to_message: answer }, COLLEAGUE)
  group.write(`/ask ${OTHER}`, {}, ME)
  const grown = api.upgrade(group, -100_732)
  grown.write('/place', {}, ME)
  served.start()
  let heard = ''
  for (const _ of [1, 2, 3, 4]) heard += (await grown.next()).text
  for (const words of ['不收取报装费用', '26家企业', '请到渡口办。', '现在的所在地：辽阳市'])
    expect(heard).toContain(words)
  expect(await grown.quiet(1_200)).toBe(true)
  // Its messages are numbered anew, so that none of the old ones is there to be quoted.
  const quoting = grown.messages.filter(({ reply_to_message: quoted }) => quoted)
  expect(quoting.every(({ reply_to_message: quoted }) => quoted?.text === '/place')).toBe(true)
})

test('a message of the supergroup is not taken for one of the group with its number', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  served.start()
  const { group, answer } = await settled(served, -733)
  const grown = api.upgrade(group, -100_733)
  while (grown.messages.length < answer.message_id - 1) grown.send({ sticker: {} }, COLLEAGUE)
  const help = grown.post(api.me, { text: '别的话' })
  await grown.next()
  expect(help.message_id).toBe(answer.message_id)
  grown.write('那要交钱吗？', { reply_to_message: help }, COLLEAGUE)
  expect((await grown.next()).text).not.toContain('不收取报装费用')
})

test('a page is not turned in another message that has its number', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  served.start()
  const group = api.basicGroup(-734)
  group.write('/articles', {}, ME)
  const list = await group.next()
  const grown = api.upgrade(group, -100_734)
  while (grown.messages.length < list.message_id) grown.post(api.me, { text: '别动' })
  for (const _ of grown.messages.slice(1)) await grown.next()
  const turned = { inline_keyboard: [[{ text: '翻', callback_data: 'l:0' }]] }
  group.rewrite(list.message_id, { text: list.text!, reply_markup: turned })
  group.tap(list, '翻', ME)
  await hears(grown, '收录的报道')
  expect(grown.messages.filter(({ text }) => text === '别动').length).toBeGreaterThan(0)
  expect(grown.messages.every(({ edits }) => edits === 0)).toBe(true)
})

test('who joins again as a supergroup does not greet again', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const bot = served.start()
  const grown = api.upgrade(api.basicGroup(-735), -100_735)
  await api.until(() => bot.logged().includes('a group became a supergroup'))
  grown.admit('left', 'member')
  expect(await grown.quiet(300)).toBe(true)
})

test('nothing of what moved is lost to who forgets', async () => {
  await using served = await serveBot('polling')
  const { api, dir } = served
  served.start()
  const { group } = await settled(served, -736)
  const grown = api.upgrade(group, -100_736)
  grown.write('/forget', {}, ME)
  const choice = await grown.next()
  grown.tap(choice, '全部删除', ME)
  await grown.until(() => grown.find(choice.message_id)?.text?.includes('已删除') ?? false)
  const db = openStateDatabase(join(dir, 'conversations.sqlite'))
  for (const table of ['asked', 'chats', 'prompts'])
    expect(db.prepare(`SELECT * FROM ${table}`).all()).toEqual([])
  db.close()
})

test('what a group follows the supergroup does, also what was still asked for in the group', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const bot = served.start()
  const group = api.basicGroup(-737)
  group.write('/follow 专利质押贷款', {}, ME)
  await hears(group, '专利质押贷款')
  const grown = api.upgrade(group, -100_737)
  await api.until(() => bot.logged().includes('a group became a supergroup'))
  group.write('/follow 企业用电报装', {}, ME)
  await hears(grown, '企业用电报装')
  grown.write('/follow', {}, COLLEAGUE)
  expect((await grown.next()).text).toMatch(/专利质押贷款[^]*企业用电报装/)
})

test('an answer that is being written when the group moves is stopped from the supergroup', async () => {
  await using served = await serveBot('polling', { CHAT_MODEL: 'small' })
  const { api } = served
  const group = api.basicGroup(-738)
  served.start()
  group.write(`/ask 慢慢说，${ASKED}${OTHER}`, {}, ME)
  await group.until(() => group.typing > 0)
  const grown = api.upgrade(group, -100_738)
  grown.write('/abort', {}, COLLEAGUE)
  await hears(grown, '没有正在写')
  grown.write('/abort', {}, ME)
  await hears(grown, '已停下')
})
