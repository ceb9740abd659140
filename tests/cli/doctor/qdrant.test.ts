import { describe, expect, test } from 'vitest'
import { judgeVersion, qdrant } from '../../../src/cli/doctor/qdrant.ts'
import type { QdrantSettings } from '../../../src/retrieval/qdrant-index.ts'
import { openQdrantIndex } from '../../../src/retrieval/qdrant-index.ts'
import { idsOf, lookWith, textOf } from '../../support/doctor.ts'
import { batchOf } from '../../support/passages.ts'
import { type Recorded, refusal, startQdrant } from '../../support/qdrant.ts'
import { realQdrant } from '../../support/real-qdrant.ts'

const lookAt = (
  {
    url,
    apiKey,
    collection,
  }: Pick<QdrantSettings, 'apiKey' | 'collection'> & { readonly url: string },
  more: Record<string, string> = {},
) =>
  lookWith(qdrant, {
    settings: {
      QDRANT_URL: url,
      QDRANT_COLLECTION: collection,
      ...(apiKey !== undefined && { QDRANT_API_KEY: apiKey }),
      ...more,
    },
  })

/** Two articles, the later of which is misprinted. */
async function fill(settings: QdrantSettings) {
  const index = await openQdrantIndex(settings)
  const { articles, passages } = batchOf(
    { id: 'a', source: 's', date: '2024-05-01', body: ['企业接电免费。'] },
    { id: 'b', source: 's', date: '2999-01-01', body: ['专利质押贷款。'] },
  )
  await index.put('s', articles, passages)
  await index.close()
}

async function filled() {
  const server = await startQdrant()
  const at = { url: server.url, collection: 'wence' }
  await fill(at)
  return { server, at }
}

test('without one nothing is said', async () => expect(await lookWith(qdrant)).toEqual([]))

const WELL = ['qdrant-version', 'qdrant-alone', 'qdrant-filled', 'index-stale', 'qdrant-green']

test('a server with nothing in it, and one with articles', async () => {
  const { url } = await startQdrant()
  expect(idsOf(await lookAt({ url, collection: 'wence' }))).toEqual([
    'qdrant-version',
    'qdrant-alone',
    'qdrant-none',
  ])
  const { at, server } = await filled()
  const before = server.requests.filter(({ method }) => method !== 'GET').length
  const findings = await lookAt(at)
  expect(idsOf(findings)).toEqual(WELL)
  expect(textOf(findings, 'qdrant-filled')).toMatch(/2 篇文章，最新一篇是 2024-05-01 的/u)
  // What it asked beside reads nothing but points.
  expect(
    server.requests
      .filter(({ method }) => method !== 'GET')
      .slice(before)
      .map(({ path }) => path),
  ).toEqual(['points', 'points/scroll'])
})

describe.skipIf(!realQdrant)('on a real Qdrant', () => {
  test('the same', async () => {
    const { url, apiKey, collection } = realQdrant!.collection()
    const at = { url, apiKey, collection }
    expect(idsOf(await lookAt(at))).toContain('qdrant-none')
    await fill(at)
    const findings = await lookAt(at)
    expect(idsOf(findings)).toEqual(expect.arrayContaining(['qdrant-version', 'qdrant-filled']))
    expect(textOf(findings, 'qdrant-filled')).toMatch(/2 篇文章，最新一篇是 2024-05-01 的/u)
    const other = { CHAT_MODEL: '', EMBEDDING_MODEL: 'e', EMBEDDING_DIMENSIONS: '4' }
    expect(idsOf(await lookAt(at, other))).toContain('qdrant-behind')
  })
})

test('vectors of another model than the one that is set', async () => {
  const { at } = await filled()
  const other = { EMBEDDING_MODEL: 'e', EMBEDDING_DIMENSIONS: '4' }
  expect(idsOf(await lookAt(at, other))).toContain('qdrant-behind')
})

const given = (result: unknown) => ({ body: JSON.stringify({ result, status: 'ok' }) })
const info = (more: object) =>
  given({
    status: 'green',
    optimizer_status: 'ok',
    payload_schema: { type: {}, source: {}, articleId: {}, from: {}, until: {} },
    config: {
      params: {
        vectors: {},
        sparse_vectors: { passage: { modifier: 'idf' }, article: { modifier: 'idf' } },
      },
    },
    ...more,
  })
const isInfo = ({ method, path, collection }: Recorded) =>
  method === 'GET' && path === '' && collection !== ''
const isCluster = ({ path, collection }: Recorded) => path === 'cluster' && collection === ''
const ofCluster = (more: object) =>
  given({
    status: 'enabled',
    peers: { 1: {}, 2: {} },
    message_send_failures: {},
    raft_info: { leader: 1 },
    ...more,
  })

test.each([
  ['qdrant-yellow', isInfo, info({ status: 'yellow' })],
  ['qdrant-grey', isInfo, info({ status: 'grey' })],
  ['qdrant-red', isInfo, info({ status: 'red' })],
  ['qdrant-red', isInfo, info({ optimizer_status: { error: 'no room' } })],
  ['qdrant-shape', isInfo, info({ config: { params: { vectors: {} } } })],
  ['qdrant-shape', isInfo, info({ payload_schema: {} })],
  [
    'qdrant-limits',
    isInfo,
    info({
      config: {
        params: {
          vectors: {},
          sparse_vectors: { passage: { modifier: 'idf' }, article: { modifier: 'idf' } },
        },
        strict_mode_config: { enabled: true, max_query_limit: 10, max_timeout: null },
      },
    }),
  ],
  ['qdrant-cluster', isCluster, ofCluster({})],
  ['qdrant-cluster-ill', isCluster, ofCluster({ raft_info: { leader: null } })],
  ['qdrant-cluster-ill', isCluster, ofCluster({ message_send_failures: { 'http://b:6335/': {} } })],
  [
    'qdrant-shards',
    ({ path, collection }: Recorded) => path === 'cluster' && collection !== '',
    given({ local_shards: [{ state: 'Active' }], remote_shards: [{ state: 'Dead' }] }),
  ],
])('%s', async (id, isMeant, reply) => {
  const { at, server } = await filled()
  server.failWith((request) => (isMeant(request) ? reply : undefined))
  expect(idsOf(await lookAt(at))).toContain(id)
})

test('somebody else has the name', async () => {
  const { url, collections } = await startQdrant()
  collections.set('wence', {
    params: { vectors: {}, sparse_vectors: {}, shard_number: 1, replication_factor: 1 },
    indexes: {},
    points: new Map(),
  })
  expect(idsOf(await lookAt({ url, collection: 'wence' }))).toContain('qdrant-foreign')
})

test.each([
  ['qdrant-key', refusal(403, 'Invalid api-key')],
  ['qdrant-refused', refusal(500, 'Service internal error')],
  ['qdrant-other', { body: '<html>' }],
])('%s', async (id, reply) => {
  const { url, failWith } = await startQdrant()
  failWith(({ path }) => (path === 'cluster' ? reply : undefined))
  const findings = await lookAt({ url, collection: 'wence', apiKey: 'geheim' })
  expect(idsOf(findings)).toEqual(['qdrant-version', id])
  expect(JSON.stringify(findings)).not.toContain('geheim')
})

test('one that is not there, and one that says nothing', async () => {
  const { url, failWith } = await startQdrant()
  failWith(() => 'drop')
  expect(idsOf(await lookAt({ url, collection: 'wence' }))).toEqual(['qdrant-unreached'])
  failWith(() => 'hang')
  const settings = { QDRANT_URL: url }
  expect(idsOf(await lookWith(qdrant, { settings, seconds: 0.2 }))).toEqual(['qdrant-slow'])
})

test.each([
  ['1.9.7', 'qdrant-old'],
  ['1.10.0', 'qdrant-version'],
  ['1.18.3', 'qdrant-version'],
  ['1.19.0', 'qdrant-untried'],
  ['2.0.0', 'qdrant-untried'],
  ['', 'qdrant-other'],
])('version %s: %s', (version, id) => expect(judgeVersion(version, 'q:6333').id).toBe(id))
