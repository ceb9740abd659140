import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { createReceive } from '../../src/bot/updates/webhook.ts'
import { createLog } from '../../src/log.ts'
import { createApp } from '../../src/web/app.ts'
import { startHttp } from '../../src/web/server.ts'
import { webhook } from '../../src/web/webhook.ts'

/** What serves a webhook, and the errors that were logged. */
async function served(take: () => Promise<unknown>) {
  const log = createLog('silent')
  const errors: unknown[] = []
  log.error = (error: unknown) => void errors.push(error)
  const hook = webhook('https://wence.example.org/hook')
  hook.connect(createReceive({ secret: 'secret', take, log }))
  const app = createApp({ log }).route('/', hook.route)
  const server = await startHttp(app, { port: 0 })
  onTestFinished(() => server.close())
  return { port: server.port, errors }
}

test.each([
  ['GET // HTTP/1.0', '404'],
  ['GET /style.css HTTP/1.0', '404'],
  ['POST /hook HTTP/1.0', '401'],
])('%s from a stranger is answered with %s, and nothing went wrong', async (line, status) => {
  const { port, errors } = await served(async () => {})
  const socket = connect(port, '127.0.0.1')
  socket.write(`${line}\r\nHost: localhost\r\n\r\n`)
  expect((await text(socket)).split(' ')[1]).toBe(status)
  expect(errors).toEqual([])
})

test('a call that a proxy forwards in chunks is taken, up to what an update may be', async () => {
  const { port, errors } = await served(async () => {})
  const chunked = async (bytes: number, secret = 'secret') => {
    const body = new Blob([JSON.stringify({ update_id: 1, of: 'x'.repeat(bytes) })]).stream()
    const headers = { 'x-telegram-bot-api-secret-token': secret }
    const call = { method: 'POST', headers, body, duplex: 'half' }
    return (await fetch(`http://127.0.0.1:${port}/hook`, call)).status
  }
  expect(await chunked(5_000)).toBe(200)
  expect(errors).toEqual([])
  expect(await chunked(1_100_000)).toBe(413)
  expect(await chunked(5_000, 'another')).toBe(401)
})

test('what cannot be stored is not acknowledged, and whoever waits for the disk tells of it', async () => {
  const full = Object.assign(new Error('database or disk is full'), { errcode: 13 })
  const { port, errors } = await served(() => Promise.reject(full))
  const { status } = await fetch(`http://127.0.0.1:${port}/hook`, {
    method: 'POST',
    body: '{"update_id":1}',
    headers: { 'x-telegram-bot-api-secret-token': 'secret' },
  })
  expect(status).toBe(500)
  expect(errors).toEqual([])
})

test('a call that comes before anybody takes them is to come again', async () => {
  const { route } = webhook('https://wence.example.org/hook')
  expect((await route.request('/hook', { method: 'POST', body: '{}' })).status).toBe(503)
})
