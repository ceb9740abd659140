import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { freePort } from '../../src/cli/bench/free-port.ts'
import { TOKEN, startBotApi } from '../support/bot-api/bot-api.ts'
import { tempFolder } from '../support/temp.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const running: ChildProcess[] = []
afterEach(() => running.splice(0).forEach((child) => child.kill('SIGKILL')))

/** Starts one of our programs, on data of its own that is filled with the seeds. */
function start(script: string, env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [`src/${script}.ts`], {
    cwd: root,
    env: { PATH: process.env.PATH, WENCE_DATA_DIR: tempFolder(), ...env },
  })
  running.push(child)
  return child
}

/** The first line with an address, and the address. */
async function addressed(stream: Readable): Promise<{ line: string; address: string }> {
  for await (const line of createInterface({ input: stream })) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)
    if (address) return { line, address: address[0] }
  }
  throw new Error('no address was printed')
}

const addressIn = async (stream: Readable) => (await addressed(stream)).address

test('npm run desk: an address to open, and nothing else to set up', async () => {
  const child = start('cli/desk', { PORT: '0' })
  const address = await addressIn(child.stdout)
  expect((await fetch(`${address}/desk`, { redirect: 'manual' })).status).toBe(302)
  expect(await (await fetch(`${address}/readyz`)).text()).toMatch(/^ready\n/)
  const found = await (await fetch(`${address}/?query=环评打捆`)).text()
  const path = /<h3><a href="(\/s\/[^"]+)">/.exec(found)![1]!
  const article = await (await fetch(`${address}${path}`)).text()
  expect(article).toContain('<meta name="robots" content="noindex">')
  expect(article).toContain('环评')
  expect(await (await fetch(`${address}/robots.txt`)).text()).toContain('Disallow: /\n')
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
}, 60_000)

test('whether it can answer says what keeps Telegram from it', async () => {
  const api = await startBotApi()
  onTestFinished(() => api.close())
  const port = await freePort()
  start('main', { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.root, PORT: String(port) })
  await api.until(() => api.updates.isPolled(), 50_000)
  const ready = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status
  expect(await ready()).toBe(200)
  api.order(() => ({ code: 401, description: 'Unauthorized' }))
  api.updates.push({ message: {} })
  await vi.waitFor(async () => expect(await ready()).toBe(503), { timeout: 20_000 })
  api.order(() => undefined)
  await vi.waitFor(async () => expect(await ready()).toBe(200), { timeout: 20_000 })
}, 100_000)

test('npm start without a bot and without a terminal serves on until it is told to end', async () => {
  const child = start('main', { PORT: '0' })
  child.stdin.end('厂子怎么接电？\n')
  child.stdout.resume()
  const { line, address } = await addressed(child.stderr)
  expect(JSON.parse(line)).toMatchObject({
    level: 'info',
    msg: `${address} serves /healthz, /readyz and /metrics; not pages for readers (PUBLIC_URL is not set), the desk at /desk (DESK_TOKEN is not set), the API at /api (API_TOKEN is not set), the chat at /chat (WEB_CHAT is not set); at all addresses of this machine (LISTEN_ADDRESS is not set).`,
  })
  expect((await fetch(`${address}/healthz`)).status).toBe(200)
  // Nobody set a token, so the desk is not there.
  expect((await fetch(`${address}/desk`)).status).toBe(404)
  // Nor is it said where people reach the pages of articles.
  expect((await fetch(`${address}/`)).status).toBe(404)
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
}, 60_000)

test('an input that nobody closes does not keep it from ending', async () => {
  // Nothing is read first where the index is another machine's.
  const child = start('main', { PORT: '0', QDRANT_URL: 'http://127.0.0.1:9' })
  await addressIn(child.stderr)
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
}, 60_000)

test('what is not opened by a setting is read by staff alone', async () => {
  const child = start('main', { PORT: '0', DESK_TOKEN: 'open sesame' })
  child.stdin.end()
  const address = await addressIn(child.stderr)
  for (const path of ['/', '/?query=贷款', '/s/275952dc16ca']) {
    const { status, headers } = await fetch(`${address}${path}`, { redirect: 'manual' })
    expect([status, headers.get('location')?.split('?')[0]]).toEqual([303, '/desk/sign-in'])
  }
}, 60_000)

test('who sends a request letter by letter holds up nobody, and the end does not wait for them', async () => {
  const child = start('cli/desk', { PORT: '0' })
  const address = await addressIn(child.stdout)
  const slow = connect(Number(new URL(address).port), '127.0.0.1')
  slow.on('error', () => {})
  slow.write('POST /desk/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nx')
  expect((await fetch(`${address}/healthz`)).status).toBe(200)
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
}, 60_000)
