import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { serveBot } from '../support/bot-api/harness.ts'
import { type Room, person } from '../support/bot-api/room.ts'
import { tracesOf } from '../support/traces.ts'

const WORDS = '独一无二'
const LOAN = '专利质押贷款有多少企业？'

/** What is kept of questions, in a file that a bot may have open. */
function askedIn(dir: string): string[] {
  const db = new DatabaseSync(join(dir, 'conversations.sqlite'), { readOnly: true })
  try {
    return db
      .prepare('SELECT question FROM asked')
      .all()
      .map(({ question }) => String(question))
  } finally {
    db.close()
  }
}

/** Has all forgotten, and waits until that is said. */
async function forgetIn(me: Room): Promise<void> {
  me.write('/forget')
  const asked = await me.next()
  me.tap(asked, '全部删除')
  await me.until(() => me.find(asked.message_id)?.text === '您的记录已全部删除。')
}

test('what is being worked out in another chat is forgotten too, and what is shown of it goes', async () => {
  await using served = await serveBot('polling', { CHAT_MODEL: 'small' })
  const { api, dir } = served
  const [me, group] = [api.person(1201), api.group(-1201)]
  const bot = served.start()
  group.write(`/ask 长篇，慢慢说，用电报装${WORDS}要多久？`, {}, person(1201))
  const shown = await group.next()
  expect(shown.text).toContain('…')
  await forgetIn(me)
  expect(tracesOf(dir, WORDS)).toEqual([])
  await group.until(() => group.find(shown.message_id) === undefined)
  // Others are answered there as before.
  group.write(`/ask ${LOAN}`, {}, person(1202))
  expect((await group.next()).text).toContain('26家')
  expect(group.messages.filter(({ from }) => from.id === api.me.id)).toHaveLength(1)
  await bot.stop()
  expect(askedIn(dir)).toEqual([LOAN])
  expect(tracesOf(dir, WORDS)).toEqual([])
})

test('so is what waits its turn, and an answer that Telegram puts off', async () => {
  await using served = await serveBot('polling')
  const { api, dir } = served
  const [me, group] = [api.person(1203), api.group(-1203)]
  const bot = served.start()
  let refused = 0
  api.order(({ method, payload }) => {
    if (method !== 'sendMessage' || payload['chat_id'] !== -1203 || refused++ > 0) return undefined
    return { code: 429, retry_after: 2 }
  })
  group.write(`/ask 用电报装${WORDS}要多久？`, {}, person(1203))
  await api.until(() => refused > 0)
  group.write(`/ask 用电报装${WORDS}要交钱吗？`, {}, person(1203))
  group.write('/place 濮阳市', {}, person(1203))
  group.write(`/ask ${LOAN}`, {}, person(1204))
  await api.until(() => api.updates.pending() === 0)
  await forgetIn(me)
  expect(tracesOf(dir, WORDS)).toEqual([])
  // What was on its way may arrive still.
  await group.until(() => group.messages.some(({ text }) => text?.includes('26家')))
  expect(
    group.messages.filter(({ from, text }) => from.id === api.me.id && !text?.includes('26家'))
      .length,
  ).toBeLessThanOrEqual(1)
  await bot.stop()
  expect(askedIn(dir)).toEqual([LOAN])
  expect(tracesOf(dir, WORDS)).toEqual([])
})

test('so is a long text that is held for its rest, in the same chat and in another', async () => {
  await using served = await serveBot('polling')
  const { api, dir } = served
  const [me, group] = [api.person(1205), api.group(-1205)]
  const bot = served.start()
  me.write('/forget')
  const asked = await me.next()
  const long = `用电报装${WORDS}要多久？${'闲'.repeat(2_100)}`
  group.write(`@${api.me.username} ${long}`, {}, person(1205))
  me.write(long)
  await api.until(() => api.updates.pending() === 0)
  me.tap(asked, '全部删除')
  await me.until(() => me.find(asked.message_id)?.text === '您的记录已全部删除。')
  expect(tracesOf(dir, WORDS)).toEqual([])
  // It was written before, so it was answered before.
  expect((await me.next()).text).toContain('一个工作日')
  await sleep(1_700)
  expect(group.messages.filter(({ from }) => from.id === api.me.id)).toEqual([])
  await bot.stop()
  expect(askedIn(dir)).toEqual([])
  expect(tracesOf(dir, WORDS)).toEqual([])
})

test('what others said, and what is said afterwards, stays', async () => {
  await using served = await serveBot('polling', { CHAT_MODEL: 'small' })
  const { api, dir } = served
  const [me, other] = [api.person(1207), api.person(1208)]
  const bot = served.start()
  other.write(`慢慢说，${LOAN}`)
  await other.until(() => other.typing > 0)
  await forgetIn(me)
  me.write(`用电报装${WORDS}要多久？`)
  expect((await me.next()).text).toContain('一个工作日')
  expect((await other.next()).text).toContain('26家')
  await bot.stop()
  expect(askedIn(dir).toSorted()).toEqual(
    [`慢慢说，${LOAN}`, `用电报装${WORDS}要多久？`].toSorted(),
  )
})
