import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { gatherFollowers } from '../support/bot-api/followers.ts'
import { type Served, npmStart, serveBot } from '../support/bot-api/harness.ts'
import { type Room, type Shown, person } from '../support/bot-api/room.ts'
import { newCollection, realQdrant } from '../support/real-qdrant.ts'

const STAFF = 7001
const SETTINGS = { TELEGRAM_STAFF: String(STAFF), PUBLIC_URL: 'https://wence.example.org' }
const START_MS = 60_000
const FREE_POWER = '高铁片区新入驻企业用电报装要交钱吗？'
const FREE = '无需承担任何报装及建设费用'

const labels = (message: Shown) =>
  message.reply_markup?.inline_keyboard?.flat().map(({ text }) => text) ?? []

async function ask(room: Room, text: string): Promise<string> {
  room.write(text)
  return (await room.next()).text ?? ''
}

/** What they do beside asking in a chat: they mend, ask in other ways, judge by a face, and share elsewhere. */
async function walkBeside({ api }: Served, me: Room): Promise<void> {
  const asked = me.write('火星移民签证怎么办理')
  const answer = await me.next()
  me.edit(asked, FREE_POWER)
  await me.until(() => me.find(answer.message_id)?.text?.includes(FREE) ?? false)
  me.react(answer, [], ['👎'])
  expect((await me.next()).text).toContain('哪里不对')

  me.send({ photo: [{}], caption: FREE_POWER })
  expect((await me.next()).text).toContain(FREE)
  const post = { reply_to_message: answer, quote: { text: FREE_POWER, position: 0 } }
  me.write('这是真的吗？', post)
  expect((await me.next()).text).toContain('①')
  const first = me.write(`${FREE_POWER}${'𠮷'.repeat(2036)}`)
  me.write('多谢告知。')
  const whole = await me.next()
  expect(whole.reply_to_message?.message_id).toBe(first.message_id)
  expect(await me.quiet(300)).toBe(true)

  const from = person(me.chat.id)
  const { results } = await api.inline.shown(api.inline.type(FREE_POWER, from))
  const shared = api.inline.choose(api.group(me.chat.id - 100_000), results[0]!, from)
  expect(shared.text).toContain(FREE)
  expect(labels(shared)[0]).toContain('原文')
}

/** More than thirty things that people do, over the pages of seeds/, with the program as it is started. */
async function walk(me: Room, staff: Room, group: Room): Promise<void> {
  me.write('/start')
  const start = await me.next(START_MS)
  me.tap(start, labels(start)[0]!)
  expect((await me.next()).text).toMatch(/^问：/)
  for (const [command, said] of [
    ['/help', '/articles'],
    ['/privacy', '30 天'],
    ['/nonsense', '没有这个命令'],
    ['/stats', '没有这个命令'],
    ['/abort', '没有正在写'],
  ] as const)
    expect(await ask(me, command)).toContain(said)

  me.write(FREE_POWER)
  const answer = await me.next()
  expect(answer.text).toContain(FREE)
  expect(answer.text).toContain('①')
  expect(answer.entities?.some(({ type }) => type === 'expandable_blockquote')).toBe(true)
  me.tap(answer, '① 原文')
  const source = await me.next()
  expect(source.entities?.some(({ type }) => type === 'underline')).toBe(true)
  expect(labels(source)).toEqual(expect.arrayContaining(['复制引文和出处', '看全文', '来源页']))
  me.tap(source, '看全文')
  expect((await me.next()).text).toContain('《')
  expect(await ask(me, '/source 1')).toContain('①')
  expect(await ask(me, '/source 99')).toContain('出处有')

  const thanks = me.tap(answer, '有用')
  await me.until(() => me.find(answer.message_id) !== undefined && thanks !== '')
  me.tap(answer, '有误')
  const prompt = await me.next()
  me.write('数字不对', { reply_to_message: prompt })
  expect((await me.next()).text).toContain('已交给工作人员')

  expect(await ask(me, '火星移民签证怎么办理')).toMatch(/^收录的报道.*没有/)
  expect(await ask(me, '/place 濮阳')).toContain('所在地设为濮阳市')
  me.write('/place')
  const places = await me.next()
  me.tap(places, '聊城市')
  expect((await me.next()).text).toContain('所在地设为聊城市')
  expect(await ask(me, '/place 取消')).toContain('已取消')

  me.write('/articles 贷款')
  const list = await me.next()
  me.tap(list, '2')
  expect((await me.next()).text).toContain('《')
  me.tap(list, '下一页')
  await me.until(() => me.find(list.message_id)?.text?.includes('第 2 页') ?? false)
  me.tap(list, '‹ 上一页')
  await me.until(() => me.find(list.message_id)?.text?.includes('第 1 页') ?? false)

  expect(await ask(me, '/check 高铁片区新入驻企业供电无需承担任何报装及建设费用')).toContain('报道')
  me.write('/check')
  const claim = await me.next()
  me.write('火星移民要交签证费三万元', { reply_to_message: claim })
  expect((await me.next()).text).toContain('报道')
  me.write('高铁片区新入驻企业用电无需承担费用', { forward_origin: { type: 'hidden_user' } })
  const offer = await me.next()
  me.tap(offer, '核对')
  expect((await me.next()).text).toContain('报道')
  me.tap(offer, '提问')
  expect((await me.next()).text).toBeTruthy()
  for (const content of [{ voice: {} }, { photo: [{}] }, { sticker: {} }, { document: {} }]) {
    me.send(content)
    expect((await me.next()).text).toContain('只看得懂文字')
  }

  group.write('大家好，开会了')
  group.write(`@wence_bot ${FREE_POWER}`, {
    message_thread_id: 3,
    is_topic_message: true,
  })
  const told = await group.next()
  expect(told.text).toContain(FREE)
  expect(told.message_thread_id).toBe(3)
  group.write(
    '濮阳哪个单位负责？',
    { reply_to_message: told, message_thread_id: 3, is_topic_message: true },
    person(5),
  )
  expect((await group.next()).message_thread_id).toBe(3)
  group.write('/ask 知识产权质押贷款有多少企业办成了？')
  expect((await group.next()).text).toContain('①')

  expect(await ask(staff, '/stats')).toContain('提问')
  expect(await ask(staff, '/unanswered')).toContain('火星')
  expect(await ask(staff, '/feedback')).toContain('数字不对')

  me.write('/forget')
  const sure = await me.next()
  me.tap(sure, '全部删除')
  await me.until(() => me.find(sure.message_id)?.text === '您的记录已全部删除。')
  me.tap(answer, '① 原文')
  expect((await me.next()).text).toContain('已经清除')
}

test('npm start: the walk by long polling, then by webhook over the same data', async () => {
  await using served = await serveBot('webhook', SETTINGS)
  await walkTwice(served)
}, 120_000)

test.skipIf(!realQdrant)(
  'the same on a real Qdrant',
  async () => {
    const { url, apiKey, collection } = newCollection()
    const qdrant = { QDRANT_URL: url, QDRANT_API_KEY: apiKey ?? '', QDRANT_COLLECTION: collection }
    await using served = await serveBot('webhook', { ...SETTINGS, ...qdrant })
    const env = { ...process.env, ...served.settings }
    await promisify(execFile)(process.execPath, ['src/cli/ingest.ts', 'seeds'], { env })
    await walkTwice(served)
  },
  600_000,
)

test('it ends soon after it is told to, whatever Telegram still holds', async () => {
  await using served = await serveBot('polling')
  const { api, settings } = served
  const me = api.person(7300)
  api.order(({ method }) => (method === 'sendChatAction' ? 'held' : undefined))
  await using bot = npmStart(settings)
  await api.until(() => api.updates.isPolled(), 2 * START_MS)
  me.write(FREE_POWER)
  expect((await me.next(START_MS)).text).toContain(FREE)
  await api.until(() => api.calls.some(({ outcome }) => outcome === 'held'))
  const told = performance.now()
  await bot.end('SIGTERM')
  expect(bot.logged()).toContain('"stopped"')
  expect(performance.now() - told).toBeLessThan(20_000)
}, 240_000)

async function walkTwice(served: Served): Promise<void> {
  const { api, settings } = served
  const staff = api.person(STAFF)
  const followers = gatherFollowers(served, 2)
  for (const [i, mode] of [{ TELEGRAM_WEBHOOK_URL: '' }, {}].entries()) {
    const me = api.person(7100 + i)
    const group = api.group(-7200 - i)
    group.threads.add(3)
    await using bot = npmStart({ ...settings, ...mode })
    await api.until(() => api.updates.isPolled() || api.updates.webhook() !== undefined, START_MS)
    // What they follow is brought by an ingest beside, once in each mode, each on a day of its own.
    await (i === 0 ? followers.follow() : followers.nextDay())
    const brought = followers.bring()
    await walk(me, staff, group)
    await walkBeside(served, me)
    await brought
    await followers.untilTold(i + 1)
    expect([1, 2].map((day) => followers.told(day))).toEqual(i === 0 ? [2, 0] : [2, 2])
    expect(followers.ofAnother()).toBe(0)
    expect(api.calls.filter(({ outcome }) => outcome !== 'done')).toEqual([])
    // npm itself ends with the signal; the program behind it finishes what it began.
    await bot.end('SIGTERM')
    expect(bot.logged()).toContain('"stopped"')
    expect(bot.logged()).not.toContain('simulated-token')
  }
}
