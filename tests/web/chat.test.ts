import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { createLimiter } from '../../src/limiter.ts'
import { IndexUnavailableError } from '../../src/retrieval/index-unavailable.ts'
import { type HttpServer, startHttp } from '../../src/web/server.ts'
import { createTurns } from '../../src/web/turns.ts'
import { HOST, smallChat } from '../support/small-chat.ts'
import { smallEngine, tellingEngine } from '../support/small-engine.ts'

const POWER = '企业用电报装要多久？'

const servers: HttpServer[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))

test('who comes for the first time is greeted with three questions, and gets no cookie', async () => {
  const { request } = await smallChat()
  const response = await request('/chat')
  expect(response.headers.get('set-cookie')).toBe(null)
  const page = await response.text()
  expect(page.match(/<button name="question"/g)).toHaveLength(3)
  expect(page).toContain('报道不等于政策文件')
})

test('a question is answered on the page, each mark leading to its words', async () => {
  const { ask, read } = await smallChat()
  const id = await ask(POWER)
  const page = await read()
  expect(page).toContain(`<article class="turn" id="a-${id}">`)
  expect(page).toContain(`<h2>${POWER}</h2>`)
  expect(page).toMatch(
    /一个工作日内办结，不收取报装费用。<a class="mark" href="\/s\/dengta-1\?q=0-\d+#q/,
  )
})

test('questions go on from those before, until much later or until one is chosen anew', async () => {
  let time = Date.now()
  const { ask, store } = await smallChat({ now: () => time })
  const standalone = async (...given: Parameters<typeof ask>) =>
    (await store.find(await ask(...given)))?.answer.standalone
  await ask(POWER)
  expect(await standalone('那要钱吗？')).toBe(`${POWER}那要钱吗？`)
  expect(await standalone('那要钱吗？', { fresh: '1' })).toBe('那要钱吗？')
  time += 3 * 3600 * 1000
  expect(await standalone('那要钱吗？')).toBe('那要钱吗？')
})

test('a word alone gets questions to choose from', async () => {
  const { ask, read } = await smallChat()
  await ask('用电')
  const page = await read()
  const [, reading = ''] = /<button name="question" value="([^"]+)"/.exec(page) ?? []
  expect(reading).toContain('用电')
  expect(page).not.toContain('name="verdict"')
})

test('a place counts from then on; one that nobody knows is said to be none', async () => {
  const { ask, post, read } = await smallChat()
  await ask(POWER)
  expect((await post('place', { place: '灯塔市' })).headers.get('location')).toBe('/chat#place')
  expect(await read()).toContain('我在灯塔市')
  const wrong = await post('place', { place: '<i>哪儿</i>' })
  expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('没有认出')])
  await post('place', { place: '' })
  expect(await read()).toContain('没有设定')
})

test('the same is asked of another place', async () => {
  const { ask, post, read, store } = await smallChat()
  const id = await ask('吸纳就业有什么补贴？')
  expect(await read()).toContain('换个地区')
  const asked = await post('elsewhere', { asked: id, place: '海城市' })
  const other = /#a-(.*)$/.exec(asked.headers.get('location')!)![1]!
  expect(await store.find(other)).toMatchObject({ question: '海城市吸纳就业有什么补贴？' })
  expect(await read()).toContain('我在海城市')
})

test('an answer is judged by who got it, with a word if they like, and by nobody else', async () => {
  const { ask, post, read, store, request } = await smallChat()
  const id = await ask(POWER)
  await post('judge', { asked: id, verdict: 'useful' })
  expect(await read()).toMatch(/value="useful" aria-pressed="true"[^]*谢谢，已记下/)
  await post('judge', { asked: id, verdict: 'wrong' })
  expect(await read()).toContain('哪里不对？')
  expect(await store.complaints(9, 0)).toMatchObject([{ comment: null }])
  await post('judge', { asked: id, verdict: 'wrong', comment: ' 是<b>两</b>天 ' })
  expect(await read()).toContain('已交给工作人员')
  expect(await store.complaints(9, 0)).toMatchObject([
    { question: POWER, comment: '是<b>两</b>天' },
  ])
  const stranger = await request('/chat/judge', {
    method: 'POST',
    body: new URLSearchParams({ asked: id, verdict: 'useful' }),
    headers: { cookie: '' },
  })
  expect(stranger.status).toBe(404)
  expect(await store.complaints(9, 0)).toHaveLength(1)
})

test('nobody sees what others asked, with whatever cookie', async () => {
  const { ask, request, cookie } = await smallChat()
  await ask(POWER)
  const seen = async (given: string) =>
    (await request('/chat', { headers: { cookie: given } })).text()
  const good = cookie()
  expect(await seen('')).not.toContain('class="turn"')
  const [name, value = ''] = good.split('=')
  const other = value.startsWith('x') ? 'y' : 'x'
  expect(await seen(`${name}=${other}${value.slice(1)}`)).not.toContain('class="turn"')
  expect(await seen(good)).toContain('class="turn"')
})

test('the cookie is for this page alone, and no script reads it', async () => {
  const { post } = await smallChat()
  const secure = await post('ask', { question: POWER }, { 'x-forwarded-proto': 'https' })
  expect(secure.headers.get('set-cookie')).toMatch(
    /^wence-chat=[^;]+; Max-Age=2592000; Path=\/chat; HttpOnly; Secure; SameSite=Lax$/,
  )
})

test('a person is a salted hash in the file, and forgotten when they wish', async () => {
  const { ask, post, read, cookie, store, file } = await smallChat()
  await ask('企业用电报装要多久？暗号甲乙丙丁')
  const id = decodeURIComponent(cookie().split('=')[1]!).split('.')[0]!
  const bytes = () =>
    ['', '-wal'].map((end) => readFileSync(file + end, { encoding: 'utf8', flag: 'a+' })).join('')
  expect(bytes()).toContain('暗号甲乙丙丁')
  expect(bytes()).not.toContain(id)
  const forgotten = await post('forget', {})
  expect(forgotten.headers.get('location')).toBe('/chat?done=forgotten')
  expect(cookie()).toBe('')
  expect(await read('/chat?done=forgotten')).toContain('您的记录已全部删除。')
  expect(await store.ids()).toEqual([])
  expect(bytes()).not.toContain('暗号甲乙丙丁')
})

test('what is being answered when all is forgotten is not kept, nor what waits its turn', async () => {
  const turns = createTurns({ most: 1 })
  const SLOW = '企业用电报装要几天？'
  const [begun, free] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const engine: Engine = {
    ...smallEngine,
    async ask(chat, question, options) {
      if (question === SLOW) {
        begun.resolve()
        await free.promise
      }
      return smallEngine.ask(chat, question, options)
    },
  }
  const { ask, post, cookie, store } = await smallChat({ engine, turns })
  await ask(POWER)
  const tab = { cookie: cookie() }
  const waiting = [SLOW, '企业用电报装要交钱吗？'].map((question) => post('ask', { question }, tab))
  await begun.promise
  await sleep(100)
  await post('forget', {}, tab)
  free.resolve()
  for (const response of waiting) {
    expect((await response).status).toBe(410)
    expect(await (await response).text()).toContain('已全部删除')
  }
  expect(await store.ids()).toEqual([])
})

test('where nothing is to be kept, nothing asked is in any file', async () => {
  const { ask, read, cookie, file, post } = await smallChat({ keepDays: 0 })
  const id = await ask('企业用电报装要多久？暗号甲乙丙丁')
  await post('judge', { asked: id, verdict: 'wrong', comment: '暗号甲乙丙丁' })
  expect(cookie()).not.toMatch(/Max-Age/)
  expect(await read()).toContain('不写入磁盘')
  expect(await read()).toContain('暗号甲乙丙丁')
  const bytes = ['', '-wal'].map((end) =>
    readFileSync(file + end, { encoding: 'utf8', flag: 'a+' }),
  )
  expect(bytes.join('')).not.toContain('暗号甲乙丙丁')
})

describe('what is sent', () => {
  test.each([
    ['nothing', '', 400],
    ['white space', ' \n\t ', 400],
    ['20 kB', `用电报装${'问'.repeat(6_700)}`, 303],
    ['control characters', '用电\u0000\u001B[31m\u0007报装', 303],
    ['half a pair', '用电\uD800报装', 303],
    ['an address of script', 'javascript:alert(1) 用电报装', 303],
  ])('%s', async (_name, question, status) => {
    const { post, read } = await smallChat()
    expect((await post('ask', { question })).status).toBe(status)
    expect(await read()).toContain('</html>')
  })

  test('markup stays text, in the question and what comes of it', async () => {
    const { ask, read } = await smallChat()
    const evil = '"><img src=x onerror=alert(1)><script>alert(2)</script>用电报装'
    const id = await ask(evil)
    const page = await read()
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(page).not.toMatch(/<img|<script>/)
    expect(id).not.toBe('')
  })

  test('more than is read', async () => {
    const { post, request } = await smallChat()
    const long = { 'content-length': '70000' }
    const response = await post('ask', { question: POWER }, long)
    expect([response.status, await response.text()]).toEqual([
      413,
      expect.stringContaining('太长了'),
    ])
    const streamed = await post(
      'ask',
      { question: POWER },
      { ...long, accept: 'text/event-stream' },
    )
    expect(await streamed.text()).toBe('一次只能问一个问题，请写短一些。')
    const json = await request('/chat/ask', {
      method: 'POST',
      body: JSON.stringify({ question: POWER }),
      headers: { 'content-type': 'application/json' },
    })
    expect(json.status).toBe(400)
  })

  test('by a page of another site does nothing', async () => {
    const { post, store } = await smallChat()
    const evil = { origin: 'https://evil.example' }
    for (const path of ['ask', 'judge', 'place', 'forget', 'elsewhere'])
      expect((await post(path, { question: POWER }, evil)).status).toBe(403)
    expect((await post('ask', { question: POWER }, { origin: 'null' })).status).toBe(403)
    expect(await store.ids()).toEqual([])
  })

  test('by nobody who was here, of answers that are not theirs', async () => {
    const { post } = await smallChat()
    for (const path of ['judge', 'elsewhere'])
      expect((await post(path, { asked: 'x', verdict: 'useful', place: '濮阳' })).status).toBe(404)
  })
})

describe('who cannot be served reads why, and keeps the question', () => {
  const failing = (error: Error) => ({
    engine: {
      ...smallEngine,
      ask: async () => {
        throw error
      },
    },
  })
  test.each([
    ['the index is away', failing(new IndexUnavailableError('x')), 503, '检索服务暂时连不上'],
    ['something broke', failing(new Error('Secret insides')), 500, '系统暂时出错'],
    [
      'they ask too much',
      { limits: { person: createLimiter(0.5), address: createLimiter(9) } },
      429,
      '问得有点快，请过',
    ],
    [
      'their address does',
      { limits: { person: createLimiter(9), address: createLimiter(0.5) } },
      429,
      '问得有点快，请过',
    ],
    ['there is no room', { turns: createTurns({ most: 0, mostWaiting: 0 }) }, 503, '现在问的人多'],
    ['it takes too long', { turns: createTurns({ longestMs: 1 }) }, 503, '这个问题想得太久了'],
  ])('%s', async (_name, more, status, sentence) => {
    const { post } = await smallChat(more)
    const question = '久久地问用电报装'
    const plain = await post('ask', { question })
    const page = await plain.text()
    expect(plain.status).toBe(status)
    expect(page).toMatch(new RegExp(`role="alert"[^>]*>${sentence}`))
    expect(page).toContain(`>${question}</textarea>`)
    expect(page).not.toContain('Secret')
    const streamed = await post('ask', { question }, { accept: 'text/event-stream' })
    expect(await streamed.text()).toContain(sentence)
  })

  test('looking for a place costs a quarter of a question', async () => {
    const limits = { person: createLimiter(1), address: createLimiter(9) }
    const { post } = await smallChat({ limits, now: () => 0 })
    for (let i = 0; i < 4; i++) expect((await post('place', { place: '濮阳' })).status).toBe(303)
    const refused = await post('place', { place: '濮阳' })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '15'])
  })

  test('without cities the page is there all the same', async () => {
    const { read } = await smallChat(failing(new IndexUnavailableError('x')))
    const engine = {
      ...smallEngine,
      cities: async () => {
        throw new IndexUnavailableError('x')
      },
    }
    expect(await read()).toContain('濮阳市')
    expect(await (await smallChat({ engine })).read()).toContain('</html>')
  })
})

describe('a stream', () => {
  const SLOW = '企业用电报装，专利质押贷款，慢慢说'
  async function served(more: Parameters<typeof smallChat>[0] = {}) {
    const chat = await smallChat(more)
    const server = await startHttp(chat.app, { port: 0, host: '127.0.0.1' })
    servers.push(server)
    const url = `http://127.0.0.1:${server.port}`
    const ask = (question: string, init: RequestInit = {}) =>
      fetch(`${url}/chat/ask`, {
        method: 'POST',
        body: new URLSearchParams({ question }),
        headers: { accept: 'text/event-stream', origin: url },
        ...init,
      })
    return { ...chat, ask, url }
  }

  test('shows each statement as it comes, then the whole with its buttons', async () => {
    const { ask, store } = await served()
    const response = await ask(SLOW)
    expect(response.headers.get('set-cookie')).toContain('wence-chat=')
    const events = [...(await response.text()).matchAll(/^event: (\w+)\ndata: (.*)$/gm)]
    expect(events.map(([, name]) => name)).toEqual(['coming', 'coming', 'answer'])
    const [first, second, last] = events.map(([, , data]) => String(JSON.parse(data!)))
    expect([first, second].map((one) => one!.match(/class="mark"/g)?.length)).toEqual([2, 4])
    expect(last).toContain(`<article class="turn" id="a-${(await store.ids())[0]}">`)
    expect(last).toContain('有误')
  })

  test('who goes away is answered no further, and nothing is kept', async () => {
    const { engine, stopped } = tellingEngine()
    const { ask, store } = await served({ engine })
    const going = new AbortController()
    const response = await ask(SLOW, { signal: going.signal })
    await response.body!.getReader().read()
    going.abort()
    await stopped
    await sleep(50)
    expect(await store.ids()).toEqual([])
  })
})

test('a page and all that it needs are small', async () => {
  const { ask, read, app } = await smallChat()
  await ask(POWER)
  const page = await read()
  const assets = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path!)
  expect(assets).toHaveLength(4)
  const bodies = await Promise.all(
    assets.map(async (path) => (await app.request(path, { headers: { host: HOST } })).text()),
  )
  expect(Buffer.byteLength([page, ...bodies].join(''))).toBeLessThan(30_000)
})
