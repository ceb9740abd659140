import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { judgeUpdates, telegram } from '../../../src/cli/doctor/telegram.ts'
import { type BotApi, TOKEN, startBotApi } from '../../support/bot-api/bot-api.ts'
import { idsOf, lookWith, textOf } from '../../support/doctor.ts'

let api: BotApi
beforeAll(async () => void (api = await startBotApi()))
beforeEach(() => api.order(() => undefined))
afterAll(() => api.close())

const settings = (more: Record<string, string> = {}) => ({
  settings: { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.root, ...more },
})

test('without a token nothing is said', async () => expect(await lookWith(telegram)).toEqual([]))

test('who the bot is, and whether messages wait; none is taken', async () => {
  const findings = await lookWith(telegram, settings())
  expect(idsOf(findings)).toEqual(['telegram-me', 'telegram-flowing'])
  expect(textOf(findings, 'telegram-me')).toMatch(/^@wence_bot.*inline）关着.*只看得到叫它的话/u)
  const room = api.person(5)
  room.write('用电报装要多久？')
  expect(textOf(await lookWith(telegram, settings()), 'telegram-waiting')).toContain('有 1 条')
  expect(idsOf(await lookWith(telegram, settings()))).toContain('telegram-waiting')
  expect(api.calls.some(({ method }) => method === 'getUpdates')).toBe(false)
})

test('a token that is refused, and one that is none', async () => {
  const wrong = settings({ TELEGRAM_BOT_TOKEN: '1:wrong' })
  expect(idsOf(await lookWith(telegram, wrong))).toEqual(['telegram-token'])
  api.order(() => ({ code: 404, description: 'Not Found' }))
  expect(idsOf(await lookWith(telegram, settings()))).toEqual(['telegram-token'])
})

test('a server that is not there, and one that has had enough; neither shows the token', async () => {
  const away = await lookWith(telegram, settings({ TELEGRAM_API_ROOT: 'http://127.0.0.1:1' }))
  expect(textOf(away, 'telegram-unreached')).toContain('127.0.0.1:1（ECONNREFUSED）')
  api.order(() => ({ code: 429, retry_after: 7 }))
  const busy = await lookWith(telegram, settings())
  expect(idsOf(busy)).toEqual(['telegram-refused'])
  expect(JSON.stringify([away, busy])).not.toContain(TOKEN)
})

const OURS = 'https://bot.example/hook'
const info = (url: string, waiting = 0, failed = false) => ({
  url,
  has_custom_certificate: false,
  pending_update_count: waiting,
  ...(failed && { last_error_date: 1_790_000_000, last_error_message: 'Connection refused' }),
})

test.each([
  ['telegram-flowing', info(''), undefined],
  ['telegram-waiting', info('', 3), undefined],
  ['telegram-taken', info('https://other.example/geheim'), undefined],
  ['telegram-no-webhook', info(''), OURS],
  ['telegram-other-webhook', info('https://other.example/geheim'), OURS],
  ['telegram-flowing', info(OURS), OURS],
  ['telegram-flowing', info('https://bot.example:443/hook'), OURS],
  ['telegram-fails', info(OURS, 4, true), OURS],
  ['telegram-failed', info(OURS, 0, true), OURS],
])('%s: %o for %s', (id, given, wanted) => {
  const findings = judgeUpdates(given, wanted)
  expect(idsOf(findings)).toEqual([id])
  expect(JSON.stringify(findings)).not.toContain('geheim')
})
