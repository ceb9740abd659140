import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { type Served, type Settings, serveBot } from '../support/bot-api/harness.ts'
import { type Shown, person } from '../support/bot-api/room.ts'
import { tracesOf } from '../support/traces.ts'

const ASKED = '供电公司收取报装费用吗？'
/** Answered from two articles, of two cities. */
const OF_TWO = '企业用电报装和专利质押贷款'
const clerk = person(701)

async function typing(mode: 'polling' | 'webhook' = 'polling', settings: Settings = {}) {
  const served = await serveBot(mode, settings)
  served.api.inline.switchOn()
  return served
}

const typed = ({ api }: Served, query: string, from = clerk) =>
  api.inline.shown(api.inline.type(query, from))
const urls = ({
  reply_markup: markup,
}: {
  readonly reply_markup?: Shown['reply_markup'] | undefined
}) => markup?.inline_keyboard?.flat().map(({ url }) => url) ?? []
const startOf = (url = '') => new URL(url).searchParams.get('start') ?? ''

test.each(['polling', 'webhook'] as const)(
  'what is typed gets answers to share, by %s',
  async (mode) => {
    await using served = await typing(mode)
    const { api } = served
    const me = api.person(clerk.id)
    const group = api.group(-701)
    served.start()
    const { results, button } = await typed(served, ASKED)
    expect(button).toBeUndefined()
    expect(results).toHaveLength(1)
    const [result] = results
    expect(result!.title).toBe(
      '灯塔市供电公司介绍，企业用电报装材料齐全的，一个工作日内办结，不收取报装费用。',
    )
    expect(result!.description).toBe('灯塔日报 · 2023年3月8日 · 辽阳市灯塔市')

    const shared = api.inline.choose(group, result!, clerk)
    expect(shared.text).toContain(`问：${ASKED}`)
    expect(shared.text).toContain('一个工作日内办结，不收取报装费用。①')
    expect(shared.text).toContain('《灯塔市企业用电报装一天办结》')
    // It is no question, wherever it is shared.
    expect(await group.quiet()).toBe(true)
    api.inline.choose(me, result!, clerk)
    expect(await me.quiet()).toBe(true)
    // Whoever reads it there opens the cited words in private.
    me.write(`/start ${startOf(urls(shared)[0])}`)
    const source = await me.next()
    expect(source.text).toContain('营业厅申请')
    const bold = source.entities?.filter(({ type }) => type === 'bold').at(-1)
    expect(source.text?.slice(bold!.offset, bold!.offset + bold!.length)).toBe(
      '灯塔市供电公司介绍，企业用电报装材料齐全的，一个工作日内办结，不收取报装费用。',
    )
  },
)

test('with our pages, a shared answer leads there', async () => {
  await using served = await typing('polling', { PUBLIC_URL: 'https://wence.example.org/' })
  served.start()
  const { results } = await typed(served, ASKED)
  expect(urls(results[0]!)).toEqual([
    expect.stringMatching(/^https:\/\/wence\.example\.org\/s\/dengta-1\?q=0-39#q/),
  ])
})

test('of several articles the whole comes first, then each alone with its own source', async () => {
  await using served = await typing()
  served.start()
  const { results } = await typed(served, OF_TWO)
  expect(results.map(({ title }) => title)).toEqual([
    '完整回答（2 篇报道）',
    expect.stringMatching(/^辽阳市今年已有26家/),
    expect.stringMatching(/^灯塔市供电公司/),
  ])
  expect(urls(results[0]!)).toHaveLength(2)
  const alone = results[2]!.input_message_content.message_text
  expect(alone).toContain('不收取报装费用。①')
  expect(alone).not.toContain('②')
  expect(alone).not.toContain('辽阳晚报')
  expect(urls(results[2]!)).toHaveLength(1)
})

test('nothing found leads into the private chat, which is asked what was typed', async () => {
  await using served = await typing()
  const me = served.api.person(clerk.id)
  served.start()
  const { results, button } = await typed(served, '火星移民签证')
  expect(results).toEqual([])
  expect(button?.text).toContain('没有找到')
  me.write(`/start ${button!.start_parameter}`)
  const answer = await me.next()
  expect(answer.text).toMatch(/^问：火星移民签证\n/)
  expect(answer.text).toContain('没有找到这个问题的答案')
})

test('what asks nothing yet gets a hint or nothing', async () => {
  await using served = await typing()
  const me = served.api.person(clerk.id)
  served.start()
  const empty = await typed(served, '  ')
  expect(empty).toMatchObject({ results: [], button: { start_parameter: 'inline' } })
  me.write(`/start ${empty.button!.start_parameter}`)
  expect((await me.next()).text).toContain('可以先试试')
  const short = await typed(served, '电')
  expect(short.results).toEqual([])
  expect(short.button).toBeUndefined()
  const word = await typed(served, '报装？')
  expect(word).toMatchObject({ results: [], button: { text: expect.stringContaining('完整') } })
})

test('no model is asked, and none of its budget spent', async () => {
  await using served = await typing('polling', { BUDGET_MODEL_CALLS_PER_DAY: '1' })
  const me = served.api.person(clerk.id)
  served.start()
  const { results } = await typed(served, '模型说报装费用要多少？')
  expect(results).toHaveLength(1)
  expect(results[0]!.input_message_content.message_text).not.toContain('额度')
  me.write('模型说报装费用要多少？')
  expect((await me.next()).text).not.toContain('额度')
})

test('the same question is worked out once for many; a place is heeded, and its answer kept apart', async () => {
  await using served = await typing()
  const { api } = served
  const bot = served.start()
  const worked = () => bot.logged().split('answers offered').length - 1
  const many = [711, 712, 713].map((id) => typed(served, '慢慢说报装费用', person(id)))
  for (const { results } of await Promise.all(many)) expect(results).toHaveLength(1)
  expect(worked()).toBe(1)
  const room = api.person(714)
  room.write('/place 海城市')
  await room.next()
  const placed = await typed(served, '慢慢说报装费用', person(714))
  expect(placed.is_personal).toBe(true)
  expect(worked()).toBe(2)
  const named = await typed(served, '濮阳市企业用电报装')
  expect(named.is_personal).toBe(false)
  expect(named.cache_time).toBeGreaterThan(0)
})

test('who types on wants only the last', async () => {
  await using served = await typing()
  const { api } = served
  served.start()
  const first = api.inline.type('久久收取报装费用', clerk)
  await sleep(100)
  const second = api.inline.type('收取报装费用吗', clerk)
  expect((await api.inline.shown(second)).results).toHaveLength(1)
  await sleep(500)
  expect(api.inline.isAnswered(first)).toBe(false)
})

test('who types too fast is told to wait, and asks in private by the same measure', async () => {
  await using served = await typing('polling', { LIMIT_USER_PER_MINUTE: '1' })
  served.start()
  for (let n = 0; n < 4; n++) expect((await typed(served, `报装费用${n}`)).results).toHaveLength(1)
  const over = await typed(served, '报装费用5')
  expect(over).toMatchObject({ results: [], cache_time: 0, is_personal: true })
  expect(over.button?.text).toMatch(/请过 \d+ 秒再问/)
})

test('a link that asks costs a question', async () => {
  await using served = await typing('polling', { LIMIT_USER_PER_MINUTE: '2' })
  const me = served.api.person(clerk.id)
  served.start()
  const { button } = await typed(served, '火星移民签证', person(702))
  const ask = () => {
    me.write(`/start ${button!.start_parameter}`)
    return me.next()
  }
  await ask()
  await ask()
  expect((await ask()).text).toContain('问得有点快')
})

test('what was typed is dropped after two minutes, and worked out anew', async () => {
  const timers = vi.spyOn(globalThis, 'setTimeout')
  await using served = await typing()
  const me = served.api.person(clerk.id)
  const bot = served.start()
  const { button } = await typed(served, '火星移民签证')
  const drops = timers.mock.calls.filter(([, ms]) => ms === 120_000)
  timers.mockRestore()
  expect(drops).toHaveLength(1)
  drops[0]![0]()
  me.write(`/start ${button!.start_parameter}`)
  expect((await me.next()).text).not.toContain('火星')
  await typed(served, '火星移民签证')
  expect(bot.logged().split('answers offered')).toHaveLength(3)
})

test('a link to words that stand there no longer shows their article, and to one that is gone says so', async () => {
  await using served = await typing()
  const me = served.api.person(clerk.id)
  served.start()
  me.write('/start s_zzz-5_dengta-1')
  expect((await me.next()).text).toContain('记者 方圆')
  me.write('/start s_1-5_nobody')
  expect((await me.next()).text).toContain('已不在资料库')
})

test('who is not on the allow-list gets nothing, and no answer of who is', async () => {
  await using served = await typing('polling', { TELEGRAM_ALLOWED_CHATS: String(clerk.id) })
  served.start()
  expect(await typed(served, ASKED, person(702))).toEqual({
    results: [],
    cache_time: 0,
    is_personal: true,
  })
  expect(await typed(served, '濮阳市企业用电报装')).toMatchObject({ is_personal: true })
})

test('what fails says so, and is not kept', async () => {
  await using served = await typing()
  served.start()
  for (let n = 0; n < 2; n++) {
    const failed = await typed(served, '坏了怎么办企业用电')
    expect(failed).toMatchObject({ cache_time: 0, button: { text: '系统暂时出错，请稍后再试。' } })
  }
})

test('what Telegram refuses is offered plain', async () => {
  await using served = await typing()
  const { api } = served
  const bot = served.start()
  api.order(({ method, payload }) =>
    method === 'answerInlineQuery' && JSON.stringify(payload).includes('reply_markup')
      ? { code: 400, description: 'Bad Request: BUTTON_URL_INVALID' }
      : undefined,
  )
  const [result] = (await typed(served, ASKED)).results
  expect(result!.reply_markup).toBeUndefined()
  expect(result!.input_message_content.message_text).toContain('不收取报装费用。①')
  expect(bot.logged()).toContain('BUTTON_URL_INVALID')
})

test('nothing that is typed is written, told in the log, or answered after a restart', async () => {
  await using served = await typing()
  const { api, dir } = served
  const first = served.start()
  await typed(served, '企业用电报装，独一无二')
  api.order(({ method }) => (method === 'answerInlineQuery' ? { code: 500 } : undefined))
  const lost = api.inline.type('企业用电报装，独一无二的第二句')
  await sleep(300)
  await first.stop()
  api.order(() => undefined)
  expect(tracesOf(dir, '独一无二')).toEqual([])
  const second = served.start()
  await typed(served, ASKED)
  expect(api.inline.isAnswered(lost)).toBe(false)
  expect(first.logged() + second.logged()).not.toContain('独一无二')
})

test('a query that is too old is nobody’s fault', async () => {
  await using served = await typing()
  const { api } = served
  const bot = served.start()
  api.inline.type(ASKED, clerk, Date.now() - 60_000)
  await served.api.until(() => bot.logged().includes('query is too old'))
  const line = bot
    .logged()
    .split('\n')
    .find((one) => one.includes('query is too old'))
  expect(JSON.parse(line!)).toMatchObject({ level: 'debug', door: 'inline' })
})

test('what was told in private is shared as it was told', async () => {
  await using served = await typing()
  const me = served.api.person(clerk.id)
  served.start()
  me.write('专利质押贷款有多少企业？')
  await me.next()
  me.write('那最高多少？')
  const answer = await me.next()
  const share = answer.reply_markup?.inline_keyboard?.flat().find(({ text }) => text === '转发')
  expect(share?.switch_inline_query).toBe('专利质押贷款有多少企业？那最高多少？')
  const { results, is_personal } = await typed(served, share!.switch_inline_query!)
  expect(is_personal).toBe(true)
  expect(results[0]!.input_message_content.message_text).toContain('3000万元')
})

test('where inline mode is off, nothing leads to it', async () => {
  await using served = await serveBot('polling')
  const me = served.api.person(clerk.id)
  served.start()
  me.write(ASKED)
  const { reply_markup: markup } = await me.next()
  expect(JSON.stringify(markup)).not.toContain('转发')
  me.write('/help')
  expect((await me.next()).text).not.toContain('别的对话')
})
