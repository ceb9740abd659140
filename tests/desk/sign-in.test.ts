import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { type DeskEnv, createDesk } from '../../src/desk/desk.ts'
import { createSlowdown } from '../../src/web/slowdown.ts'

const TOKEN = 'open sesame'
const ORIGIN = 'https://wence.example.org'
const HOST = { host: 'wence.example.org' }

function desk(token: string | undefined = TOKEN) {
  let time = 1_000_000
  const room = new Hono<DeskEnv>()
    .get('/', (c) => c.text(`room of ${c.get('who')}`))
    .post('/', (c) => c.text('done'))
  const app = new Hono().route(
    '/desk',
    createDesk({ token, secret: 'ours', rooms: new Map([['ask', room]]), now: () => time }),
  )
  const signIn = (given: string, more: Record<string, string> = {}) =>
    app.request('/desk/sign-in', {
      method: 'POST',
      body: new URLSearchParams({ token: given, who: '小王', ...more }),
      headers: { origin: ORIGIN, ...HOST },
    })
  const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? ''
  return { app, signIn, cookieOf, pass: (ms: number) => void (time += ms) }
}

test('who signs in is let in by name, until the day is over', async () => {
  const { app, signIn, cookieOf, pass } = desk()
  expect((await app.request('/desk/ask')).headers.get('location')).toBe(
    '/desk/sign-in?next=%2Fdesk%2Fask',
  )
  const signedIn = await signIn(TOKEN, { next: '/desk/ask?from=inbox' })
  expect(signedIn.headers.get('location')).toBe('/desk/ask?from=inbox')
  expect(signedIn.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Lax/)
  const headers = { cookie: cookieOf(signedIn) }
  expect(await (await app.request('/desk/ask', { headers })).text()).toBe('room of 小王')
  pass(13 * 3600 * 1000)
  expect((await app.request('/desk/ask', { headers })).status).toBe(303)
})

test('a cookie that was not made here, or for another token, opens nothing', async () => {
  const { app, signIn, cookieOf } = desk()
  const good = cookieOf(await signIn(TOKEN))
  const forged = good.replace(/=\d+/, '=9999999999999')
  expect((await app.request('/desk/ask', { headers: { cookie: forged } })).status).toBe(303)
  const other = desk('another token').app
  expect((await other.request('/desk/ask', { headers: { cookie: good } })).status).toBe(303)
})

test('wrong tries are slowed more and more, also for who is right in the end', async () => {
  const { signIn, pass } = desk()
  expect((await signIn('wrong one')).status).toBe(401)
  expect((await signIn(TOKEN)).status).toBe(429)
  pass(600)
  expect((await signIn('wrong one')).status).toBe(401)
  pass(600)
  expect((await signIn(TOKEN)).headers.get('retry-after')).toBe('1')
  pass(600)
  expect((await signIn(TOKEN)).status).toBe(302)
})

test.each([
  '//evil.example',
  'https://evil.example/desk',
  '/\\evil.example',
  'javascript:alert(1)',
])('after signing in, nobody is led to %s', async (next) => {
  expect((await desk().signIn(TOKEN, { next })).headers.get('location')).toBe('/desk')
})

test.each([
  ['J. Smith', 'J. Smith'],
  [' 王\ud800 ', '王\ufffd'],
  ['𠮷'.repeat(30), '𠮷'.repeat(20)],
  ['本机', '未署名'],
  ['', '未署名'],
])('who signs in as %j is known as %s', async (given, known) => {
  const { app, signIn, cookieOf } = desk()
  const headers = { cookie: cookieOf(await signIn(TOKEN, { who: given })) }
  expect(await (await app.request('/desk/ask', { headers })).text()).toBe(`room of ${known}`)
})

test('what is no form, or longer than a form, is refused unread', async () => {
  const { app } = desk()
  const post = async (body: string, type: string) => {
    const headers = { origin: ORIGIN, ...HOST, 'content-type': type }
    const length = { 'content-length': String(body.length) }
    const init = { method: 'POST', body, headers: { ...headers, ...length } }
    return (await app.request('/desk/sign-in', init)).status
  }
  expect(await post('{}', 'application/json')).toBe(400)
  expect(await post('x', 'multipart/form-data; boundary=y')).toBe(400)
  expect(await post('a&'.repeat(5_000), 'application/x-www-form-urlencoded')).toBe(413)
})

test('wrong tries under ever new addresses are heard of so many a minute', () => {
  let time = 0
  const slowdown = createSlowdown(() => time)
  for (let i = 0; i < 60; i++) slowdown.wrong(`10.0.0.${i}`)
  expect(slowdown.wait('10.0.1.1')).toBe(60_000)
  time = 60_000
  expect(slowdown.wait('10.0.1.1')).toBe(0)
})

test('a form of another page does nothing', async () => {
  const { app, signIn, cookieOf } = desk()
  const headers = { cookie: cookieOf(await signIn(TOKEN)), ...HOST }
  const post = (origin: string) =>
    app.request('/desk/ask', {
      method: 'POST',
      body: new URLSearchParams(),
      headers: { ...headers, origin },
    })
  expect((await post('https://evil.example')).status).toBe(403)
  expect((await post('null')).status).toBe(403)
  expect((await post(ORIGIN)).status).toBe(200)
})

test('without a token the desk is opened by names of this machine alone', async () => {
  const app = new Hono().route(
    '/desk',
    createDesk({ token: undefined, secret: 'ours', rooms: new Map([['ask', roomOf()]]) }),
  )
  const at = async (host: string) => (await app.request('/desk/ask', { headers: { host } })).status
  expect(await at('127.0.0.1:8080')).toBe(200)
  expect(await at('localhost')).toBe(200)
  expect(await at('[::1]:8080')).toBe(200)
  expect(await at('evil.example:8080')).toBe(403)
})

const roomOf = () => new Hono<DeskEnv>().get('/', (c) => c.text(c.get('who')))
