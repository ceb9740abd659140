import { describe, expect, test } from 'vitest'
import { type Served, serveBot } from '../support/bot-api/harness.ts'
import { type Room, type Shown, person } from '../support/bot-api/room.ts'

const STAFF = 9001
const ASKED = '企业用电报装要多久？'

const buttons = (message: Shown) =>
  message.reply_markup?.inline_keyboard?.flat().map(({ text }) => text) ?? []
const styled = (message: Shown, type: string) =>
  (message.entities ?? [])
    .filter((entity) => entity.type === type)
    .map(({ offset, length }) => message.text?.slice(offset, offset + length))

async function ask(room: Room, text: string): Promise<Shown> {
  room.write(text)
  return room.next()
}

describe.each(['polling', 'webhook'] as const)('a walk by %s', (mode) => {
  test('asks, opens, judges, mends, browses, checks, follows and forgets', async () => {
    await using served = await serveBot(mode, {
      TELEGRAM_STAFF: String(STAFF),
      PUBLIC_URL: 'https://wence.example.org',
    })
    const { api } = served
    const me = api.person(101)
    const staff = api.person(STAFF)
    const bot = served.start()

    await meetsTheBot(me)
    const answer = await asksAndOpens(served, me)
    await judges(served, me, answer)
    await mends(me)
    await asksInOtherWays(me)
    await sharesElsewhere(served, me)
    await isPolite(me)
    await choosesAPlace(me)
    await browses(me)
    await checks(me)
    await follows(me)
    await sendsOtherThings(me)
    await staffLooks(staff)
    await forgets(me, answer)

    expect(api.commands.get('all_private_chats')?.map(({ command }) => command)).toContain('check')
    expect(api.commands.get('all_group_chats')?.map(({ command }) => command)).toContain('ask')
    expect(api.commands.get(String(STAFF))?.map(({ command }) => command)).toContain('stats')
    expect(api.calls.filter(({ outcome }) => outcome !== 'done')).toEqual([])
    await bot.stop()
    expect(bot.logged()).not.toContain('simulated-token')
  })

  test('in a group speaks when spoken to, in its topic', async () => {
    await using served = await serveBot(mode)
    const group = served.api.group(-500)
    group.threads.add(7)
    served.start()

    group.write('大家好，今天开会')
    group.write('/help@other_bot')
    expect(await group.quiet()).toBe(true)

    const asked = group.write('@wence_bot 企业用电报装要多久？', {
      message_thread_id: 7,
      is_topic_message: true,
    })
    const answer = await group.next()
    expect(answer.text).toContain('一个工作日内办结')
    expect(answer.message_thread_id).toBe(7)
    expect(answer.reply_to_message?.message_id).toBe(asked.message_id)

    group.write(
      '那要交钱吗？',
      { reply_to_message: answer, message_thread_id: 7, is_topic_message: true },
      person(502),
    )
    expect((await group.next()).text).toContain('不收取报装费用')

    group.write('/ask 专利质押贷款有多少企业？')
    expect((await group.next()).text).toContain('26家企业')
    group.write('/ask@wence_bot 专利质押贷款有多少企业？')
    expect((await group.next()).text).toContain('26家企业')

    const colleague = group.write('专利质押贷款最高多少', {}, person(503))
    group.write('@wence_bot', { reply_to_message: colleague })
    expect((await group.next()).text).toContain('专利质押贷款')

    group.tap(answer, '① 原文')
    const source = await group.next()
    expect(source.message_thread_id).toBe(7)
    expect(source.reply_to_message?.message_id).toBe(answer.message_id)

    group.write('/stats')
    group.send({ photo: [{}] })
    expect(await group.quiet()).toBe(true)
  })
})

async function meetsTheBot(me: Room): Promise<void> {
  const start = await ask(me, '/start')
  expect(start.text).toContain('出处')
  expect(buttons(start)).toHaveLength(3)
  me.tap(start, buttons(start)[0]!)
  expect((await me.next()).text).toMatch(/^问：/)
  expect((await ask(me, '/help')).text).toContain('/articles')
  expect((await ask(me, '/help')).text).not.toContain('/stats')
  expect((await ask(me, '/privacy')).text).toContain('30 天')
  expect((await ask(me, '/source')).text).toBeTruthy()
  expect((await ask(me, '/nonsense')).text).toContain('没有这个命令')
}

async function asksAndOpens({ api }: Served, me: Room): Promise<Shown> {
  const typed = me.typing
  const answer = await ask(me, ASKED)
  expect(me.typing).toBeGreaterThan(typed)
  expect(answer.text).toContain('一个工作日内办结，不收取报装费用。①')
  expect(answer.text).toMatch(
    /^辽阳市灯塔市 · 2023年3月（.年多前） · 灯塔日报\n灯塔市供电公司介绍/u,
  )
  expect(styled(answer, 'expandable_blockquote')[0]).toMatch(
    /^① 《灯塔市企业用电报装一天办结》\n.*一个工作日内办结/u,
  )
  expect(buttons(answer)).toEqual(expect.arrayContaining(['① 原文', '有用', '有误']))
  expect(answer.reply_to_message?.text).toBe(ASKED)

  const tap = me.tap(answer, '① 原文')
  const source = await me.next()
  expect(styled(source, 'bold').at(-1)).toBe(
    '灯塔市供电公司介绍，企业用电报装材料齐全的，一个工作日内办结，不收取报装费用。',
  )
  expect(styled(source, 'blockquote')[0]).toContain('营业厅申请')
  expect(api.taps.get(tap)?.answered).toBe(true)
  expect(buttons(source)).toEqual(['复制引文和出处', '看全文', '来源页', '原网页'])
  expect(source.reply_markup?.inline_keyboard?.[1]?.[0]?.url).toMatch(
    /^https:\/\/wence\.example\.org\/s\/dengta-1\?q=0-39#q:~:text=/,
  )

  me.tap(source, '看全文')
  expect((await me.next()).text).toContain('记者 方圆')
  expect((await ask(me, '/source 1')).text).toContain('灯塔日报')
  expect((await ask(me, '/source 9')).text).toContain('出处有')
  const followUp = await ask(me, '那要交钱吗？')
  expect(followUp.text).toContain('不收取报装费用')
  expect(styled(followUp, 'italic')[0]).toBe(`按“${ASKED}那要交钱吗？”理解`)
  expect((await ask(me, '火星移民签证')).text).toContain('没有找到这个问题的答案')
  expect((await ask(me, '/start a_dengta-1')).text).toContain('灯塔市企业用电报装一天办结')
  expect((await ask(me, '/start a_nobody')).text).toContain('已不在资料库')
  return answer
}

async function judges({ api }: Served, me: Room, answer: Shown): Promise<void> {
  me.react(answer, [], ['👍'])
  const thanks = me.tap(answer, '有用')
  await api.until(() => api.taps.get(thanks)?.text === '谢谢，已记下。')
  me.react(answer, ['👍'], ['👎'])
  const prompt = await me.next()
  expect(prompt.reply_markup?.force_reply).toBe(true)
  me.write('现在要两个工作日了', { reply_to_message: prompt })
  expect((await me.next()).text).toContain('已交给工作人员')
}

async function mends(me: Room): Promise<void> {
  const asked = me.write('用电报装要多久？')
  const answer = await me.next()
  expect(answer.text).not.toContain('26家企业')
  me.edit(asked, '专利质押贷款有多少企业？')
  await me.until(() => me.find(answer.message_id)?.text?.includes('26家企业') ?? false)
  me.tap(answer, '① 原文')
  expect((await me.next()).text).toContain('辽阳晚报')
}

/** In a caption, of a marked part, and in more than one message holds. */
async function asksInOtherWays(me: Room): Promise<void> {
  me.send({ photo: [{}], caption: ASKED })
  const answer = await me.next()
  expect(answer.text).toContain('一个工作日内办结')
  me.write('那有多少企业？', {
    reply_to_message: answer,
    quote: { text: '专利质押贷款', position: 0, is_manual: true },
  })
  expect((await me.next()).text).toContain('26家企业')
  const first = me.write(`${ASKED}${'𠮷'.repeat(2044)}`)
  me.write('专利质押贷款有多少企业？')
  const whole = await me.next()
  expect(whole.text).toMatch(/一个工作日[^]*26家|26家[^]*一个工作日/)
  expect(whole.reply_to_message?.message_id).toBe(first.message_id)
}

async function sharesElsewhere({ api }: Served, me: Room): Promise<void> {
  const from = person(me.chat.id)
  const typed = (query: string) => api.inline.shown(api.inline.type(query, from))
  const { results } = await typed(ASKED)
  const shared = api.inline.choose(api.group(-101), results[0]!, from)
  expect(shared.text).toContain('一个工作日内办结，不收取报装费用。①')
  expect(buttons(shared)).toEqual(['① 原文', '② 原文'])
  const { button } = await typed('火星移民要多久')
  me.write(`/start ${button?.start_parameter}`)
  expect((await me.next()).text).toContain('没有找到这个问题的答案')
}

async function isPolite(me: Room): Promise<void> {
  const hello = await ask(me, '你好')
  expect(hello.text).toMatch(/^您好！/)
  expect(buttons(hello)).toEqual([])
  const offer = await ask(me, '报装？')
  expect(offer.text).toBe('想了解“报装”的哪一方面？可以这样问：')
  const reading = '关于报装，《灯塔市企业用电报装一天办结》讲了什么内容？'
  expect(buttons(offer)).toEqual([reading])
  me.tap(offer, reading)
  const answer = await me.next()
  expect(answer.text).toMatch(new RegExp(`^问：${reading}\\n`))
  expect(answer.text).toContain('一个工作日内办结')
  expect((await ask(me, '谢谢')).text).toContain('不客气')
  expect((await ask(me, '/source 1')).text).toContain('灯塔日报')
}

async function choosesAPlace(me: Room): Promise<void> {
  const unclear = await ask(me, '小微企业有什么补贴？')
  me.tap(unclear, '换个地区')
  const offered = await me.next()
  expect(buttons(offered)).toContain('辽阳市')
  me.tap(offered, '鞍山市')
  expect((await me.next()).text).toContain('问：鞍山市小微企业有什么补贴？')
  expect((await ask(me, '/place 辽阳')).text).toContain('所在地设为辽阳市')
  expect((await ask(me, '/place 没有这种地方')).text).toContain('没有认出')
  const prompt = await ask(me, '/place')
  expect(prompt.text).toContain('现在的所在地：辽阳市')
  me.write('海城市', { reply_to_message: prompt })
  expect((await me.next()).text).toContain('所在地设为海城市')
  expect((await ask(me, '/place 取消')).text).toContain('已取消')
}

async function browses(me: Room): Promise<void> {
  const list = await ask(me, '/articles')
  expect(list.text).toContain('收录的报道')
  expect(list.text).toContain('辽阳市专利质押贷款超过两亿元')
  const found = await ask(me, '/articles 补贴 按季度')
  expect(found.text).toContain('“补贴 按季度”的报道 · 第 1 页')
  me.tap(found, '1')
  const article = await me.next()
  expect(article.text).toContain('第 1 页')
  expect((article.text ?? '').length).toBeLessThan(2000)
  me.tap(article, '下一页')
  await me.until(() => me.find(article.message_id)?.text?.includes('第 2 页') ?? false)
  me.tap(article, '‹ 上一页')
  await me.until(() => me.find(article.message_id)?.text?.includes('第 1 页') ?? false)
  expect((await ask(me, '/articles 火星')).text).toContain('没有找到')
}

async function checks(me: Room): Promise<void> {
  const changed = await ask(me, '/check 专利质押贷款单笔最高5000万元')
  expect(changed.text).toContain('说的是“5000万元”，报道写的是“3000万元”')
  const prompt = await ask(me, '/check')
  me.write('火星移民要签证', { reply_to_message: prompt })
  expect((await me.next()).text).toContain('没有说到')
}

async function follows(me: Room): Promise<void> {
  expect((await ask(me, '/follow 专利质押贷款 辽阳市')).text).toContain('已关注')
  const list = await ask(me, '/follow')
  expect(list.text).toContain('1. “专利质押贷款”（辽阳市）')
  me.tap(list, '不再关注')
  expect((await me.next()).text).toContain('不再关注了')
}

async function sendsOtherThings(me: Room): Promise<void> {
  me.send({ voice: {} })
  expect((await me.next()).text).toContain('只看得懂文字')
  me.send({ photo: [{}], media_group_id: 'album' })
  me.send({ photo: [{}], media_group_id: 'album' })
  expect((await me.next()).text).toContain('只看得懂文字')
  me.send({ pinned_message: {} })
  expect(await me.quiet()).toBe(true)

  me.write('企业用电报装材料齐全的，一个工作日内办结', { forward_origin: { type: 'hidden_user' } })
  const offer = await me.next()
  expect(buttons(offer)).toEqual(['核对', '提问'])
  me.tap(offer, '核对')
  expect((await me.next()).text).toContain('报道里有这个说法')
  me.tap(offer, '提问')
  expect((await me.next()).text).toContain('①')
}

async function staffLooks(staff: Room): Promise<void> {
  expect((await ask(staff, '/stats')).text).toMatch(/24 小时\n提问 \d+，提问者 1/)
  const unanswered = await ask(staff, '/unanswered')
  expect(unanswered.text).toContain('火星移民签证')
  expect(unanswered.text).not.toMatch(/你好|报装？|谢谢/)
  const complaints = await ask(staff, '/feedback')
  expect(complaints.text).toContain('读者说：现在要两个工作日了')
  expect(complaints.text).toContain(ASKED)
}

async function forgets(me: Room, answer: Shown): Promise<void> {
  const asked = await ask(me, '/forget')
  me.tap(asked, '不删')
  await me.until(() => me.find(asked.message_id)?.text?.includes('没有删除') ?? false)
  const again = await ask(me, '/forget')
  me.tap(again, '全部删除')
  await me.until(() => me.find(again.message_id)?.text === '您的记录已全部删除。')
  me.tap(answer, '① 原文')
  expect((await me.next()).text).toContain('已经清除')
  expect((await ask(me, '/source')).text).toContain('请先提问')
}
