import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { SAY } from '../../src/bot/replies.ts'
import { serveBot } from '../support/bot-api/harness.ts'
import { person } from '../support/bot-api/room.ts'

const ASKED = '企业用电报装要多久？'
const command = (text: string) => ({ type: 'bot_command', offset: 0, length: text.length })

test.each(['here', 'in another chat'])(
  'the marked part of a reply to what was said %s is what it is about',
  async (where) => {
    await using served = await serveBot('polling')
    const group = served.api.group(-700)
    served.start()
    const whole = group.write(`今天聊两件事。${ASKED}还有专利质押贷款最高3000万元。`, {}, person(7))
    const marked = {
      ...(where === 'here'
        ? { reply_to_message: whole }
        : { external_reply: { origin: { type: 'hidden_user' } } }),
      quote: { text: '专利质押贷款最高3000万元。', position: 17, is_manual: true },
    }
    group.write('@wence_bot', marked)
    expect((await group.next()).text).toMatch(/26家企业/)
    group.write('/ask', marked)
    expect((await group.next()).text).not.toContain('用电')
    group.write('/check', marked)
    const checked = await group.next()
    expect(checked.text).toContain('辽阳晚报')
    expect(checked.text).not.toContain('灯塔')
    // Its own words ask, and ask of what is marked.
    group.write('@wence_bot 那是真的吗？', marked)
    expect((await group.next()).text).toContain('26家企业')
  },
)

test('a part that is marked of an answer is what a follow-up asks of', async () => {
  await using served = await serveBot('polling')
  const me = served.api.person(701)
  served.start()
  me.write('企业用电报装和专利质押贷款')
  const answer = await me.next()
  expect(answer.text).toMatch(/一个工作日[^]*26家/)
  me.write('那多少？', {
    reply_to_message: answer,
    quote: { text: '26家企业用专利质押贷款2.1亿元。②', position: 0, is_manual: true },
  })
  expect((await me.next()).text).toMatch(/^按“26家企业用专利质押贷款2.1亿元。那多少？”/)
})

test.each([[{ photo: [{}] }], [{ document: {} }]])(
  'a caption is read like a text: %j',
  async (carried) => {
    await using served = await serveBot('polling')
    const { api } = served
    const me = api.person(702)
    const group = api.group(-702)
    served.start()
    me.send({ ...carried, caption: ASKED })
    expect((await me.next()).text).toContain('一个工作日')
    const caption = (text: string, given: string) => ({
      ...carried,
      caption: text,
      caption_entities: [command(given)],
    })
    group.send(caption(`/ask ${ASKED}`, '/ask'))
    expect((await group.next()).text).toContain('一个工作日')
    group.send(caption('/check@wence_bot 专利质押贷款有26家企业', '/check@wence_bot'))
    expect((await group.next()).text).toContain('辽阳晚报')
    group.send({ ...caption('/help@other_bot', '/help@other_bot') })
    group.send({
      ...carried,
      caption: `${ASKED} @wence_bot`,
      caption_entities: [{ type: 'mention', offset: ASKED.length + 1, length: 10 }],
    })
    expect((await group.next()).text).toContain('一个工作日')
    expect(await group.quiet()).toBe(true)
  },
)

test('a forwarded caption is offered to be checked or asked, and a caption that is replied to is asked', async () => {
  await using served = await serveBot('polling')
  const me = served.api.person(703)
  served.start()
  const forwarded = me.send({
    photo: [{}],
    caption: ASKED,
    forward_origin: { type: 'hidden_user' },
  })
  const offer = await me.next()
  expect(offer.text).toBe(SAY.forwarded)
  me.tap(offer, '提问')
  expect((await me.next()).text).toContain('一个工作日')
  me.write('/check', { reply_to_message: forwarded })
  expect((await me.next()).text).toContain('灯塔日报')
})

test('an album is one message and costs as one, wherever its words stand', async () => {
  await using served = await serveBot('polling', { LIMIT_USER_PER_MINUTE: '3' })
  const me = served.api.person(704)
  served.start()
  const album = (id: string, captions: readonly (string | undefined)[], more = {}) => {
    for (const caption of captions)
      me.send({
        photo: [{}],
        media_group_id: id,
        ...(caption !== undefined && { caption }),
        ...more,
      })
  }
  album('1', [undefined, ASKED, ...Array.from({ length: 7 }, () => undefined), '专利质押贷款'])
  album('2', [undefined, undefined])
  album('3', [undefined, undefined, ASKED], { forward_origin: { type: 'hidden_user' } })
  expect((await me.next()).text).toContain('一个工作日')
  expect((await me.next()).text).toBe(SAY.textOnly)
  expect((await me.next()).text).toBe(SAY.forwarded)
  expect(await me.quiet()).toBe(true)
})

test('what is said under anything counts, and a command after our name is one', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const group = api.group(-705)
  served.start()
  const caption = `@wence_bot ${ASKED}`
  const caption_entities = [{ type: 'mention', offset: 0, length: 10 }]
  group.send({ paid_media: {}, caption, caption_entities })
  expect((await group.next()).text).toContain('一个工作日')
  group.write('@wence_bot /privacy')
  expect((await group.next()).text).toContain('隐私说明')
  group.write(`@wence_bot /ask ${ASKED}`)
  expect((await group.next()).text).toContain('一个工作日')
  group.write('@other_bot /privacy')
  expect(await group.quiet()).toBe(true)
})

test('no half of a character goes out, is kept or comes back, whatever is cut where', async () => {
  await using served = await serveBot('polling', { TELEGRAM_STAFF: '708' })
  const { api, dir } = served
  const me = api.person(708)
  const bot = served.start()
  for (const before of ['', 'a']) {
    me.write(`${before}地铁何时通车？${'😀'.repeat(300)}`)
    const answer = await me.next()
    me.tap(answer, '有误')
    const prompt = await me.next()
    me.write(`${before}${'𠮷'.repeat(300)}`, { reply_to_message: prompt })
    expect((await me.next()).text).toContain('已交给')
    me.write(`/articles ${before}${'😀'.repeat(60)}`)
    expect((await me.next()).text).toContain('没有找到')
    me.write(`/check ${before}${'😀'.repeat(300)}`)
    expect((await me.next()).text).toBeTruthy()
  }
  for (const list of ['/unanswered', '/feedback']) {
    me.write(list)
    expect((await me.next()).text).toMatch(/😀…/u)
  }
  // What comes in halved is mended before it is kept.
  me.write('没有这样的事\ud83d')
  expect((await me.next()).text).toContain('没有找到')
  await bot.stop()
  expect(api.calls.filter(({ outcome }) => outcome !== 'done')).toEqual([])
  const db = new DatabaseSync(join(dir, 'conversations.sqlite'), { readOnly: true })
  const kept = db.prepare('SELECT question, answer FROM asked ORDER BY at DESC').all()
  db.close()
  expect(kept[0]).toMatchObject({ question: '没有这样的事\ufffd' })
  expect(JSON.stringify(kept)).not.toMatch(/\\ud[89a-f]/i)
})

test('what Telegram takes in no form is apologised for, once', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const me = api.person(705)
  api.order(({ method, payload }) =>
    method === 'sendMessage' && String(payload['text']).includes('工作日')
      ? { code: 400, description: 'Bad Request: strange' }
      : undefined,
  )
  const bot = served.start()
  me.write(ASKED)
  const said = await me.next()
  expect(said.text).toBe(SAY.cannotBeSent)
  expect(said.reply_to_message).toBeUndefined()
  expect(await me.quiet()).toBe(true)
  expect(bot.logged().split('in any form')).toHaveLength(2)
})

test('when not even that arrives, it is logged once and others are served', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const me = api.person(706)
  const other = api.person(707)
  api.order(({ method, payload }) =>
    method === 'sendMessage' && payload['chat_id'] === 706
      ? { code: 400, description: 'Bad Request: strange' }
      : undefined,
  )
  const bot = served.start()
  me.write(ASKED)
  await api.until(() => bot.logged().includes('"not answered"'))
  other.write(ASKED)
  expect((await other.next()).text).toContain('一个工作日')
  expect(bot.logged().split('"not answered"')).toHaveLength(2)
  expect(
    api.calls.filter((c) => c.method === 'sendMessage' && c.payload['chat_id'] === 706),
  ).toHaveLength(3)
})
