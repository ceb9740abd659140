import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openStateDatabase } from '../../src/stores/sqlite/state-database.ts'
import { type Running, type Served, serveBot, spawnBot } from '../support/bot-api/harness.ts'
import { type Room, type Shown, person } from '../support/bot-api/room.ts'
import { LOANS, WATER, bring, closeReaders, openIndexed } from '../support/follow-library.ts'

const NOON = Date.parse('2026-11-26T12:00:00+08:00')
const NIGHT = Date.parse('2026-11-26T23:10:00+08:00')
const MORNING = Date.parse('2026-11-27T08:01:00+08:00')
const HEAD = '您关注的“专利质押贷款”（濮阳市）有新报道'
const FOLLOW = '/follow 专利质押贷款 濮阳市'
const MORE = '濮阳市把专利质押贷款的期限放宽到三年。'
/** Letters are looked for every 50 ms, here. */
const LETTERS_MS = 300

// Files are read and indexed as by npm run ingest.
vi.setConfig({ testTimeout: 60_000 })
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOON }))
afterAll(closeReaders)
afterEach(() => void vi.useRealTimers())

const labels = (message: Shown) =>
  message.reply_markup?.inline_keyboard?.flat().map(({ text }) => text) ?? []
const ask = (
  room: Room,
  text: string,
  ...more: [Record<string, unknown>?, ReturnType<typeof person>?]
) => {
  room.write(text, ...more)
  return room.next()
}

/** A bot over an index that holds something, which it has looked at. */
async function indexed(settings: Record<string, string> = {}) {
  const served = await serveBot('polling', settings, openIndexed)
  await bring(served.dir, 'water.jsonl', [WATER])
  const bot = served.start()
  await looked(served, bot, 1)
  return { served, bot }
}

/** Waits until the bot looked at what came, for the so manieth time. */
const looked = ({ api }: Served, bot: Running, times: number) =>
  api.until(() => (bot.logged().match(/articles came/g) ?? []).length >= times, 15_000)

/** It is later now; the bot hears so by what somebody writes. */
async function becomes(room: Room, at: number) {
  vi.setSystemTime(at)
  expect((await ask(room, '/help')).text).toContain('/follow')
}

test('who follows is told of what comes, with the cut and its source, and nothing twice', async () => {
  const { served, bot } = await indexed({ PUBLIC_URL: 'https://wence.example.org' })
  await using _ = served
  const me = served.api.person(901)
  expect((await ask(me, '/follow')).text).toContain('/follow 专利质押贷款 濮阳市')
  const confirmed = await ask(me, FOLLOW)
  expect(confirmed.text).toContain('好的，已关注“专利质押贷款”（濮阳市）')
  expect(confirmed.text).toMatch(/每天最多一条.*22 点到 8 点/)
  expect(labels(confirmed)).toEqual(['不再关注'])
  expect((await ask(me, '/follow 专利质押贷款？ 濮阳')).text).toContain('已经在关注')

  await bring(served.dir, 'loans.jsonl', [LOANS])
  const news = await me.next()
  expect(news.text).toContain(`${HEAD}\n\n濮阳市 · 2026年11月 · 渡口日报\n`)
  expect(news.text).toMatch(/专利质押贷款.*①/u)
  expect(news.text).toMatch(/①② 《银行上门办专利质押贷款》\n①/)
  expect(labels(news)).toEqual(expect.arrayContaining(['① 原文', '有用', '有误', '不再关注']))
  me.react(news, [], ['👎'])
  expect((await me.next()).text).toContain('哪里不对')
  me.tap(news, '① 原文')
  const source = await me.next()
  expect(source.text).toContain('十个工作日内办结')
  expect(labels(source)).toContain('来源页')
  me.write('那要多久办结？', { reply_to_message: news })
  expect((await me.next()).text).toContain('按“')

  await bring(served.dir, 'loans.jsonl', [
    LOANS,
    { ...WATER, title: '又一件', text: '柳河镇的图书馆开门了，周末不休息。' },
  ])
  await looked(served, bot, 3)
  await bot.stop()
  served.start()
  vi.setSystemTime(MORNING)
  await becomes(me, MORNING)
  expect(await me.quiet(LETTERS_MS)).toBe(true)
})

test('of another place, of long ago, or about something else, nothing is told', async () => {
  const { served, bot } = await indexed()
  await using _ = served
  const me = served.api.person(902)
  await ask(me, FOLLOW)
  await bring(served.dir, 'b.jsonl', [
    { ...LOANS, place: '聊城市', text: LOANS.text.replaceAll('濮阳', '聊城') },
    { ...LOANS, title: '去年的专利质押贷款', date: '2025-03-01' },
    { ...WATER, title: '菊花开了', text: '公园里的菊花开了，市民周末前去观赏，门票免费。' },
  ])
  await looked(served, bot, 2)
  expect(await me.quiet(LETTERS_MS)).toBe(true)
})

test('at night nothing comes, and in the morning what waited does', async () => {
  const { served, bot } = await indexed()
  await using _ = served
  const me = served.api.person(903)
  await ask(me, FOLLOW)
  await becomes(me, NIGHT)
  await bring(served.dir, 'loans.jsonl', [LOANS])
  await looked(served, bot, 2)
  expect(await me.quiet(LETTERS_MS)).toBe(true)
  await becomes(me, MORNING)
  expect((await me.next()).text).toContain(HEAD)
})

test('a day brings one message at most, of all that is followed there', async () => {
  const { served, bot } = await indexed()
  await using _ = served
  const me = served.api.person(904)
  await ask(me, FOLLOW)
  await ask(me, '/follow 菜市场改造 濮阳市')
  await bring(served.dir, 'loans.jsonl', [LOANS])
  const first = await me.next()
  expect(first.text).toContain(HEAD)
  await bring(served.dir, 'market.jsonl', [
    {
      title: '菜市场改造补助办法公布',
      text: '濮阳市对菜市场改造给予补助，补助标准为每平方米二百元。菜市场改造须在年底前完工，由市商务局验收。',
      date: '2026-11-26',
      place: '濮阳市',
    },
    { ...LOANS, title: '专利质押贷款又有新办法', text: MORE },
  ])
  await looked(served, bot, 3)
  expect(await me.quiet(LETTERS_MS)).toBe(true)
  await becomes(me, MORNING)
  const second = await me.next()
  expect(second.text).toContain(HEAD)
  expect(second.text).toContain('您关注的“菜市场改造”（濮阳市）有新报道')
  expect(second.text).toMatch(/①[\s\S]*②/u)
  expect(labels(second)).toEqual(
    expect.arrayContaining(['② 原文', '不再关注“专利质押贷款”', '不再关注“菜市场改造”']),
  )
  me.tap(second, '② 原文')
  expect((await me.next()).text).toMatch(/^②/)
  expect(await me.quiet(LETTERS_MS)).toBe(true)
})

test('one tap ends it; what waited then is not told', async () => {
  const { served, bot } = await indexed()
  await using _ = served
  const me = served.api.person(905)
  const confirmed = await ask(me, FOLLOW)
  await becomes(me, NIGHT)
  await bring(served.dir, 'loans.jsonl', [LOANS])
  await looked(served, bot, 2)
  me.tap(confirmed, '不再关注')
  expect((await me.next()).text).toContain('不再关注了')
  me.tap(confirmed, '不再关注')
  expect((await me.next()).text).toContain('不再关注了')
  await becomes(me, MORNING)
  expect(await me.quiet(LETTERS_MS)).toBe(true)
  expect((await ask(me, '/follow')).text).toContain('还没有关注什么')
})

test('so many and no more are followed, and each can be ended from the list', async () => {
  const { served } = await indexed()
  await using _ = served
  const me = served.api.person(906)
  for (let n = 1; n <= 10; n++) await ask(me, `/follow 第${n}产业园招商`)
  const full = await ask(me, FOLLOW)
  expect(full.text).toMatch(/^最多同时关注 10 个/)
  me.tap(full, '不再关注“第3产业园招商”')
  await me.next()
  expect((await ask(me, FOLLOW)).text).toContain('已关注')
  expect((await ask(me, '/follow 你好')).text).toContain('写明要关注的事')
  expect((await ask(me, '/follow 濮阳市')).text).toContain('写明要关注的事')
})

test('in a group it comes into its topic; who asked for it ends it, or an admin', async () => {
  const { served } = await indexed()
  await using _ = served
  const group = served.api.group(-907)
  group.threads.add(7)
  const topic = { message_thread_id: 7, is_topic_message: true } as const
  await ask(group, '/place 濮阳市', topic, person(1))
  const confirmed = await ask(group, '/follow 专利质押贷款', topic, person(1))
  expect(confirmed.text).toContain('（濮阳市）')
  const tap = group.tap(confirmed, '不再关注', person(2))
  await served.api.until(() => served.api.taps.get(tap)?.text?.includes('群管理员') ?? false)
  await bring(served.dir, 'loans.jsonl', [LOANS])
  const news = await group.next()
  expect(news.text).toContain(HEAD)
  expect(news.message_thread_id).toBe(7)
  group.admins.add(2)
  group.tap(news, '不再关注', person(2))
  expect((await group.next()).text).toContain('不再关注了')
})

test('a group that became a supergroup is told there, once that day', async () => {
  const { served, bot } = await indexed()
  await using _ = served
  const { api, dir } = served
  const group = api.basicGroup(-913)
  await ask(group, FOLLOW, {}, person(1))
  const grown = api.upgrade(group, -100_913, false)
  await bring(dir, 'loans.jsonl', [LOANS])
  const news = await grown.next()
  expect(news.text).toContain(HEAD)
  await bring(dir, 'more.jsonl', [{ ...LOANS, title: '又有新办法', text: MORE }])
  await looked(served, bot, 3)
  expect(await grown.quiet(LETTERS_MS)).toBe(true)
  grown.tap(news, '不再关注', person(1))
  await grown.next()
  expect((await ask(grown, '/follow')).text).toContain('还没有关注什么')
})

test('what is too much for one message is counted', async () => {
  const { served } = await indexed()
  await using _ = served
  const me = served.api.person(914)
  const matters = ['渡船补贴', '茶园补贴', '菜市场补贴', '养蜂补贴', '校车补贴']
  for (const matter of matters) await ask(me, `/follow ${matter}`)
  await bring(
    served.dir,
    'grants.jsonl',
    matters.map((matter) => ({
      title: `${matter}办法公布`,
      text: `今年起对${matter}调整标准，${'申请人须在规定期限内提交材料'.repeat(14)}，${matter}每年五万元。`,
      date: '2026-11-25',
      place: '濮阳市',
    })),
  )
  const news = await me.next()
  expect(news.text!.length).toBeLessThan(4096)
  expect(news.text!.match(/您关注的“.*?”（各地）有新报道/gu)).toHaveLength(3)
  expect(news.text).toContain('其余 2 条写不下')
  expect(labels(news).filter((label) => label.startsWith('不再关注'))).toHaveLength(5)
  expect(await me.quiet(LETTERS_MS)).toBe(true)
})

test('who forgets is told nothing more, and no file knows what or where', async () => {
  const { served, bot } = await indexed()
  await using _ = served
  const me = served.api.person(908)
  await ask(me, '/follow 独一无二的质押贷款')
  expect((await ask(me, '/privacy')).text).toContain('/follow')
  const asked = await ask(me, '/forget')
  me.tap(asked, '全部删除')
  await me.until(() => me.find(asked.message_id)?.text === '您的记录已全部删除。')
  await bot.stop()
  const { dir } = served
  const files = readdirSync(dir).filter((name) => name.startsWith('conversations'))
  expect(files.filter((name) => readFileSync(join(dir, name)).includes('独一无二'))).toEqual([])
})

test('where nothing is kept, nothing is followed, and it says so', async () => {
  await using served = await serveBot('polling', { KEEP_QUESTIONS_DAYS: '0' })
  served.start()
  const me = served.api.person(909)
  expect((await ask(me, FOLLOW)).text).toContain('记不住要关注什么')
  expect((await ask(me, '/privacy')).text).not.toContain('/follow')
})

test('who blocked the bot follows nothing any more, and others are told', async () => {
  const { served, bot } = await indexed()
  await using _ = served
  const [gone, other] = [served.api.person(910), served.api.person(911)]
  await ask(gone, FOLLOW)
  await ask(other, FOLLOW)
  gone.blocked = true
  await bring(served.dir, 'loans.jsonl', [LOANS])
  expect((await other.next()).text).toContain(HEAD)
  await served.api.until(() => bot.logged().includes('a letter cannot be sent'))
  gone.blocked = false
  expect((await ask(gone, '/follow')).text).toContain('还没有关注什么')
})

test('a group that lets the bot say nothing is told another day', async () => {
  const { served, bot } = await indexed()
  await using _ = served
  const { api } = served
  const [group, me] = [api.group(-913), api.person(914)]
  await ask(group, FOLLOW)
  const description = 'Bad Request: not enough rights to send text messages to the chat'
  const isToGroup = (payload: Record<string, unknown>) => payload['chat_id'] === -913
  api.order(({ method, payload }) =>
    method === 'sendMessage' && isToGroup(payload) ? { code: 400, description } : undefined,
  )
  await bring(served.dir, 'loans.jsonl', [LOANS])
  await api.until(() => bot.logged().includes('a letter cannot be sent'))
  const tried = () => api.calls.filter(({ payload }) => isToGroup(payload)).length
  const before = tried()
  await sleep(LETTERS_MS)
  expect(tried()).toBe(before)
  api.order(() => undefined)
  await becomes(me, MORNING)
  expect((await group.next()).text).toContain(HEAD)
})

/** What the bot keeps, as another program reads it. */
function rowsOf({ dir }: Served, sql: string) {
  const db = openStateDatabase(join(dir, 'conversations.sqlite'))
  try {
    return db.prepare(sql).all()
  } finally {
    db.close()
  }
}

async function forgets(room: Room, from: ReturnType<typeof person>) {
  const asked = await ask(room, '/forget', {}, from)
  room.tap(asked, '全部删除', from)
  await room.until(() => room.find(asked.message_id)?.edits === 1)
}

const isNews = ({ method, payload }: { method: string; payload: Record<string, unknown> }) =>
  method === 'sendMessage' && String(payload['text']).startsWith('您关注的')

test('what two follow in a group is told once; who forgets takes their words, and the other stays', async () => {
  const { served, bot } = await indexed()
  await using _ = served
  const group = served.api.group(-920)
  const [one, other] = [person(1), person(2)]
  await ask(group, FOLLOW, {}, one)
  expect((await ask(group, '/follow 专利质押贷款？ 濮阳', {}, other)).text).toContain(
    '好的，已关注',
  )
  expect((await ask(group, '/follow 专利质押贷款？ 濮阳', {}, other)).text).toContain('已经在关注')
  await ask(group, '/follow 企业申请专利贷款贴息的材料 濮阳市', {}, one)
  await bring(served.dir, 'loans.jsonl', [LOANS])
  const news = await group.next()
  expect(news.text!.split(HEAD)).toHaveLength(2)
  await served.api.until(() => bot.logged().includes('a letter was sent'))
  const asked = JSON.stringify(rowsOf(served, 'SELECT question, answer FROM asked'))
  expect(asked).toContain('关注：银行上门办专利质押贷款')
  expect(asked).not.toContain('企业申请专利贷款贴息的材料')
  await forgets(group, one)
  group.tap(news, '① 原文', other)
  expect((await group.next()).text).toContain('十个工作日内办结')
  await bring(served.dir, 'more.jsonl', [{ ...LOANS, title: '又有新办法', text: MORE }])
  await looked(served, bot, 3)
  vi.setSystemTime(MORNING)
  await ask(group, '/help')
  const next = await group.next()
  expect(next.text).toContain('您关注的“专利质押贷款')
  expect(labels(next).filter((label) => label.startsWith('不再关注'))).toEqual(['不再关注'])
})

test('who forgets while news is on its way leaves nothing', async () => {
  const { served, bot } = await indexed()
  await using _ = served
  const { api } = served
  const me = api.person(921)
  await ask(me, FOLLOW)
  const asked = await ask(me, '/forget')
  api.order((call) => (isNews(call) ? { code: 500 } : undefined))
  await bring(served.dir, 'loans.jsonl', [LOANS])
  await api.until(() => api.calls.some(isNews), 15_000)
  me.tap(asked, '全部删除')
  await me.until(() => me.find(asked.message_id)?.edits === 1)
  api.order(() => undefined)
  await api.until(() => bot.logged().includes('a letter was sent'), 15_000)
  expect(rowsOf(served, 'SELECT id FROM asked')).toEqual([])
  expect(rowsOf(served, 'SELECT chat FROM news_days')).toEqual([])
})

test.each(['TOPIC_CLOSED', 'no such words were ever heard'])(
  'what Telegram refuses because of %s is told another day',
  async (why) => {
    const { served, bot } = await indexed()
    await using _ = served
    const { api } = served
    const me = api.person(922)
    await ask(me, FOLLOW)
    api.order(({ method, payload }) =>
      method === 'sendMessage' && String(payload['text']).startsWith('您关注的')
        ? { code: 400, description: `Bad Request: ${why}` }
        : undefined,
    )
    await bring(served.dir, 'loans.jsonl', [LOANS])
    await api.until(() => bot.logged().includes('a letter cannot be sent'), 15_000)
    api.order(() => undefined)
    expect(await me.quiet(LETTERS_MS)).toBe(true)
    await becomes(me, MORNING)
    expect((await me.next()).text).toContain(HEAD)
  },
)

test('what is tried until night waits for the morning', async () => {
  const { served, bot } = await indexed()
  await using _ = served
  const { api } = served
  const me = api.person(923)
  await ask(me, FOLLOW)
  api.order((call) => (isNews(call) ? 'dropped' : undefined))
  await bring(served.dir, 'loans.jsonl', [LOANS])
  await api.until(() => api.calls.some(isNews), 15_000)
  await becomes(me, NIGHT)
  await api.until(() => bot.logged().includes('a letter was not sent'), 15_000)
  api.order(() => undefined)
  expect(await me.quiet(LETTERS_MS)).toBe(true)
  await becomes(me, MORNING)
  expect((await me.next()).text).toContain(HEAD)
})

test('a group that is not served any more is told nothing, one by another id is', async () => {
  const { served, bot } = await indexed({ TELEGRAM_ALLOWED_CHATS: '-924,-925,4' })
  await using _ = served
  const { api } = served
  const [off, on, group] = [api.group(-924), api.basicGroup(-925), api.group(-926)]
  await ask(off, FOLLOW, {}, person(1))
  await ask(on, FOLLOW, {}, person(1))
  await ask(group, FOLLOW, {}, person(4))
  const grown = api.upgrade(on, -100_925)
  await bot.stop()
  served.start({ TELEGRAM_ALLOWED_CHATS: '-100925,4' })
  await bring(served.dir, 'loans.jsonl', [LOANS])
  expect((await grown.next()).text).toContain(HEAD)
  expect((await group.next()).text).toContain(HEAD)
  expect(await off.quiet(LETTERS_MS)).toBe(true)
})

test('what is followed is ended in words, too', async () => {
  const { served } = await indexed()
  await using _ = served
  const me = served.api.person(927)
  expect((await ask(me, '/follow 取消')).text).toContain('还没有关注什么')
  await ask(me, FOLLOW)
  await ask(me, '/follow 菜市场改造 濮阳市')
  await ask(me, '/follow 菜市场改造 台前县')
  expect((await ask(me, '/follow 取消行政许可 濮阳市')).text).toContain('已关注“取消行政许可”')
  for (const unclear of ['取消', '取消 9', '取消 茶园', '取消 菜市场改造'])
    expect((await ask(me, `/follow ${unclear}`)).text).toMatch(/正在关注：[^]*\/follow 取消 1 /u)
  expect((await ask(me, '/follow 取消 菜市场改造 台前')).text).toContain('不再关注了')
  expect((await ask(me, '/follow 取消 1')).text).toContain('不再关注了')
  const left = await ask(me, '/follow')
  expect(left.text).toContain('1. “菜市场改造”（濮阳市）\n2. “取消行政许可”（濮阳市）\n')
  expect(left.text).not.toContain('3.')
})

test('who follows in the name of a channel or as an anonymous admin ends it by writing so', async () => {
  const { served } = await indexed()
  await using _ = served
  const { api } = served
  const [group, channel] = [api.group(-928), api.channel(-929)]
  group.writeAs(channel.chat, FOLLOW)
  const confirmed = await group.next()
  expect((await ask(group, '/follow 取消 1', {}, person(1))).text).toContain('群管理员')
  await ask(group, '/follow 专利质押贷款 濮阳市', {}, person(1))
  group.writeAs(channel.chat, '/follow 取消 专利质押贷款')
  expect((await group.next()).text).toContain('群里还有人关注')
  group.tap(confirmed, '不再关注', person(1))
  expect((await group.next()).text).toContain('不再关注了')
  await ask(group, FOLLOW, {}, person(1))
  group.writeAs(group.chat, '/follow 取消 1')
  expect((await group.next()).text).toContain('不再关注了')
  expect((await ask(group, '/follow')).text).toContain('还没有关注什么')
})

test('killed with a message on its way, it comes once when one serves again', async () => {
  const served = await serveBot('polling', {}, openIndexed)
  await using _ = served
  const { api, dir, settings } = served
  const entry = fileURLToPath(new URL('../support/bot-api/serve-index.ts', import.meta.url))
  await bring(dir, 'water.jsonl', [WATER])
  const me = api.person(912)
  await using first = spawnBot(settings, entry)
  await api.until(() => first.logged().includes('articles came'), 20_000)
  await ask(me, FOLLOW)
  api.order((call) => (isNews(call) ? { code: 500 } : undefined))
  await bring(dir, 'loans.jsonl', [LOANS])
  await api.until(() => api.calls.some(isNews), 20_000)
  await first.end('SIGKILL')
  api.order(() => undefined)
  await using second = spawnBot(settings, entry)
  expect((await me.next(20_000)).text).toContain(HEAD)
  await api.until(() => second.logged().includes('a letter was sent'))
  await second.end('SIGKILL')
  await using third = spawnBot(settings, entry)
  me.write('/follow')
  expect((await me.next(20_000)).text).toContain('正在关注')
  expect(await me.quiet(LETTERS_MS)).toBe(true)
  expect(await third.end('SIGTERM')).toBe(0)
}, 60_000)
