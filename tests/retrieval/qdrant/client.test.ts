import { expect, onTestFinished, test } from 'vitest'
import { baseOf } from '../../../src/retrieval/qdrant/client.ts'
import { createServer } from '../../../src/retrieval/qdrant/server.ts'
import { hostileEndpoint } from '../../support/hostile-endpoint.ts'
import { json, modelEndpoint } from '../../support/model-endpoint.ts'

test.each([
  ['http://localhost:6333', 'http://localhost:6333'],
  ['http://10.0.0.5', 'http://10.0.0.5:6333'],
  ['https://abc.cloud.example', 'https://abc.cloud.example:443'],
  ['https://abc.cloud.example:6333', 'https://abc.cloud.example:6333'],
  ['https://abc.cloud.example:443/', 'https://abc.cloud.example:443'],
  ['http://proxy.example:80', 'http://proxy.example:80'],
  ['https://proxy.example:8443/qdrant/', 'https://proxy.example:8443/qdrant'],
])('%s', (url, base) => expect(baseOf(url)).toBe(base))

test.each([
  ['http://127.0.0.1:1', '127.0.0.1:1'],
  ['https://qdrant.invalid', 'qdrant.invalid:443'],
  ['http://qdrant.invalid', 'qdrant.invalid:6333'],
])('%s that cannot be reached is told with the port that was tried', async (url, at) => {
  const asked = createServer({ url }).read((client) => client.versionInfo())
  await expect(asked).rejects.toThrow(`Qdrant at ${at} cannot be reached`)
})

test('a key goes along in a header, what is asked as JSON, and nothing is to be packed', async () => {
  const { port, asked } = await modelEndpoint(() => json({ result: [] }))
  const qdrant = createServer({ url: `http://127.0.0.1:${port}`, apiKey: 'k' })
  expect(await qdrant.read((client) => client.queryBatch('a b', { searches: [] }))).toEqual([])
  await qdrant.write((client) => client.upsert('c', { wait: true, ordering: 'weak', points: [] }))
  expect(asked.map(({ path, headers, body }) => [path, headers['api-key'], body])).toEqual([
    ['/collections/a%20b/points/query/batch', 'k', { searches: [] }],
    ['/collections/c/points?wait=true&ordering=weak', 'k', { points: [] }],
  ])
  expect(asked.map(({ headers }) => headers['accept-encoding'])).toEqual(['identity', 'identity'])
})

test.each(['redirects elsewhere (302)', 'redirects elsewhere (307)', 'redirects elsewhere (308)'])(
  'a server that %s gets neither key nor question there',
  async (name) => {
    const { baseURL, elsewhere, close } = await hostileEndpoint(name)
    onTestFinished(close)
    const qdrant = createServer({ url: baseURL, apiKey: 'secret-key' })
    await expect(qdrant.read((client) => client.scroll('c', {}))).rejects.toThrow(
      /redirects \(\d+\) and is not followed; set QDRANT_URL to where it leads/,
    )
    expect(elsewhere()).toBe('')
  },
)

/** A node of a cluster, which answers with its name, or as it is told. */
async function node(name: string) {
  const state = { status: 200 }
  const { port, asked } = await modelEndpoint(() =>
    state.status === 200
      ? json({ result: [name] })
      : { ...json({ status: { error: 'a shard has no replica' } }), status: state.status },
  )
  return { url: `http://127.0.0.1:${port}`, asked, state }
}

const CALLS = ['read', 'write'] as const
test.each(CALLS)('a cluster answers a %s while one of its nodes does', async (call) => {
  const [one, other] = [await node('one'), await node('other')]
  const nowhere = 'http://127.0.0.1:1'
  const qdrant = createServer({ url: [nowhere, one.url, other.url], pauseMs: 1, patienceMs: 2_000 })
  const ask = () => qdrant[call]((client) => client.queryBatch('c', { searches: [] }))
  expect(await ask()).toEqual(['one'])
  one.state.status = 500
  expect(await ask()).toEqual(['other'])
  // Who answers goes on being asked.
  one.state.status = 200
  expect(await ask()).toEqual(['other'])
  expect(one.asked).toHaveLength(2)
  one.state.status = 503
  other.state.status = 503
  await expect(ask()).rejects.toThrow(
    /^Qdrant at 127\.0\.0\.1:\d+ (answered 503|cannot be reached)/u,
  )
  one.state.status = 200
  expect(await ask()).toEqual(['one'])
})

test('what a node refuses for good is not asked of the others', async () => {
  const [one, other] = [await node('one'), await node('other')]
  const qdrant = createServer({ url: [one.url, other.url] })
  one.state.status = 403
  await expect(qdrant.read((client) => client.scroll('c', {}))).rejects.toThrow('refused the key')
  expect(other.asked).toEqual([])
})
