import {
  getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout,
} from 'node:net'
import { join } from 'node:path'
import { Api } from 'grammy'
import { expect, onTestFinished, test } from 'vitest'
import { createChat } from '../src/answer/model/chat.ts'
import { askTime } from '../src/bot/send/ask-time.ts'
import { plainError } from '../src/bot/plain-error.ts'
import { parseConfig } from '../src/config.ts'
import { agentFor, useProxy } from '../src/proxy.ts'
import { createEmbed } from '../src/retrieval/embed.ts'
import { createServer as createQdrant } from '../src/retrieval/qdrant/server.ts'
import { openVectorStore } from '../src/retrieval/vector-store.ts'
import { completion } from './answer/model/endpoint.ts'
import { httpProxy } from './support/http-proxy.ts'
import { json, modelEndpoint } from './support/model-endpoint.ts'
import { tempFolder } from './support/temp.ts'

/** Asks everything that we ask, each at this address; gives what came of it. */
async function askAll(root: string) {
  const store = openVectorStore(join(tempFolder(), 'vectors.sqlite'))
  onTestFinished(() => store.close())
  const baseURL = `${root}/v1`
  const chat = createChat({ model: 'm', apiKey: 'k', baseURL, retryDelayMs: 1 })
  const embed = createEmbed({ model: 'm', baseURL, maxRetries: 0 }, { store })
  const qdrant = createQdrant({ url: root.replace(/(?<!:\d+)$/, ':80') })
  const client = { apiRoot: root, baseFetchConfig: { agent: agentFor } }
  const request = { messages: [], schema: { name: 'answer', schema: {} } }
  const told = (asked: Promise<unknown>) =>
    asked.catch((error: unknown) => JSON.stringify(plainError(error)))
  return {
    telegram: await told(new Api('123:abc', client).getMe()),
    time: await askTime(root),
    chat: await told(chat(request)),
    embeddings: await told(embed(['问'])),
    qdrant: await told(qdrant.read((of) => of.scroll('c', {}))),
  }
}

const everything = () =>
  modelEndpoint(({ path }) => {
    if (path.endsWith('/getMe')) return json({ ok: true, result: { id: 1 } })
    if (path.endsWith('/embeddings')) return json({ data: [{ index: 0, embedding: [1, 0] }] })
    if (path.endsWith('/scroll')) return json({ result: { points: [] } })
    return { body: completion('{}') }
  })

const ALL = {
  telegram: { id: 1 },
  time: expect.any(Number),
  chat: { status: 'completed', text: '{}' },
  embeddings: [new Float32Array([1, 0])],
  qdrant: { points: [] },
}

test('what is far is given longer to connect than Node does', () => {
  const before = getDefaultAutoSelectFamilyAttemptTimeout()
  onTestFinished(() => setDefaultAutoSelectFamilyAttemptTimeout(before))
  useProxy(parseConfig({}))
  expect(getDefaultAutoSelectFamilyAttemptTimeout()).toBe(2_500)
})

test('everything goes through it, this machine never', async () => {
  const endpoint = await everything()
  const proxy = await httpProxy({ to: endpoint.port })
  const HTTP_PROXY = `http://name:secret@127.0.0.1:${proxy.port}`
  useProxy(parseConfig({ HTTP_PROXY, HTTPS_PROXY: HTTP_PROXY }))
  expect(await askAll('http://elsewhere.test')).toMatchObject(ALL)
  expect(new Set(proxy.hosts.map((host) => host.split(':')[0]))).toEqual(
    new Set(['elsewhere.test']),
  )
  expect(proxy.hosts).toHaveLength(5)
  expect(new Set(proxy.said)).toEqual(new Set([`Basic ${btoa('name:secret')}`]))

  expect(await askAll(`http://127.0.0.1:${endpoint.port}`)).toMatchObject(ALL)
  expect(await askAll(`http://localhost:${endpoint.port}`)).toMatchObject({ chat: ALL.chat })
  expect(proxy.hosts).toHaveLength(5)
})

test('what NO_PROXY names is asked without it, networks as well', async () => {
  const endpoint = await everything()
  const proxy = await httpProxy({ to: endpoint.port })
  const QDRANT_URL = `http://127.5.5.5:${endpoint.port}`
  useProxy(
    parseConfig({
      http_proxy: `http://127.0.0.1:${proxy.port}`,
      no_proxy: '.near.test, 10.1.0.0/16',
      QDRANT_URL,
      EMBEDDING_BASE_URL: 'http://10.1.2.3:8089/v1',
      OPENAI_BASE_URL: 'http://10.2.2.3:8089/v1',
    }),
  )
  const ask = (url: string) =>
    fetch(url, { signal: AbortSignal.timeout(200) }).catch(() => undefined)
  for (const url of ['http://llm.near.test', 'http://10.1.2.3:8089', QDRANT_URL]) await ask(url)
  expect(proxy.hosts).toEqual([])
  for (const url of ['http://far.test', 'http://10.2.2.3:8089']) await ask(url)
  expect(proxy.hosts).toEqual(['far.test:80', '10.2.2.3:8089'])
})

test('https alone goes through that of https', async () => {
  const endpoint = await everything()
  const proxy = await httpProxy({ to: endpoint.port })
  useProxy(parseConfig({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` }))
  // No TLS is spoken behind it: who is asked for is all that is to be seen.
  await askAll('https://elsewhere.test')
  expect(new Set(proxy.hosts)).toEqual(new Set(['elsewhere.test:443', 'elsewhere.test:80']))
})

test.each([
  ['refuses', true],
  ['is not there', false],
])('a proxy that %s lets each fail in a sentence, without its password', async (_name, isThere) => {
  const proxy = await httpProxy({ to: 1, refuses: true })
  const HTTP_PROXY = `http://name:secret@127.0.0.1:${isThere ? proxy.port : 1}`
  useProxy(parseConfig({ HTTP_PROXY, HTTPS_PROXY: HTTP_PROXY }))
  for (const root of ['http://elsewhere.test', 'https://elsewhere.test']) {
    const came = await askAll(root)
    expect(came).toMatchObject({
      telegram: expect.stringContaining('getMe'),
      time: undefined,
      chat: { status: 'failed', reason: 'unreachable' },
      embeddings: expect.stringContaining('cannot be reached'),
      qdrant: expect.stringContaining('cannot be reached'),
    })
    expect(JSON.stringify(came)).not.toMatch(/secret|bmFtZT/)
  }
})

test.each(['socks5://127.0.0.1:7890', '127.0.0.1:7890', 'nonsense secret'])(
  'an address that is none is named: %s',
  (address) => {
    expect(() => parseConfig({ HTTPS_PROXY: address })).toThrow(
      'Wrong setting, see .env.example: HTTPS_PROXY: must be an http or https address, as in http://127.0.0.1:7890',
    )
  },
)

test('a password that cannot be read is named, and not told', () => {
  const config = parseConfig({ https_proxy: 'http://name:sec%ret@127.0.0.1:7890' })
  expect(() => useProxy(config)).toThrow(/^(?!.*sec%ret).*HTTPS_PROXY or HTTP_PROXY cannot be used/)
})
