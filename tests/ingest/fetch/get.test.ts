import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import http from 'node:http'
import { createGet } from '../../../src/ingest/fetch/get.ts'
import { useProxy } from '../../../src/proxy.ts'
import { parseConfig } from '../../../src/config.ts'
import { httpProxy } from '../../support/http-proxy.ts'
import { isLoopback, site } from '../../support/site.ts'

const never = new AbortController().signal
const options = { maxBytes: 1_000_000, signal: never }
const getter = (given: Partial<Parameters<typeof createGet>[0]> = {}) =>
  createGet({ userAgent: 'wence/test', isReachable: isLoopback, longestMs: 5_000, ...given })

const meaning = (addresses: string[]) =>
  addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

/** A name server that says what it likes, one answer after the other. */
function names(...answers: string[][]) {
  let asked = 0
  const lookUp = async () => meaning(answers[Math.min(asked++, answers.length - 1)]!)
  return { lookUp, asked: () => asked }
}

test('says who asks, unpacks what comes packed, and follows nothing', async () => {
  const { origin, asked } = await site({
    '/a': { headers: { 'content-encoding': 'gzip' }, body: gzipSync('好'.repeat(9)) },
    '/b': { status: 302, headers: { location: '/a' } },
  })
  const get = getter()
  const said = await get(new URL(`${origin}/a`), {
    ...options,
    headers: { 'if-none-match': '"x"' },
  })
  expect([said.status, said.body.toString()]).toEqual([200, '好'.repeat(9)])
  expect(asked[0]?.headers).toMatchObject({ 'user-agent': 'wence/test', 'if-none-match': '"x"' })
  expect(await get(new URL(`${origin}/b`), options)).toMatchObject({ status: 302 })
  expect(asked.length).toBe(2)
})

test('what is longer than it may is broken off, also where it is packed, or has no end', async () => {
  let sent = 0
  const { origin } = await site({
    '/long': { body: Buffer.alloc(1_000_001) },
    '/bomb': { headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(200_000_000)) },
    '/endless': (_, response) => {
      const more = () => {
        sent += 100_000
        if (!response.destroyed) response.write(Buffer.alloc(100_000), more)
      }
      more()
    },
    '/odd': { headers: { 'content-encoding': 'br' }, body: 'x' },
    '/broken': { headers: { 'content-encoding': 'gzip' }, body: 'no gzip' },
  })
  const get = getter()
  const before = process.memoryUsage().rss
  for (const path of ['/long', '/bomb', '/endless'])
    await expect(get(new URL(origin + path), options), path).rejects.toThrow('longer than 1 MB')
  expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
  expect(sent).toBeLessThan(20_000_000)
  const cut = await get(new URL(`${origin}/endless`), { ...options, isCut: true })
  expect(cut.body.length).toBe(1_000_000)
  await expect(get(new URL(`${origin}/odd`), options)).rejects.toThrow('not asked for')
  await expect(get(new URL(`${origin}/broken`), options)).rejects.toThrow('cannot be reached')
})

test('what is slow for ever is broken off: a body by drops, a head that never comes', async () => {
  const { origin } = await site({
    '/drops': (_, response) => {
      response.writeHead(200)
      const drops = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(drops))
    },
    '/packed': (_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      response.write(gzipSync('x').subarray(0, 10))
    },
    '/silent': () => {},
  })
  const get = getter({ longestMs: 300 })
  for (const path of ['/drops', '/packed', '/silent'])
    await expect(get(new URL(origin + path), options), path).rejects.toThrow('longer than 0.3 s')
})

test('whoever is told to end waits for nobody', async () => {
  const { origin } = await site({ '/silent': () => {} })
  const stop = new AbortController()
  const asking = getter()(new URL(`${origin}/silent`), { ...options, signal: stop.signal })
  stop.abort()
  await expect(asking).rejects.toThrow()
})

test('addresses that are none of the internet are refused as they are written', async () => {
  const { port, asked } = await site({ '/': { body: 'secret' } })
  const get = createGet({ userAgent: 'wence/test' })
  for (const host of ['127.0.0.1', '[::1]', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '0'])
    await expect(get(new URL(`http://${host}:${port}/`), options), host).rejects.toThrow(
      'no address of the internet',
    )
  expect(asked.length).toBe(0)
})

test('a name is refused by what is connected to, whatever it meant before', async () => {
  const { port, asked } = await site({ '/': { body: 'secret' } })
  const url = new URL(`http://rebinding.example:${port}/`)
  for (const addresses of [
    ['127.0.0.1'],
    ['8.8.8.8', '127.0.0.1'],
    ['::ffff:127.0.0.1'],
    ['10.0.0.1'],
  ]) {
    const get = createGet({ userAgent: 'wence/test', ...names(addresses) })
    await expect(get(url, options), addresses.join()).rejects.toThrow('no address of the internet')
  }
  // Looked up once, and connected to just that.
  const rebinding = names(['127.0.0.1'], ['10.0.0.1'])
  await getter({ lookUp: rebinding.lookUp })(url, options)
  expect([rebinding.asked(), asked.length]).toEqual([1, 1])
})

test('through a proxy, names that mean something here are checked all the same', async () => {
  const { port, asked } = await site({ '/': { body: 'news' } })
  const proxy = await httpProxy({ to: port })
  const agent = http.globalAgent
  onTestFinished(() => void (http.globalAgent = agent))
  // By its name, which is looked up too, and is our own.
  const HTTP_PROXY = `http://localhost:${proxy.port}`
  useProxy(parseConfig({ HTTP_PROXY }))
  const ask = async (host: string, ...means: string[]) => {
    const lookUp = async (name: string) => {
      if (name === 'localhost') return meaning(['127.0.0.1'])
      if (means.length === 0) throw new Error('ENOTFOUND')
      return meaning(means)
    }
    const get = createGet({ userAgent: 'wence/test', proxyFor: () => HTTP_PROXY, lookUp })
    return (await get(new URL(`http://${host}/`), options)).body.toString()
  }
  expect(await ask('news.example.org', '8.8.8.8')).toBe('news')
  // Only the proxy knows it.
  expect(await ask('far.example.org')).toBe('news')
  for (const [host, ...means] of [
    ['inner.example.org', '10.0.0.7'],
    ['169.254.169.254'],
    ['intranet'],
    ['wiki.internal'],
  ])
    await expect(ask(host!, ...means), host).rejects.toThrow('no address of the internet')
  expect(asked.length).toBe(2)
})
