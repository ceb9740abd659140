import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openState } from '../../src/stores/sqlite/open-state.ts'
import { openStateDatabase } from '../../src/stores/sqlite/state-database.ts'
import { inboxRoom } from '../../src/desk/inbox/inbox.ts'
import { type Served, serveBot, spawnBot } from '../support/bot-api/harness.ts'
import { type Shown, person } from '../support/bot-api/room.ts'

const DESK = { DESK_TOKEN: 'open sesame' }
const UNANSWERED = '火星移民签证'
const WANTED = '工作人员看到后会在这里回复您'

const labels = (message: Shown) =>
  message.reply_markup?.inline_keyboard?.flat().map(({ text }) => text) ?? []

/** What the desk does, beside the bot: it opens the state for itself. */
async function atDesk({ dir }: Served) {
  const file = join(dir, 'conversations.sqlite')
  const state = await openState(file, { keepQuestions: true })
  const db = openStateDatabase(file)
  const room = inboxRoom({ state, keepDays: 30 })
  return {
    db,
    ...state,
    /** Answers the first who waits, by the form of the page. */
    async answer(text: string, signature = '渡口办') {
      const [asked] = [...(await state.replies.all())].find(([, one]) => one.state === 'open')!
      const body = new URLSearchParams({ asked, text, signature })
      const { status } = await room.request(`/${asked}/reply`, { method: 'POST', body })
      expect(status).toBe(303)
    },
    async [Symbol.asyncDispose]() {
      await state.close()
      db.close()
    },
  }
}

test('who was refused leaves where to answer, and gets what staff writes, once and as written', async () => {
  await using served = await serveBot('polling', DESK)
  const { api } = served
  const me = api.person(801)
  served.start()
  const question = me.write(UNANSWERED)
  const refused = await me.next()
  expect(labels(refused)).toContain('请工作人员回复')
  await using desk = await atDesk(served)
  expect((await desk.replies.all()).size).toBe(0)
  me.tap(refused, '请工作人员回复')
  const promise = await me.next()
  expect(promise.text).toContain(WANTED)
  expect(promise.text).toContain('30 天')

  await desk.answer('请问 *渡口办*：0000-1111 <b>')
  const reply = await me.next()
  expect(reply.text).toBe('工作人员回复（渡口办）\n\n请问 *渡口办*：0000-1111 <b>')
  expect(reply.reply_to_message?.message_id).toBe(question.message_id)
  await api.until(async () => (await desk.replies.toSend()).length === 0)
  expect([...(await desk.replies.all()).values()]).toMatchObject([{ state: 'sent' }])
  expect(desk.db.prepare('SELECT chat, message FROM replies').all()).toMatchObject([
    { chat: null, message: null },
  ])
  me.tap(promise, '不用了')
  await me.until(() => me.find(promise.message_id)?.text?.includes('已经发') ?? false)
  me.tap(refused, '请工作人员回复')
  expect((await me.next()).text).toContain('已经发到这里了')
  expect(await me.quiet(1_300)).toBe(true)
})

test('after 有误 a reply can be wanted too, and a second tap takes it back', async () => {
  await using served = await serveBot('polling', DESK)
  const { api } = served
  const me = api.person(802)
  served.start()
  me.write('企业用电报装要多久？')
  const answer = await me.next()
  expect(labels(answer)).not.toContain('请工作人员回复')
  me.tap(answer, '有误')
  const prompt = await me.next()
  me.tap(prompt, '请工作人员回复')
  const promise = await me.next()
  await using desk = await atDesk(served)
  expect((await desk.replies.all()).size).toBe(1)
  me.tap(promise, '不用了')
  await me.until(() => me.find(promise.message_id)?.text?.includes('不再等回复') ?? false)
  expect((await desk.replies.all()).size).toBe(0)
  me.write('要交钱', { reply_to_message: prompt })
  expect((await me.next()).text).toContain('已交给工作人员')
  expect([...(await desk.conversations.saidWrong()).values()].flat()).toMatchObject([
    { comment: '要交钱' },
  ])
})

test('what was written while no bot runs, or one was killed, is sent once when one does', async () => {
  await using served = await serveBot('polling', DESK)
  const { api, settings } = served
  const me = api.person(803)
  await using first = spawnBot(settings)
  me.write(UNANSWERED)
  me.tap(await me.next(20_000), '请工作人员回复')
  await me.next()
  // Telegram does not take it yet, so the process is killed with it on its way.
  api.order(({ method, payload }) =>
    method === 'sendMessage' && String(payload['text']).startsWith('工作人员')
      ? { code: 500 }
      : undefined,
  )
  await using desk = await atDesk(served)
  await desk.answer('请到渡口办。')
  await api.until(() =>
    api.calls.some(({ payload }) => String(payload['text']).startsWith('工作人员')),
  )
  await first.end('SIGKILL')
  api.order(() => undefined)
  await using second = spawnBot(settings)
  expect((await me.next(20_000)).text).toContain('请到渡口办。')
  await api.until(async () => [...(await desk.replies.all()).values()][0]?.state === 'sent')
  await second.end('SIGKILL')
  await using third = spawnBot(settings)
  me.write('企业用电报装要多久？')
  expect((await me.next(20_000)).text).toContain('一个工作日')
  expect(await me.quiet(1_300)).toBe(true)
  expect(await third.end('SIGTERM')).toBe(0)
}, 60_000)

test('a reader who blocked the bot gets nothing, the desk is told, and others get theirs', async () => {
  await using served = await serveBot('polling', DESK)
  const { api } = served
  const [gone, other] = [api.person(804), api.person(805)]
  served.start()
  const [refused] = await Promise.all(
    [gone, other].map(async (room) => {
      room.write(UNANSWERED)
      const message = await room.next()
      room.tap(message, '请工作人员回复')
      await room.next()
      return message
    }),
  )
  gone.blocked = true
  await using desk = await atDesk(served)
  await desk.answer('一')
  await desk.answer('二')
  expect((await other.next()).text).toContain('工作人员回复')
  const states = async () => [...(await desk.replies.all()).values()]
  await api.until(async () => (await states()).every(({ state }) => state !== 'written'))
  expect((await states()).map(({ state }) => state).toSorted()).toEqual(['failed', 'sent'])
  expect((await states()).find(({ state }) => state === 'failed')).toMatchObject({
    failure: '读者停用了机器人，或者机器人已不在那个群里。',
  })

  gone.blocked = false
  gone.tap(refused!, '请工作人员回复')
  expect((await gone.next()).text).toContain(WANTED)
  await desk.answer('三')
  expect((await gone.next()).text).toContain('三')
})

test('in a group only who asked may want a reply, and it comes to the question in its topic', async () => {
  await using served = await serveBot('polling', DESK)
  const { api } = served
  const group = api.group(-806)
  group.threads.add(7)
  served.start()
  const topic = { message_thread_id: 7, is_topic_message: true } as const
  const question = group.write(`/ask ${UNANSWERED}`, topic, person(1))
  const refused = await group.next()
  const refuses = async (message: Shown, label: string) => {
    const tap = group.tap(message, label, person(2))
    await api.until(() => api.taps.get(tap)?.answered === true)
    expect(api.taps.get(tap)).toMatchObject({
      text: '只有提问的人可以请工作人员回复。',
      isAlert: true,
    })
  }
  await refuses(refused, '请工作人员回复')
  group.tap(refused, '请工作人员回复', person(1))
  const promise = await group.next()
  await refuses(promise, '不用了')
  await using desk = await atDesk(served)
  await desk.answer('请到渡口办。', '')
  const reply = await group.next()
  expect(reply.text).toBe('工作人员回复\n\n请到渡口办。')
  expect(reply.message_thread_id).toBe(7)
  expect(reply.reply_to_message?.message_id).toBe(question.message_id)
})

test('who forgets is answered no more, and no file knows where they were', async () => {
  await using served = await serveBot('polling', DESK)
  const { api, dir } = served
  const me = api.person(807)
  const bot = served.start()
  me.write(UNANSWERED)
  me.tap(await me.next(), '请工作人员回复')
  await me.next()
  me.write('/forget')
  const asked = await me.next()
  me.tap(asked, '全部删除')
  await me.until(() => me.find(asked.message_id)?.text === '您的记录已全部删除。')
  {
    await using desk = await atDesk(served)
    expect(desk.db.prepare('SELECT * FROM replies').all()).toEqual([])
  }
  me.write('/privacy')
  expect((await me.next()).text).toContain('请工作人员回复')
  await bot.stop()
  expect(
    readdirSync(dir).filter((file) => readFileSync(join(dir, file)).includes('移民签证')),
  ).toEqual([])
})

test.each([{}, { ...DESK, KEEP_QUESTIONS_DAYS: '0' }])(
  'where no desk sees what was asked, nobody is promised a reply (%o)',
  async (settings) => {
    await using served = await serveBot('polling', settings)
    const me = served.api.person(808)
    served.start()
    me.write(UNANSWERED)
    expect(labels(await me.next())).not.toContain('请工作人员回复')
    me.write('/privacy')
    expect((await me.next()).text).not.toContain('请工作人员回复')
  },
)

test('the desk writes beside a bot that answers, and neither disturbs the other', async () => {
  await using served = await serveBot('polling', DESK)
  const { api } = served
  await using bot = spawnBot(served.settings)
  await api.until(() => api.updates.isPolled(), 20_000)
  await using desk = await atDesk(served)
  const rooms = Array.from({ length: 20 }, (_, n) => api.person(850 + n))
  for (let round = 0; round < 5; round++) for (const room of rooms) room.write(UNANSWERED)
  const answered = async () => (await desk.conversations.ids()).length
  let writes = 0
  await api.until(async () => {
    const ids = await desk.conversations.ids()
    await desk.handled.set(ids, { state: 'done', note: '', who: '小王', at: ++writes })
    return (await answered()) === 100
  }, 30_000)
  expect(writes).toBeGreaterThan(5)
  expect(bot.logged()).not.toMatch(/"level":"error"/)
}, 60_000)
