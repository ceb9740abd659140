import { expect, test } from 'vitest'
import { createLog } from '../../src/log.ts'
import { createMetrics } from '../../src/metrics/metrics.ts'
import { type Part, createTroubles } from '../../src/troubles.ts'
import { createApp } from '../../src/web/app.ts'
import { behindProxies } from '../../src/web/client.ts'
import { probes } from '../../src/web/probes.ts'

const SINCE = Date.UTC(2026, 2, 4, 5, 6)
const ALL = new Set<Part>(['index', 'model', 'telegram'])
const TOKEN = 'of prometheus alone'.replaceAll(' ', '-')

function probed({ token, now = () => SINCE }: { token?: string; now?: () => number } = {}) {
  const troubles = createTroubles(now)
  const log = createLog('silent')
  const metrics = createMetrics()
  const app = createApp({ log, metrics })
  app.use(behindProxies(['172.16.0.0/12'], log))
  app.route(
    '/',
    probes({ look: async () => troubles.states(ALL), metrics, token, installation: 'here' }),
  )
  /** A request over a connection from an address, as the server hands it on. */
  const from = (address: string, path: string, headers: Record<string, string> = {}) =>
    app.request(
      `http://localhost:8080${path}`,
      { headers: { host: 'localhost', ...headers } },
      {
        incoming: { socket: { remoteAddress: address } },
      },
    )
  return { troubles, from }
}

test('it is alive, and ready when every part does its work', async () => {
  const { from } = probed()
  expect(await (await from('127.0.0.1', '/healthz')).text()).toBe('ok')
  const ready = await from('127.0.0.1', '/readyz')
  expect([ready.status, await ready.text()]).toEqual([
    200,
    'ready\n索引：正常\n模型：正常\nTelegram：正常\n',
  ])
})

test('a model that fails is said, and questions are answered all the same', async () => {
  const { troubles, from } = probed()
  troubles.set('model', '模型连不上，回答改按权重选句。')
  const said = await from('127.0.0.1', '/readyz')
  expect([said.status, await said.text()]).toEqual([
    200,
    'ready\n索引：正常\n模型：能回答，但差一些，自 3月4日 13:06 起。模型连不上，回答改按权重选句。\nTelegram：正常\n',
  ])
})

test.each([
  ['index', 'index', '索引里还没有文章。'],
  ['token', 'telegram', 'Telegram 不再认这个机器人的 token。'],
] as const)(
  'what keeps questions from being answered, %s, is 503, since when, as JSON',
  async (trouble, part, why) => {
    const { troubles, from } = probed()
    troubles.set(trouble, why)
    const said = await from('127.0.0.1', '/readyz', { accept: 'application/json' })
    expect(said.status).toBe(503)
    expect(await said.json()).toEqual({
      ready: false,
      index: { state: 'ok' },
      model: { state: 'ok' },
      embedding: { state: 'off' },
      telegram: { state: 'ok' },
      storage: { state: 'off' },
      [part]: { state: 'failed', since: new Date(SINCE).toISOString(), why },
    })
  },
)

test.each([
  ['on this machine', '127.0.0.1', {}, true],
  ['from a container’s host', '172.17.0.1', {}, true],
  ['from elsewhere', '203.0.113.7', {}, false],
  ['through a proxy on this machine', '127.0.0.1', { 'x-forwarded-for': '10.0.0.7' }, false],
  ['with the token', '203.0.113.7', { authorization: `Bearer ${TOKEN}` }, true],
])('why a part fails is told %s: %s %o %s', async (_name, address, headers, isTold) => {
  const { troubles, from } = probed({ token: TOKEN })
  troubles.set('index', 'http://qdrant:6333 连不上。')
  const said = await from(address, '/readyz', headers)
  expect(said.status).toBe(503)
  const text = await said.text()
  expect(text).toContain('索引：不能回答，自 3月4日 13:06 起。')
  expect(text.includes('qdrant')).toBe(isTold)
  expect(said.headers.get('x-wence-installation')).toBe(isTold ? 'here' : null)
})

test('a lost connection counts once it lasts, from when it was lost', () => {
  let now = SINCE
  const troubles = createTroubles(() => now)
  const state = () => troubles.states(ALL).telegram
  troubles.set('unreachable', '连不上')
  expect(state()).toEqual({ state: 'ok' })
  now += 30_000
  troubles.set('unreachable', '还连不上')
  expect(state()).toEqual({ state: 'failed', since: SINCE, why: '还连不上' })
  troubles.delete('unreachable')
  expect(state()).toEqual({ state: 'ok' })
})

test.each([
  ['on this machine', '127.0.0.1', {}, 200],
  ['from elsewhere', '203.0.113.7', {}, 404],
  ['of a network of proxies', '172.17.0.3', {}, 404],
  ['through a proxy on this machine', '127.0.0.1', { 'x-forwarded-for': '203.0.113.7' }, 404],
  [
    'through one that passes on what it is told',
    '127.0.0.1',
    { 'x-forwarded-for': '127.0.0.1' },
    404,
  ],
  ['through one that says another header', '127.0.0.1', { forwarded: 'for=203.0.113.7' }, 404],
  ['by a name of elsewhere', '127.0.0.1', { host: 'wence.example.org' }, 404],
  ['with the token', '203.0.113.7', { authorization: `Bearer ${TOKEN}` }, 200],
  ['with another token', '203.0.113.7', { authorization: 'Bearer none-that-is-ours' }, 404],
  [
    'through a proxy with the token',
    '127.0.0.1',
    { 'x-forwarded-for': '203.0.113.7', authorization: `Bearer ${TOKEN}` },
    200,
  ],
])('figures are read %s: %s %o %d', async (_name, address, headers, status) => {
  expect((await probed({ token: TOKEN }).from(address, '/metrics', headers)).status).toBe(status)
})

test('without a token nothing reads them from elsewhere, and wrong ones are slow to try', async () => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const closed = probed()
  expect((await closed.from('203.0.113.7', '/metrics', bearer('undefined'))).status).toBe(404)
  const { from } = probed({ token: TOKEN })
  await from('203.0.113.7', '/metrics', bearer('wrong-wrong'))
  expect((await from('203.0.113.7', '/metrics', bearer(TOKEN))).status).toBe(404)
})

test.each([
  ['taken from a proxy', 'proxy-made-0001', /^proxy-made-0001$/],
  ['made anew where it is no name', '谁在问什么', /^[\w-]{16}$/],
  ['made anew where it is too long', 'x'.repeat(65), /^[\w-]{16}$/],
])('the name of a request is given back: %s', async (_name, given, named) => {
  const headers = { 'x-request-id': encodeURI(given) }
  const said = await probed().from('127.0.0.1', '/healthz', headers)
  expect(said.headers.get('x-request-id')).toMatch(named)
})
