import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { serveBot } from '../support/bot-api/harness.ts'
import { person } from '../support/bot-api/room.ts'
import { sizeOf } from '../support/bot-api/size-of.ts'

const NOON = Date.parse('2026-11-26T12:00:00+08:00')
const MONTH_MS = 31 * 24 * 3600 * 1000
const OF_THE_FILE = ['made', 'secrets']

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOON }))

test('of a month of use there remains what is followed, where people are, and how often what was told', async () => {
  await using served = await serveBot('polling')
  const { api, dir } = served
  const me = api.person(601)
  const rows = () => {
    const kept = Object.entries(sizeOf(join(dir, 'conversations.sqlite')).rows)
    return Object.fromEntries(kept.filter(([name, n]) => n > 0 && !OF_THE_FILE.includes(name)))
  }
  const bot = served.start()
  for (let n = 0; n < 3; n++) {
    const asked = me.write('用电报装要多久？')
    const answer = await me.next()
    me.edit(asked, '专利质押贷款有多少企业？')
    await me.until(() => me.find(answer.message_id)?.text?.includes('26家') ?? false)
    me.react(answer, [], ['👍'])
    me.tap(answer, '有误')
    await me.next()
    await api.inline.shown(api.inline.type('企业用电报装', person(602)))
  }
  for (const said of ['/place 辽阳', '/follow 专利质押贷款', '/source']) {
    me.write(said)
    await me.next()
  }
  await api.until(() => api.updates.pending() === 0)
  await bot.stop()
  expect(Object.keys(rows())).toEqual(
    expect.arrayContaining([
      'asked',
      'feedback',
      'shown',
      'prompts',
      'questions',
      'inbox',
      'usage',
    ]),
  )

  vi.setSystemTime(NOON + MONTH_MS)
  const later = served.start()
  await expect.poll(rows).toEqual({ chats: 1, follows: 1, seen_articles: 1, told: 2 })
  await later.stop()
})
