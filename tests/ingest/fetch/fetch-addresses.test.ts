import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createAskPolitely } from '../../../src/ingest/fetch/ask-politely.ts'
import { openAsked } from '../../../src/ingest/fetch/asked.ts'
import { fetchAddresses } from '../../../src/ingest/fetch/fetch-addresses.ts'
import { createGet } from '../../../src/ingest/fetch/get.ts'
import { fetchedPage } from '../../../src/ingest/read/fetched-page.ts'
import { isLoopback, site } from '../../support/site.ts'
import { tempFolder } from '../../support/temp.ts'

vi.setConfig({ testTimeout: 60_000 })

const page = (words: string) => `<!doctype html><html><body><p>${words}</p></body></html>`
const XML = { 'content-type': 'application/xml' }
const rss = (...items: string[]) => ({
  headers: XML,
  body: `<?xml version="1.0"?><rss version="2.0"><channel>${items.join('')}</channel></rss>`,
})
const item = (link: string, published = '') =>
  `<item><link>${link}</link>${published && `<pubDate>${published}</pubDate>`}</item>`

/** Whoever fetches what is listed, soon and often. */
function fetching(
  listed: string[],
  { data = tempFolder(), everyMs = 100, betweenMs = 1, disk = { free: 1, looks: 0 } } = {},
) {
  const said: string[] = []
  const stop = new AbortController()
  const asked = openAsked(join(data, 'fetch.sqlite'), (notice) => said.push(notice))
  const folder = join(data, 'fetched')
  let state = { listed: 0, pages: 0, failed: 0 }
  const ended = fetchAddresses({
    listed: async () => listed,
    asked,
    askPolitely: createAskPolitely({
      get: createGet({ userAgent: 'wence/test', isReachable: isLoopback, longestMs: 2_000 }),
      isOwnPort: ({ host }) => listed.some((address) => new URL(address).host === host),
      betweenMs,
    }),
    folder,
    everyMs,
    info: (_, sentence) => said.push(sentence),
    warn: (_, sentence) => said.push(sentence),
    onState: (changes) => (state = changes),
    signal: stop.signal,
    lookMs: 10,
    roomOf: async () => ({ free: ++disk.looks && disk.free, all: 1 }),
  })
  const end = async () => {
    stop.abort()
    await ended
    asked.close()
  }
  onTestFinished(async () => {
    if (!stop.signal.aborted) await end()
  })
  const kept = () =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.html'))
          .map((name) => {
            const { origin, page: bytes } = fetchedPage(readFileSync(join(folder, name)))
            return { name, ...origin, bytes }
          })
      : []
  return { said, kept, end, asked, data, state: () => state }
}

const until = (what: () => boolean) =>
  vi.waitFor(
    () => {
      if (!what()) throw new Error(`not yet: ${String(what)}`)
    },
    { timeout: 30_000, interval: 10 },
  )

test('keeps a listed page as it came, with where it is from and how it is encoded', async () => {
  const bytes = gzipSync(page('政策'))
  const big5 = new Uint8Array([0xac, 0x46, 0xb5, 0xa6])
  const { origin } = await site({
    '/a.html': { headers: { 'content-encoding': 'gzip' }, body: bytes },
    '/b': { headers: { 'content-type': 'text/html; charset=Big5' }, body: big5 },
  })
  const { kept } = fetching([`${origin}/a.html`, `${origin}/b`])
  await until(() => kept().length === 2)
  const [a, b] = kept().toSorted((x, y) => (x.url! < y.url! ? -1 : 1))
  expect(a).toMatchObject({ url: `${origin}/a.html`, charset: null, published: null })
  expect(Buffer.from(a!.bytes).toString()).toBe(page('政策'))
  expect(b).toMatchObject({ url: `${origin}/b`, charset: 'Big5' })
  expect(Buffer.from(b!.bytes)).toEqual(Buffer.from(big5))
})

test('keeps what a feed names, with the day it says, and what it names later', async () => {
  const { origin, pages } = await site({
    '/rss': rss(item('/1.html', '2024-05-06 08:00'), item('/2.html')),
    '/1.html': { body: page('一') },
    '/2.html': { body: page('二') },
    '/3.html': { body: page('三') },
  })
  const { kept, state } = fetching([`${origin}/rss`])
  await until(() => kept().length === 2)
  expect(new Set(kept().map(({ published }) => published))).toEqual(new Set(['2024-05-06', null]))
  pages['/rss'] = rss(item('/3.html'))
  await until(() => kept().length === 3)
  // What the feed names no more is kept.
  await until(() => state().pages === 4)
  await until(() => state().listed === 1 && state().failed === 0)
})

test('asks for what changed alone, less and less often, and keeps it under the same name', async () => {
  let changed = 0
  const { origin, pages, count, asked } = await site({})
  pages['/a'] = (request, response) => {
    if (request.headers['if-none-match'] === `"${changed}"`) response.writeHead(304).end()
    else
      response
        .writeHead(200, { 'content-type': 'text/html', etag: `"${changed}"` })
        .end(page(`第${changed}版`))
  }
  const { kept, asked: remembered } = fetching([`${origin}/a`], { everyMs: 50 })
  await until(() => count('/a') >= 4)
  const [first, , third] = asked.filter(({ path }) => path === '/a')
  expect(first?.headers['if-none-match']).toBeUndefined()
  expect(third?.headers['if-none-match']).toBe('"0"')
  expect(remembered.find(`${origin}/a`)?.restMs).toBeGreaterThanOrEqual(50 * 2 ** 2)
  const [before] = kept()
  changed = 1
  await until(() => Buffer.from(kept()[0]!.bytes).toString().includes('第1版'))
  expect(kept().map(({ name }) => name)).toEqual([before!.name])
})

test('fills no disk that the databases need, says so once, and goes on when there is room', async () => {
  const sites = await Promise.all([1, 2, 3].map(() => site({ '/a': { body: page('一') } })))
  const disk = { free: 1, looks: 0 }
  const addresses = sites.map(({ origin }) => `${origin}/a`)
  const { kept, said, state } = fetching(addresses, { disk, everyMs: 20 })
  await until(() => kept().length === 3)
  // What is under way ends, and what is a little room is none.
  for (const free of [0.04, 0.055]) {
    disk.free = free
    const { looks } = disk
    await until(() => disk.looks > looks + 10)
    const before = sites.map(({ count }) => count('/a'))
    await until(() => disk.looks > looks + 20)
    expect(sites.map(({ count }) => count('/a'))).toEqual(before)
    expect(said).toEqual([expect.stringMatching(/^The disk is nearly full: nothing is fetched/u)])
  }
  expect(state().listed).toBe(3)
  disk.free = 0.07
  const before = sites[0]!.count('/a')
  await until(() => sites[0]!.count('/a') > before)
  expect(said.slice(1)).toEqual(['There is room: addresses are fetched again.'])
})

test('what is gone stays as it was kept, and is told once', async () => {
  const { origin, pages, count } = await site({ '/a': { body: page('一') } })
  const { kept, said, state } = fetching([`${origin}/a`], { everyMs: 20 })
  await until(() => kept().length === 1)
  pages['/a'] = { status: 410 }
  await until(() => said.length > 0)
  expect(said).toEqual([
    expect.stringMatching(/\/a: It is gone \(410\)\. What was read of it stays\.$/u),
  ])
  expect(kept().length).toBe(1)
  await until(() => state().failed === 1)
  const asked = count('/a')
  // Ten times as long as it would rest if it were still there.
  await sleep(200)
  expect(count('/a')).toBe(asked)
})

test('what fails is tried again with growing waits, told once, and not before the site says', async () => {
  const { origin, pages, count } = await site({
    '/down': { status: 500 },
    '/busy': { status: 503, headers: { 'retry-after': '3600' } },
  })
  const one = fetching([`${origin}/down`], { everyMs: 20 })
  await until(() => count('/down') >= 4)
  expect(one.asked.find(`${origin}/down`)?.restMs).toBeGreaterThanOrEqual(20 * 2 ** 2)
  expect(one.said.length).toBe(1)
  pages['/down'] = { body: page('好') }
  await until(() => one.kept().length === 1)
  await until(() => one.state().failed === 0)
  const other = fetching([`${origin}/busy`], { everyMs: 20 })
  await until(() => other.said.length > 0)
  const { askAt } = other.asked.find(`${origin}/busy`)!
  expect(askAt - Date.now()).toBeGreaterThan(3_500_000)
})

test('keeps to robots.txt, and asks one thing at a time, as slowly as a site wants', async () => {
  const list = Array.from({ length: 4 }, (_, i) => `/open/${i}`)
  const { origin, pages, asked, paths } = await site({
    '/robots.txt': { body: 'User-agent: *\nDisallow: /closed\nCrawl-delay: 0.3' },
    '/closed/a': { body: page('x') },
    '/leads': { status: 302, headers: { location: '/closed/a' } },
  })
  for (const path of list) pages[path] = { body: page(path) }
  const { kept, said } = fetching(
    [...list, '/closed/a', '/leads'].map((path) => origin + path),
    {
      everyMs: 3_600_000,
    },
  )
  await until(() => kept().length === 4 && said.length === 2)
  expect(said.every((line) => line.includes('robots.txt'))).toBe(true)
  expect(paths()).not.toContain('/closed/a')
  expect(paths().filter((path) => path === '/robots.txt').length).toBe(1)
  const times = asked.map(({ at }) => at)
  // The first follows robots.txt, which is what told us; one may come late, and no two together.
  const [first = 0, ...rest] = times.slice(1)
  expect(rest.at(-1)! - first).toBeGreaterThan(rest.length * 300 - 200)
})

test('a site whose robots.txt cannot be had is left alone', async () => {
  const { origin, paths } = await site({
    '/robots.txt': { status: 500 },
    '/a': { body: page('x') },
  })
  const { said } = fetching([`${origin}/a`, `${origin}/b`])
  await until(() => said.length === 2)
  expect(paths()).toEqual(['/robots.txt'])
})

test('redirects are followed on the web alone, and not for ever', async () => {
  const other = await site({ '/there': { body: page('那里') }, '/secret': { body: page('秘密') } })
  const to = (location: string) => ({ status: 302, headers: { location } })
  const { origin } = await site({
    '/file': to('file:///etc/passwd'),
    '/data': to('data:text/html,x'),
    '/circle': to('/circle'),
    '/inside': to('http://10.0.0.1/'),
    '/metadata': to('http://169.254.169.254/latest'),
    '/port': to('http://127.0.0.1:6333/collections'),
    '/user': to('http://a:b@127.0.0.1/'),
    '/nowhere': to('http://'),
    '/moved': to('/new'),
    '/new': { body: page('新址') },
    '/out': to(`${other.origin}/there`),
  })
  const paths = ['file', 'data', 'circle', 'inside', 'metadata', 'port', 'user', 'nowhere', 'out']
  const one = fetching(
    [...paths, 'moved'].map((path) => `${origin}/${path}`),
    { everyMs: 3_600_000 },
  )
  await until(() => one.kept().length === 1 && one.said.length === paths.length)
  // A page is where it was found.
  expect(one.kept()[0]).toMatchObject({ url: `${origin}/new` })
  const why = one.said.map((line) => line.replace(/^\S+ /u, '').replace(`${other.port}`, 'N'))
  expect(why.toSorted()).toMatchInlineSnapshot(`
    [
      "10.0.0.1 is no address of the internet; only such are asked.",
      "169.254.169.254 is no address of the internet; only such are asked.",
      "It leads nowhere (302).",
      "It leads on more than 5 times.",
      "It leads to an address with a name or password in it.",
      "It leads to data:, which is no address of the web.",
      "It leads to file:, which is no address of the web.",
      "It leads to port 6333; other ports than the web's own are only asked where the list names them.",
      "It leads to port N; other ports than the web's own are only asked where the list names them.",
    ]
  `)
  // Where the list itself names that site, one leads there.
  const two = fetching([`${origin}/out`, `${other.origin}/secret`], { everyMs: 3_600_000 })
  await until(() => two.kept().length === 2)
  expect(two.kept().map(({ url }) => url)).toContain(`${other.origin}/there`)
})

test('a feed leads to no address of our own, and what is no page is not kept', async () => {
  const { origin } = await site({
    '/rss': rss(
      item('http://127.0.0.1:6333/'),
      item('http://10.1.1.1/'),
      item('http://localhost/'),
      item('/a.pdf'),
      item('/a.html'),
      item('/rss2'),
    ),
    '/rss2': rss(item('/never')),
    '/a.pdf': { headers: { 'content-type': 'application/pdf' }, body: '%PDF-1.7' },
    '/a.html': { body: page('一') },
  })
  const { kept, state, said } = fetching([`${origin}/rss`], { everyMs: 3_600_000 })
  await until(() => kept().length === 1 && state().failed === 5)
  expect(kept()[0]).toMatchObject({ url: `${origin}/a.html` })
  // A feed that a feed names is none.
  expect(said.some((line) => line.includes('/rss2: It is no page'))).toBe(true)
})

test('remembers over an end what was asked, and forgets nothing of what is listed no more', async () => {
  const { origin, count } = await site({ '/a': { body: page('一') }, '/b': { body: page('二') } })
  const first = fetching([`${origin}/a`, `${origin}/b`], { everyMs: 3_600_000 })
  await until(() => first.kept().length === 2)
  await first.end()
  const second = fetching([`${origin}/b`], { data: first.data, everyMs: 3_600_000 })
  await until(() => second.state().listed === 1)
  expect(second.kept().length).toBe(2)
  expect([count('/a'), count('/b')]).toEqual([1, 1])
  expect(second.asked.find(`${origin}/a`)).toMatchObject({ isListed: 0, failures: 0 })
})
