/** Where Telegram brings updates is one setting of a token, which whoever has the token changes. */
import { expect, test } from 'vitest'
import { freePort } from '../../src/cli/bench/free-port.ts'
import { serveBot } from '../support/bot-api/harness.ts'
import { type BotApi, TOKEN, startBotApi } from '../support/bot-api/bot-api.ts'

const ASKED = '企业用电报装要多久？'
const STAFF = { TELEGRAM_STAFF: '920' }

/** What another program with the same token asks of Telegram. */
async function another({ root }: BotApi, method: string, payload: object): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const call = { method: 'POST', headers, body: JSON.stringify(payload) }
  expect((await fetch(`${root}/bot${TOKEN}/${method}`, call)).status).toBe(200)
}

const called = ({ calls }: BotApi, name: string) => calls.filter(({ method }) => method === name)

test.each<[string, string, object, string]>([
  ['removed', 'deleteWebhook', {}, '被删掉了'],
  ['replaced', 'setWebhook', { url: 'http://127.0.0.1:1/key-of-theirs' }, '改到了 127.0.0.1:1。'],
])(
  'a webhook that another program %s is set again, once in a while, and staff hear of it once',
  async (_what, method, payload, words) => {
    await using served = await serveBot('webhook', STAFF)
    const { api } = served
    const [staff, me] = [api.person(920), api.person(921)]
    const bot = served.start()
    await api.until(() => api.updates.webhook() !== undefined)
    await another(api, method, payload)
    me.write(ASKED)
    expect((await me.next()).text).toContain('一个工作日')
    expect((await staff.next()).text).toContain(words)
    expect(bot.logged()).not.toContain('key-of-theirs')
    // Two programs that fight for it are worse than one that is deaf.
    await api.until(() => !bot.troubles.has('webhook'))
    const sets = called(api, 'setWebhook').length
    await another(api, method, payload)
    await api.until(() => bot.troubles.get('webhook')?.includes(words) === true)
    const looks = called(api, 'getWebhookInfo').length
    await api.until(() => called(api, 'getWebhookInfo').length > looks + 2)
    expect(called(api, 'setWebhook').length - sets).toBe(method === 'setWebhook' ? 1 : 0)
    expect(await staff.quiet()).toBe(true)
  },
)

test('a webhook that Telegram cannot reach is told in its words, until it does', async () => {
  await using served = await serveBot('webhook', STAFF)
  const { api } = served
  const [staff, me] = [api.person(920), api.person(922)]
  const bot = served.start({ PORT: String(await freePort()) })
  await api.until(() => api.updates.webhook() !== undefined)
  me.write(ASKED)
  expect((await staff.next()).text).toMatch(/送不到.*Connection failed/)
  expect(bot.logged()).toContain('Connection failed')
  expect(bot.troubles.get('webhook')).toContain('送不到')
  await bot.stop()
  const again = served.start()
  expect((await me.next()).text).toContain('一个工作日')
  await api.until(() => !again.troubles.has('webhook'))
})

test('a webhook is served with and without a slash at its end', async () => {
  await using served = await serveBot('webhook')
  const { api } = served
  served.start()
  await api.until(() => api.updates.webhook() !== undefined)
  const { url, secret } = api.updates.webhook()!
  const headers = { 'x-telegram-bot-api-secret-token': secret! }
  for (const to of [url, `${url}/`]) {
    const call = { method: 'POST', headers, body: '{"update_id":1}' }
    expect((await fetch(to, call)).status).toBe(200)
  }
})

test('who fetches removes a webhook that another program set, and says whose it was', async () => {
  await using served = await serveBot('polling', STAFF)
  const { api } = served
  const [staff, me] = [api.person(920), api.person(923)]
  await another(api, 'setWebhook', { url: 'http://127.0.0.1:1/before' })
  const bot = served.start()
  await api.until(() => api.updates.isPolled())
  expect(bot.logged()).toContain('"host":"127.0.0.1:1"')
  await another(api, 'setWebhook', { url: 'http://127.0.0.1:2/key-of-theirs' })
  me.write(ASKED)
  expect((await me.next()).text).toContain('一个工作日')
  expect((await staff.next()).text).toContain('127.0.0.1:2')
  expect(bot.logged()).toContain('another program set a webhook')
  expect(bot.logged()).not.toContain('another program fetches')
  expect(bot.logged()).not.toContain('key-of-theirs')
  // Not again so soon.
  const removed = called(api, 'deleteWebhook').length
  await another(api, 'setWebhook', { url: 'http://127.0.0.1:3/x' })
  const refused = () =>
    called(api, 'getUpdates').filter(({ outcome }) => typeof outcome === 'object').length
  const before = refused()
  await api.until(() => refused() > before + 1)
  expect(called(api, 'deleteWebhook')).toHaveLength(removed)
})

test('a token that was logged out is tried again, and one that is refused meanwhile is told', async () => {
  await using served = await serveBot('polling')
  const { api } = served
  const me = api.person(924)
  let left = 2
  api.order(({ method }) =>
    method === 'getMe' && left-- > 0 ? { code: 400, description: 'Logged out' } : undefined,
  )
  const bot = served.start()
  await api.until(() => bot.troubles.has('token'))
  expect(bot.logged()).toContain('TELEGRAM_API_ROOT')
  me.write(ASKED)
  expect((await me.next()).text).toContain('一个工作日')
  expect(bot.troubles.has('token')).toBe(false)
  api.order(() => ({ code: 401, description: 'Unauthorized' }))
  me.write(ASKED)
  await api.until(() => bot.troubles.get('token')?.includes('token') === true)
  expect(bot.logged()).toContain('no longer accepts TELEGRAM_BOT_TOKEN')
  api.order(() => undefined)
  expect((await me.next(10_000)).text).toContain('一个工作日')
  expect(bot.troubles.has('token')).toBe(false)
}, 20_000)

test('a start without a network waits for one', async () => {
  const port = await freePort()
  await using served = await serveBot('polling')
  const bot = served.start({ TELEGRAM_API_ROOT: `http://127.0.0.1:${port}` })
  await served.api.until(() => bot.logged().includes('cannot be reached'))
  const api = await startBotApi(port)
  const me = api.person(925)
  me.write(ASKED)
  expect((await me.next(10_000)).text).toContain('一个工作日')
  await bot.stop()
  await api.close()
}, 20_000)
