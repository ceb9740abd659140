import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { createLimiter } from '../../src/limiter.ts'
import { Answer, ArticleList, ErrorBody } from '../../src/web/api/schemas.ts'
import { createTurns } from '../../src/web/turns.ts'
import { type HttpServer, startHttp } from '../../src/web/server.ts'
import { AUTHORIZED, smallApi } from '../support/small-api.ts'
import { tellingEngine } from '../support/small-engine.ts'

const QUESTION = { question: '企业用电报装要多久？' }
async function codeOf(asked: Response | Promise<Response>) {
  const response = await asked
  return [response.status, ErrorBody.parse(await response.json()).error.code]
}

const servers: HttpServer[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))

/** The API behind a socket. */
async function served(...given: Parameters<typeof smallApi>) {
  const server = await startHttp(smallApi(...given).app, { port: 0, host: '127.0.0.1' })
  servers.push(server)
  return { port: server.port, url: `http://127.0.0.1:${server.port}/api` }
}

test('a question is answered as everywhere, with what was said before and where it is asked', async () => {
  const { post } = smallApi()
  const answer = Answer.parse(await (await post('/ask', { ...QUESTION, id: 7 })).json())
  expect(answer).toMatchObject({ id: '7', status: 'answered' })
  expect(answer.citations[0]).toMatchObject({ articleId: 'dengta-1' })
  const more = {
    question: '那要钱吗？',
    history: [{ question: QUESTION.question, answer: '一个工作日。' }],
    place: '灯塔市',
    date: '2023-06-01',
  }
  const { standalone } = Answer.parse(await (await post('/ask', more)).json())
  expect(standalone).toBe('企业用电报装要多久？那要钱吗？')
})

test('a claim is compared with what is printed', async () => {
  const claim = { claim: '企业用电报装材料齐全的，一个工作日内办结' }
  expect(await (await smallApi().post('/check', claim)).json()).toMatchObject({
    verdict: 'found',
  })
})

test('articles come page by page, of a place or a month, and each by its id', async () => {
  const { get } = smallApi()
  const list = async (query: string) =>
    ArticleList.parse(await (await get(`/articles${query}`)).json())
  const ids = async (query: string) => (await list(query)).articles.map(({ id }) => id.slice(0, 10))
  expect(await list('?limit=2')).toMatchObject({ next: 2 })
  expect(await ids('?limit=2&offset=2')).toEqual(['一个很长的编号，一个'])
  expect((await list('?limit=2&offset=2')).next).toBe(null)
  expect(await ids('?place=辽阳')).toEqual(['liaoyang-2', 'dengta-1'])
  expect(await ids('?place=辽阳市&month=2023-05')).toEqual(['liaoyang-2'])
  expect(await ids('?month=2022')).toEqual(['一个很长的编号，一个'])
  expect(await ids('?place=nowhere')).toEqual([])
  const { id } = (await list('?month=2022')).articles[0]!
  expect(await (await get(`/articles/${encodeURIComponent(id)}`)).json()).toMatchObject({ id })
  expect(await codeOf(get('/articles/%E0%A4%A'))).toEqual([404, 'not_found'])
})

describe('what is sent', () => {
  const big = '问'.repeat(7_000)
  test.each([
    ['nothing', '', 400],
    ['no JSON', '{"question":', 400],
    ['another shape', '["question"]', 400],
    ['another type', '{"question":{"$gt":""}}', 400],
    ['an empty question', '{"question":" \\n "}', 400],
    ['a wrong day', '{"question":"用电","date":"2023-02-31"}', 400],
    ['a bomb of brackets', '['.repeat(30_000), 400],
    ['nested objects', '{"question":'.repeat(4_000) + '1' + '}'.repeat(4_000), 400],
    ['a prototype', '{"__proto__":{"question":"用电"}}', 400],
    ['20 kB of a question', `{"question":"${big}"}`, 200],
    ['control characters', '{"question":"用电\\u0000\\u001b[31m\\u0007报装"}', 200],
    ['half a pair', '{"question":"用电\\ud800报装"}', 200],
    ['markup', '{"question":"<script>alert(1)</script>用电报装"}', 200],
    ['more than is asked for', '{"question":"用电报装","rows":1,"constructor":{}}', 200],
    [
      'a long history',
      JSON.stringify({
        ...QUESTION,
        history: Array.from({ length: 500 }, () => ({ question: '一', answer: '二' })),
      }),
      200,
    ],
  ])('%s', async (_name, body, status) => {
    const response = await smallApi().post('/ask', body)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/json')
    await response.json()
  })

  test('says where it is wrong', async () => {
    const response = await smallApi().post('/ask', { ...QUESTION, history: [{ question: 1 }] })
    expect(await response.json()).toEqual({
      error: {
        code: 'bad_request',
        message: 'The body is wrong: "history.0.question" must be text.',
      },
    })
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
    'is JSON, not %s',
    async (type) => {
      const response = smallApi().post('/ask', QUESTION, { 'content-type': type })
      expect(await codeOf(response)).toEqual([415, 'unsupported_media_type'])
    },
  )

  test('is not read beyond what is allowed', async () => {
    const { url, port } = await served()
    const body = JSON.stringify({ question: 'x'.repeat(70_000) })
    const headers = { ...AUTHORIZED, 'content-type': 'application/json' }
    const response = await fetch(`${url}/ask`, { method: 'POST', body, headers })
    expect(await codeOf(response)).toEqual([413, 'too_large'])
    // Nothing but what comes says how long it is, and it never ends.
    const socket = connect(port, '127.0.0.1')
    socket.write(
      `POST /api/ask HTTP/1.1\r\nHost: x\r\nAuthorization: ${AUTHORIZED.authorization}\r\n` +
        `Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${(70_000).toString(16)}\r\n${'['.repeat(70_000)}\r\n`,
    )
    const [answer] = await once(socket, 'data')
    expect(String(answer)).toMatch(/^HTTP\/1.1 413[^]*connection: close[^]*too_large/i)
    socket.destroy()
  })

  test('is read where a proxy forwards it in chunks', async () => {
    const { url } = await served()
    const headers = { ...AUTHORIZED, 'content-type': 'application/json' }
    const body = new Blob([JSON.stringify(QUESTION)]).stream()
    const asked = { method: 'POST', body, headers, duplex: 'half' }
    const response = await fetch(`${url}/ask`, asked)
    expect(Answer.parse(await response.json())).toMatchObject({ status: 'answered' })
  })
})

test('a connection is kept longer than the proxies before it keep theirs', async () => {
  const { headers } = await fetch(`${(await served()).url}/openapi.json`)
  expect(Number(/timeout=(\d+)/.exec(headers.get('keep-alive') ?? '')?.[1])).toBeGreaterThan(120)
})

test('another method is told which there is, another address that it is none', async () => {
  const { app, get, post } = smallApi()
  expect(await codeOf(get('/ask'))).toEqual([405, 'method_not_allowed'])
  expect((await get('/ask')).headers.get('allow')).toBe('POST')
  expect(await codeOf(post('/articles/1', {}))).toEqual([405, 'method_not_allowed'])
  expect(await codeOf(post('/nothing', {}))).toEqual([404, 'not_found'])
  expect((await app.request('/api/articles', { method: 'HEAD', headers: AUTHORIZED })).status).toBe(
    200,
  )
})

describe('the token', () => {
  test.each(['', 'Basic b3Blbg==', 'Bearer', 'Bearer a b'])('is asked for: %s', async (given) => {
    const response = await smallApi().get('/articles', given ? { authorization: given } : {})
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
    expect(await codeOf(response)).toEqual([401, 'unauthorized'])
  })

  test('is guessed ever more slowly, and who shows none is no guesser', async () => {
    let time = 0
    const { get } = smallApi({ now: () => time })
    const wrong = () => get('/articles', { authorization: 'Bearer wrong-wrong' })
    for (let i = 0; i < 5; i++) await get('/articles', {})
    expect((await get('/articles')).status).toBe(200)
    expect((await wrong()).status).toBe(401)
    const slowed = await get('/articles')
    expect([slowed.status, slowed.headers.get('retry-after')]).toEqual([429, '1'])
    time += 500
    expect((await wrong()).status).toBe(401)
    time += 500
    expect((await get('/articles')).status).toBe(429)
    time += 500
    expect((await get('/articles')).status).toBe(200)
  })

  test('without one, only names of this machine are served', async () => {
    const { get } = smallApi({ token: undefined })
    expect((await get('/articles', { host: 'localhost:8080' })).status).toBe(200)
    expect(await codeOf(get('/articles', { host: 'rebound.example' }))).toEqual([403, 'forbidden'])
  })
})

test('an address and the token have their limits, and looking costs a quarter', async () => {
  const limits = { address: createLimiter(3), token: createLimiter(5) }
  const { app, post } = smallApi({ limits, now: () => 0 })
  for (let i = 0; i < 3; i++) expect((await post('/ask', QUESTION)).status).toBe(200)
  const refused = await post('/ask', QUESTION)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '20'])
  const from = (address: string, path: string) =>
    app.request(
      `/api${path}`,
      { headers: { ...AUTHORIZED, 'x-forwarded-for': address } },
      { incoming: { socket: { remoteAddress: '127.0.0.1' } } },
    )
  expect((await from('10.0.0.1', '/search?q=用电报装')).status).toBe(200)
  for (let i = 0; i < 4; i++) expect((await from('10.0.0.2', '/articles')).status).toBe(200)
  expect((await from('10.0.0.3', '/search?q=用电报装')).status).toBe(429)
})

describe('pages of other sites', () => {
  const origins = ['https://portal.example/', 'https://other.example']
  const preflight = {
    method: 'OPTIONS',
    headers: {
      origin: 'https://portal.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  }
  const allowed = ({ headers }: Response) => headers.get('access-control-allow-origin')

  test('may use it where the settings name them', async () => {
    const { app } = smallApi({ origins })
    const asked = await app.request('/api/ask', preflight)
    expect([asked.status, allowed(asked)]).toEqual([204, 'https://portal.example'])
    expect(asked.headers.get('access-control-allow-headers')).toBe('Authorization,Content-Type')
    const { post } = smallApi({ origins })
    expect(allowed(await post('/ask', QUESTION, { origin: 'https://other.example' }))).toBe(
      'https://other.example',
    )
    // What went wrong can be read there too.
    expect(allowed(await post('/ask', {}, { origin: 'https://other.example' }))).toBe(
      'https://other.example',
    )
  })

  test('may not where they do not', async () => {
    const foreign = {
      ...preflight,
      headers: { ...preflight.headers, origin: 'https://evil.example' },
    }
    expect(allowed(await smallApi({ origins }).app.request('/api/ask', foreign))).toBe(null)
    const none = await smallApi().app.request('/api/ask', preflight)
    expect([none.status, allowed(none)]).toEqual([401, null])
  })
})

test('a model is called as long as the budget lasts', async () => {
  let left = 1
  const { post } = smallApi({ spend: () => left-- > 0 })
  const question = { question: '企业用电报装，模型' }
  const { mode: first } = Answer.parse(await (await post('/ask', question)).json())
  const { mode, notices } = Answer.parse(await (await post('/ask', question)).json())
  expect([first, mode, notices[0]?.kind]).toEqual(['model', 'words', 'degraded'])
})

describe('time', () => {
  test('an answer that takes too long is given up', async () => {
    const response = await smallApi({ turns: createTurns({ longestMs: 30 }) }).post('/ask', {
      question: '久久用电报装',
    })
    expect(response.headers.get('retry-after')).toBe('2')
    expect(await codeOf(response)).toEqual([503, 'too_slow'])
  })

  test('what comes beyond so many waits a little, then is told to come again', async () => {
    const turns = createTurns({ most: 1, mostWaiting: 1, waitMs: 200 })
    const { post } = smallApi({ turns })
    const slow = post('/ask', { question: '久久用电报装' })
    await sleep(10)
    const waiting = post('/ask', QUESTION)
    await sleep(10)
    expect(await codeOf(post('/ask', QUESTION))).toEqual([503, 'busy'])
    expect(await codeOf(waiting)).toEqual([503, 'busy'])
    expect((await slow).status).toBe(200)
    expect((await post('/ask', QUESTION)).status).toBe(200)
  })

  test('a turn goes to whoever waited longest, and never to two', async () => {
    const enter = createTurns({ most: 1 })
    const { signal } = new AbortController()
    const order: number[] = []
    let inside = 0
    await Promise.all(
      [1, 2, 3, 4].map(async (n) => {
        const { leave } = await enter(signal)
        expect(++inside).toBe(1)
        order.push(n)
        await sleep(5)
        inside--
        leave()
      }),
    )
    expect(order).toEqual([1, 2, 3, 4])
  })

  test('who went away while waiting takes no turn', async () => {
    const enter = createTurns({ most: 1 })
    const gone = new AbortController()
    const { leave } = await enter(new AbortController().signal)
    const waiting = enter(gone.signal)
    gone.abort()
    await expect(waiting).rejects.toThrow('at once')
    leave()
    await enter(new AbortController().signal)
  })
})

describe('a stream', () => {
  const SLOW = JSON.stringify({ question: '企业用电报装，专利质押贷款，慢慢说' })
  const headers = { ...AUTHORIZED, 'content-type': 'application/json', accept: 'text/event-stream' }
  const ask = (url: string, body: string, more: RequestInit = {}) =>
    fetch(`${url}/ask`, { method: 'POST', body, headers, ...more })

  test('tells each statement before the next is known, then the whole', async () => {
    const { url } = await served()
    const response = await ask(url, SLOW)
    expect(response.headers.get('x-accel-buffering')).toBe('no')
    const at: [string, number][] = []
    const started = performance.now()
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream()))
      for (const [, name] of chunk.matchAll(/^event: (\w+)/gm))
        at.push([name!, performance.now() - started])
    expect(at.map(([name]) => name)).toEqual(['statement', 'statement', 'answer'])
    expect(at[1]![1] - at[0]![1]).toBeGreaterThan(200)
  })

  test('ends the answer when whoever asked goes away, and gives back its turn', async () => {
    const { engine, stopped } = tellingEngine()
    const turns = createTurns({ most: 1, waitMs: 100 })
    const { url } = await served({ engine, turns })
    const going = new AbortController()
    const response = await ask(url, SLOW, { signal: going.signal })
    await response.body!.getReader().read()
    going.abort()
    await stopped
    expect((await ask(url, JSON.stringify(QUESTION))).status).toBe(200)
  })

  test('the same for who waits for the whole', async () => {
    const { engine, stopped } = tellingEngine()
    const { url } = await served({ engine })
    const going = new AbortController()
    const asked = ask(url, SLOW, {
      signal: going.signal,
      headers: { ...headers, accept: 'application/json' },
    })
    await sleep(100)
    going.abort()
    await expect(asked).rejects.toThrow()
    await stopped
  })

  test('waits for a slow reader, and nobody else waits for them', async () => {
    const { url, port } = await served()
    const socket = connect(port, '127.0.0.1')
    socket.pause()
    const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(SLOW) })
    socket.write(
      `POST /api/ask HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${SLOW}`,
    )
    await sleep(50)
    expect((await ask(url, JSON.stringify(QUESTION))).status).toBe(200)
    await sleep(700)
    let text = ''
    for await (const chunk of socket) {
      text += String(chunk)
      if (text.includes('event: answer')) break
    }
    expect(text).toMatch(/event: statement[^]*event: answer/)
  })

  test('says what went wrong, and nothing of the inside', async () => {
    const { url } = await served()
    const text = await (await ask(url, JSON.stringify({ question: '坏' }))).text()
    expect(text).toBe(
      'event: error\ndata: {"error":{"code":"internal","message":"Something went wrong here."}}\n\n',
    )
  })

  test('is refused like anything else before it begins', async () => {
    const { url } = await served()
    expect(await codeOf(ask(url, '{}'))).toEqual([400, 'bad_request'])
  })
})
