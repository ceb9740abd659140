import type { Schemas } from '@qdrant/js-client-rest'
import { HttpResponse, delay } from 'msw'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { IndexUnavailableError, NoIndexError } from '../../src/retrieval/index-unavailable.ts'
import type { PassageIndex } from '../../src/retrieval/passage-index.ts'
import { META_ID, PAYLOAD_INDEXES } from '../../src/retrieval/qdrant/layout.ts'
import { passageVector, termIndex } from '../../src/retrieval/qdrant/sparse-vector.ts'
import { openQdrantIndex, type QdrantSettings } from '../../src/retrieval/qdrant-index.ts'
import { axis, batchOf } from '../support/passages.ts'
import { failed, mockQdrant, QDRANT_URL, type Recorded } from '../support/qdrant.ts'

const startQdrant = mockQdrant()

const embedding = { model: 'm', dimensions: 4 }
const FOREVER = 2 ** 48
const power = batchOf({
  id: 'power',
  source: 'a.txt',
  place: ['河南省', '濮阳市'],
  date: '2025-03',
  body: [['用电报装', axis(0)]],
})
const passage = power.passages[0]!
const article = power.articles[0]!
const terms = [{ term: '用电', weight: 0.5 }]
const sparse = { indices: [termIndex('用电')], values: [0.5] }

interface Opened {
  readonly index: PassageIndex
  readonly notices: string[]
  readonly clock: { now: number }
}

async function open(
  settings: Partial<QdrantSettings> = {},
  clock = { now: 1_000_000_000 },
  sleep = async (ms: number) => void (clock.now += ms),
): Promise<Opened> {
  const notices: string[] = []
  const index = await openQdrantIndex(
    {
      url: QDRANT_URL,
      collection: 'wence',
      embedding,
      pauseMs: 1,
      ...settings,
    },
    { onNotice: (notice) => notices.push(notice), now: () => clock.now, sleep },
  )
  return { index, notices, clock }
}

/** A server that holds what one put has left, and the requests since then. */
async function served(settings: Partial<QdrantSettings> = {}, version?: string) {
  const qdrant = startQdrant(version === undefined ? {} : { version })
  const first = await open(settings)
  await first.index.putBatches('a.txt', [power])
  await first.index.close()
  qdrant.requests.length = 0
  return { qdrant, ...(await open(settings)) }
}

const lines = (requests: readonly Recorded[]) =>
  requests.map(({ method, collection, path }) => `${method} ${collection} ${path}`.trim())

const nameOf = (aliases: ReadonlyMap<string, string>) => aliases.get('wence')!

const Query = z.object({ filter: z.unknown() })
const Scroll = z.object({ offset: z.string().optional() })
const Points = z.object({ points: z.array(z.object({ id: z.string() })) })

const liveAt = (generation: number): Schemas['FieldCondition'][] => [
  { key: 'from', range: { lte: generation } },
  { key: 'until', range: { gt: generation } },
]

describe('opening', () => {
  test('asks for the version, for what serves and how it is made, with the key, and no more', async () => {
    const { qdrant } = await served({ apiKey: 'k' })
    const name = nameOf(qdrant.aliases)
    expect(lines(qdrant.requests)).toEqual(['GET', 'POST wence points', `GET ${name}`])
    expect(qdrant.requests.every(({ apiKey }) => apiKey === 'k')).toBe(true)
    expect(qdrant.requests[1]!.body).toEqual({ ids: [META_ID], with_payload: true })
  })

  test('of an empty server makes nothing until something is put', async () => {
    const qdrant = startQdrant()
    const { index } = await open()
    await expect(index.search({ text: '', terms }, 5)).rejects.toThrow(NoIndexError)
    await expect(Array.fromAsync(index.articles())).rejects.toThrow(/no index wence on qdrant.test/)
    const identity = await index.identity()
    expect(qdrant.requests.every(({ method }) => method !== 'PUT')).toBe(true)
    await index.putBatches('a.txt', [power])
    expect(await index.identity()).toBe(identity)
    expect(await (await open()).index.identity()).toBe(identity)
  })
})

describe('a search', () => {
  const query = { text: '用电', terms, vector: axis(1) }
  const hit = { id: '1', version: 1, score: 0.5, payload: { passage } }

  test('is one request, which prefetches both sides and fuses them', async () => {
    const { qdrant, index } = await served()
    qdrant.canned.query = [hit]
    qdrant.requests.length = 0
    expect(await index.search(query, 7)).toEqual([{ score: 0.5, parts: { rrf: 0.5 }, passage }])
    const filter = { must: liveAt(1) }
    const expected: Schemas['QueryRequest'] = {
      prefetch: [
        { query: [0, 1, 0, 0], using: 'dense', filter, limit: 100 },
        { query: sparse, using: 'sparse', filter, limit: 100 },
      ],
      query: { rrf: { k: 61 } },
      limit: 7,
      with_payload: ['passage'],
    }
    expect(qdrant.requests).toMatchObject([
      { method: 'POST', collection: nameOf(qdrant.aliases), path: 'points/query', body: expected },
    ])
  })

  test('without a constant on a server that takes none', async () => {
    const { qdrant, index } = await served({}, '1.15.5')
    qdrant.canned.query = [{ ...hit, score: 1 / 2 + 1 / 2 }]
    const [first] = await index.search(query, 5)
    expect(qdrant.of('POST', 'points/query')[0]!.body).toMatchObject({ query: { fusion: 'rrf' } })
    expect(first!.parts['rrf']).toBeCloseTo(2 / 61, 10)
  })

  test.each<[string, object, Schemas['QueryRequest']]>([
    ['without a vector is sparse alone', { terms }, { query: sparse, using: 'sparse' }],
    [
      'without terms is dense alone',
      { terms: [], vector: axis(1) },
      { query: [0, 1, 0, 0], using: 'dense' },
    ],
    [
      'with a vector of another length is sparse alone',
      { terms, vector: axis(1, 9) },
      { query: sparse, using: 'sparse' },
    ],
  ])('%s', async (_name, given, expected) => {
    const { qdrant, index } = await served()
    await index.search({ text: '', terms: [], ...given }, 5)
    const body: Schemas['QueryRequest'] = {
      ...expected,
      filter: { must: liveAt(1) },
      limit: 5,
      with_payload: ['passage'],
    }
    expect(qdrant.of('POST', 'points/query').map((request) => request.body)).toEqual([body])
  })

  test('for nothing asks nothing', async () => {
    const { qdrant, index } = await served()
    expect(await index.search({ text: '', terms: [] }, 5)).toEqual([])
    expect(qdrant.of('POST', 'points/query')).toEqual([])
  })

  test('filters by source, article, place and day on both sides', async () => {
    const { qdrant, index } = await served()
    await index.search(
      {
        ...query,
        filter: {
          sources: ['a.txt'],
          articles: ['power', 'gone'],
          places: ['濮阳市', '安阳市'],
          dates: { from: '2025-01-01', to: '2025-06-30' },
        },
      },
      5,
    )
    const must: Schemas['FieldCondition'][] = [
      ...liveAt(1),
      { key: 'source', match: { any: ['a.txt'] } },
      { key: 'articleId', match: { any: ['power', 'gone'] } },
      { key: 'place', match: { any: ['濮阳市', '安阳市'] } },
      { key: 'lastDay', range: { gte: 20250101 } },
      { key: 'firstDay', range: { lte: 20250630 } },
    ]
    expect(qdrant.of('POST', 'points/query')[0]!.body).toMatchObject({
      prefetch: [{ filter: { must } }, { filter: { must } }],
    })
  })

  test('breaks ties by passage, and refuses what it did not write', async () => {
    const { qdrant, index } = await served()
    const other = { ...passage, id: 'a-first' }
    qdrant.canned.query = [hit, { ...hit, id: '2', payload: { passage: other } }]
    const hits = await index.search(query, 5)
    expect(hits.map((found) => found.passage.id)).toEqual(['a-first', 'power-0'])
    qdrant.canned.query = [{ ...hit, payload: { text: 'of somebody else' } }]
    await expect(index.search(query, 5)).rejects.toThrow(/written by another version/)
  })

  test('looks up what serves beside a search after five seconds, and before one after thirty', async () => {
    const { qdrant, index, clock } = await served()
    const name = nameOf(qdrant.aliases)
    const asked = async (seconds: number) => {
      clock.now += seconds * 1000
      qdrant.requests.length = 0
      await index.search({ text: '', terms }, 5)
      const { filter } = Query.parse(qdrant.of('POST', 'points/query')[0]!.body)
      return { lookups: qdrant.of('POST', 'points').length, filter }
    }
    qdrant.collections.get(name)!.meta!['generation'] = 9
    expect(await asked(4)).toEqual({ lookups: 0, filter: { must: liveAt(1) } })
    expect((await asked(2)).filter).toEqual({ must: liveAt(1) })
    expect((await asked(1)).filter).toEqual({ must: liveAt(9) })
    qdrant.collections.get(name)!.meta!['generation'] = 10
    expect(await asked(31)).toEqual({ lookups: 1, filter: { must: liveAt(10) } })
  })
})

test('counts a term once: asked again it is known until something is put', async () => {
  const { qdrant, index } = await served()
  qdrant.canned.count = (body) => (JSON.stringify(body).includes('passage') ? 12 : 3)
  const expected = {
    passages: 12,
    of: new Map([
      ['用电', 3],
      ['报装', 3],
    ]),
  }
  expect(await index.frequencies(['用电', '报装'])).toEqual(expected)
  expect(await index.frequencies(['报装', '用电'])).toEqual(expected)
  const bodies: Schemas['CountRequest'][] = [
    { exact: true, filter: { must: [...liveAt(1), { key: 'type', match: { value: 'passage' } }] } },
    {
      exact: true,
      filter: { must: [...liveAt(1), { key: 'terms', match: { value: termIndex('用电') } }] },
    },
    {
      exact: true,
      filter: { must: [...liveAt(1), { key: 'terms', match: { value: termIndex('报装') } }] },
    },
  ]
  expect(qdrant.of('POST', 'points/count').map(({ body }) => body)).toEqual(bodies)
  await index.putBatches('b.txt', [])
  await index.frequencies(['用电'])
  expect(qdrant.of('POST', 'points/count')).toHaveLength(5)
})

test('says of a moment which articles there are, and in which state it is', async () => {
  const { qdrant, index } = await served()
  qdrant.canned.scroll = () => ({
    points: ['power', '贷款'].map((articleId, i) => ({ id: i, payload: { articleId } })),
    next_page_offset: null,
  })
  expect(await index.articleIds()).toEqual(['power', '贷款'])
  expect(qdrant.of('POST', 'points/scroll')[0]!.body).toMatchObject({
    filter: { must: [...liveAt(1), { key: 'type', match: { value: 'article' } }] },
    with_payload: ['articleId'],
  })
  const state = await index.state()
  expect(await index.state()).toBe(state)
  // Another process commits.
  qdrant.collections.get(nameOf(qdrant.aliases))!.meta!['generation'] = 2
  expect(await index.state()).not.toBe(state)
})

test('reads pages of points until there is no next', async () => {
  const { qdrant, index } = await served()
  const pages = new Map<unknown, Partial<Schemas['ScrollResult']>>([
    [
      undefined,
      { points: [{ id: '1', payload: { passage: { ...passage, n: 1 } } }], next_page_offset: '2' },
    ],
    ['2', { points: [{ id: '2', payload: { passage } }], next_page_offset: null }],
  ])
  qdrant.canned.scroll = ({ body }) => pages.get(Scroll.parse(body).offset)!
  expect((await index.passages('power')).map(({ n }) => n)).toEqual([0, 1])
  expect(qdrant.of('POST', 'points/scroll')[1]!.body).toEqual({
    filter: {
      must: [
        ...liveAt(1),
        { key: 'type', match: { value: 'passage' } },
        { key: 'articleId', match: { value: 'power' } },
      ],
    },
    limit: 1000,
    offset: '2',
    with_payload: ['passage'],
    with_vector: false,
  } satisfies Schemas['ScrollRequest'])
})

test('lists articles by source and place in it, reading names first and articles by the dozen', async () => {
  const { qdrant, index } = await served()
  const record = (id: string, source: string, n: number) => ({
    id,
    payload: { source, n, article: { ...article, id, source, n } },
  })
  const records = [record('1', 'b', 2), record('2', 'b', 1), record('3', 'a', 7)]
  qdrant.canned.scroll = () => ({ points: records, next_page_offset: null })
  qdrant.canned.retrieve = records
  const listed = await Array.fromAsync(index.articles())
  expect(listed.map(({ id }) => id)).toEqual(['3', '2', '1'])
  expect(qdrant.of('POST', 'points/scroll')[0]!.body).toMatchObject({
    with_payload: ['source', 'n'],
  })
  expect(qdrant.of('POST', 'points').at(-1)!.body).toEqual({
    ids: ['3', '2', '1'],
    with_payload: ['article'],
  } satisfies Schemas['PointRequest'])
})

describe('the first put', () => {
  test('makes the collection, its payload indexes, what it says of itself, then the alias', async () => {
    const qdrant = startQdrant()
    const { index } = await open({ shards: 3, replication: 2 })
    await index.putBatches('a.txt', [])
    const name = nameOf(qdrant.aliases)
    expect(name).toMatch(/^wence-[0-9a-f]{8}$/)
    const collection: Schemas['CreateCollection'] = {
      vectors: { dense: { size: 4, distance: 'Cosine' } },
      sparse_vectors: { sparse: { modifier: 'idf' } },
      shard_number: 3,
      replication_factor: 2,
    }
    expect(qdrant.of('PUT', '')).toMatchObject([{ collection: name, body: collection }])
    const fields = Object.entries(PAYLOAD_INDEXES).map(
      ([field_name, field_schema]): Schemas['CreateFieldIndex'] => ({ field_name, field_schema }),
    )
    expect(qdrant.of('PUT', 'index').map(({ body }) => body)).toEqual(fields)
    const alias: Schemas['ChangeAliasesOperation'] = {
      actions: [{ create_alias: { collection_name: name, alias_name: 'wence' } }],
    }
    expect(qdrant.of('POST', 'aliases').map(({ body }) => body)).toEqual([alias])
    const order = lines(qdrant.requests)
    expect(order.lastIndexOf(`PUT ${name} index`)).toBeLessThan(order.indexOf(`PUT ${name} points`))
    expect(order.indexOf(`PUT ${name} points`)).toBeLessThan(order.indexOf('POST  aliases'))
  })

  test('without embeddings makes one without dense vectors', async () => {
    const qdrant = startQdrant()
    const index = await openQdrantIndex({ url: QDRANT_URL, collection: 'wence' })
    await index.putBatches('a.txt', [])
    expect(qdrant.of('PUT', '')[0]!.body).toMatchObject({ vectors: {} })
  })
})

describe('a put', () => {
  test('clears what a killed one left, writes, ends the old and commits, in this order', async () => {
    const { qdrant, index, clock } = await served()
    await index.identity()
    qdrant.requests.length = 0
    await index.putBatches('a.txt', [power])
    const name = nameOf(qdrant.aliases)
    const written = qdrant.requests.filter(
      ({ path, query }) => query['wait'] === 'true' && path.startsWith('points'),
    )
    expect(lines(written)).toEqual([
      `POST ${name} points/payload`,
      `POST ${name} points/delete`,
      `POST ${name} points/payload`,
      `PUT ${name} points`,
      `POST ${name} points/payload`,
      `POST ${name} points/payload`,
      `POST ${name} points/delete`,
    ])
    expect(written.slice(1).every(({ query }) => query['ordering'] === 'medium')).toBe(true)
    const [, cleared, unended, upserted, ended, committed] = written.map(({ body }) => body)
    expect(cleared).toEqual({ filter: { must: [{ key: 'from', range: { gt: 1 } }] } })
    expect(unended).toEqual({
      payload: { until: FOREVER },
      filter: { must: [{ key: 'until', range: { gt: 1, lt: FOREVER } }] },
    })
    const points: Schemas['PointsList'] = {
      points: [
        {
          id: expect.any(String),
          vector: {},
          payload: {
            from: 2,
            until: FOREVER,
            type: 'article',
            source: 'a.txt',
            articleId: 'power',
            n: 1,
            article,
          },
        },
        {
          id: expect.any(String),
          vector: { sparse: passageVector(passage), dense: [1, 0, 0, 0] },
          payload: {
            from: 2,
            until: FOREVER,
            type: 'passage',
            source: 'a.txt',
            articleId: 'power',
            place: ['河南省', '濮阳市'],
            firstDay: 20250301,
            lastDay: 20250331,
            terms: passageVector(passage).indices,
            passage,
          },
        },
      ],
    }
    expect(upserted).toEqual(points)
    expect(ended).toEqual({
      payload: { until: 2, expired: clock.now / 1000 },
      filter: { must: [...liveAt(1), { key: 'source', match: { any: ['a.txt'] } }] },
    } satisfies Schemas['SetPayload'])
    expect(committed).toMatchObject({ payload: { generation: 2 }, points: [META_ID] })
  })

  test('gives the same points the same ids, and a next generation others', async () => {
    const qdrant = startQdrant()
    const { index } = await open()
    let failures = 0
    qdrant.failWith(({ method, path, body }) =>
      method === 'PUT' &&
      path === 'points' &&
      JSON.stringify(body).includes('用电') &&
      failures++ < 1
        ? failed(500, 'once')
        : undefined,
    )
    await index.putBatches('a.txt', [power])
    await index.putBatches('a.txt', [power])
    const ids = qdrant
      .of('PUT', 'points')
      .map(({ body }) => Points.parse(body).points.map(({ id }) => id))
      .filter((some) => some.length === 2)
    expect(ids).toHaveLength(3)
    expect(ids[1]).toEqual(ids[0])
    expect(new Set(ids.flat()).size).toBe(4)
    for (const id of ids.flat())
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  test('goes in portions', async () => {
    const { qdrant, index } = await served()
    const body = Array.from({ length: 130 }, (_, i) => `第${i}条`)
    await index.putBatches('a.txt', [batchOf({ id: 'long', source: 'a.txt', body })])
    const sizes = qdrant
      .of('PUT', 'points')
      .map((request) => Points.parse(request.body).points.length)
    expect(sizes).toEqual([64, 64, 3])
  })

  test.each([429, 500, 503])('is tried again after %i', async (status) => {
    const { qdrant, index } = await served()
    let left = 2
    qdrant.failWith(({ path }) =>
      path === 'points/payload' && left-- > 0 ? failed(status, 'busy') : undefined,
    )
    await index.putBatches('a.txt', [power])
    expect(left).toBeLessThan(0)
  })

  test('is seen by the next search, also when a lookup that began before it ends after it', async () => {
    const { qdrant, index, clock } = await served()
    const before = { ...qdrant.collections.get(nameOf(qdrant.aliases))!.meta }
    const { promise: committed, resolve: release } = Promise.withResolvers<void>()
    qdrant.failWith(({ method, collection, path }) =>
      method === 'POST' && collection === 'wence' && path === 'points'
        ? committed.then(() => HttpResponse.json({ result: [{ id: META_ID, payload: before }] }))
        : undefined,
    )
    clock.now += 6_000
    await index.search({ text: '', terms }, 5)
    qdrant.failWith(() => undefined)
    await index.putBatches('a.txt', [power])
    release()
    await delay(20)
    await index.search({ text: '', terms }, 5)
    expect(qdrant.of('POST', 'points/query').map(({ body }) => Query.parse(body).filter)).toEqual([
      { must: liveAt(1) },
      { must: liveAt(2) },
    ])
  })

  test('that fails commits nothing, and the next one clears it away', async () => {
    const { qdrant, index } = await served()
    qdrant.failWith(({ method, path }) =>
      method === 'PUT' && path === 'points' ? failed(400, 'Wrong input: nonsense') : undefined,
    )
    await expect(index.putBatches('a.txt', [power])).rejects.toThrow(/400: Wrong input: nonsense/)
    expect(qdrant.collections.get(nameOf(qdrant.aliases))!.meta).toMatchObject({ generation: 1 })
    qdrant.failWith(() => undefined)
    qdrant.requests.length = 0
    await index.remove(['b.txt'])
    expect(qdrant.of('POST', 'points/delete')[0]!.body).toEqual({
      filter: { must: [{ key: 'from', range: { gt: 1 } }] },
    })
  })

  test('is refused before anything is written when a vector has another length', async () => {
    const { qdrant, index } = await served()
    const other = batchOf({ id: 'x', source: 'x', body: [['一', axis(0, 8)]] })
    await expect(index.putBatches('x', [other])).rejects.toThrow(
      /vector of 8 numbers does not fit wence-\w+, which has 4; check EMBEDDING_MODEL/,
    )
    expect(qdrant.of('PUT', 'points')).toEqual([])
  })

  test('waits for another ingest that was killed, until it is silent for long enough', async () => {
    const { qdrant, index, clock } = await served()
    await index.putBatches('a.txt', [power])
    const started = clock.now
    const second = await open({}, clock)
    await second.index.putBatches('b.txt', [])
    expect(clock.now - started).toBe(10_000)
    expect(second.notices).toEqual([expect.stringContaining(nameOf(qdrant.aliases))])
  })

  test('does not wait for one that lives, nor write beside it', async () => {
    const { qdrant, index, clock } = await served()
    await index.putBatches('a.txt', [power])
    const { meta } = qdrant.collections.get(nameOf(qdrant.aliases))!
    const second = await open({}, clock, async (ms) => {
      clock.now += ms
      meta!['writer'] = { id: 'other', seen: clock.now }
    })
    await expect(second.index.putBatches('b.txt', [power])).rejects.toThrow(
      /Another ingest is writing to wence-\w+ on qdrant\.test:6333; wait until it is done/,
    )
    expect(qdrant.of('PUT', 'points')).toHaveLength(1)
  })

  test('waits for nobody who has closed', async () => {
    const { index, clock } = await served()
    await index.putBatches('a.txt', [power])
    await index.close()
    const second = await open({}, clock)
    await second.index.putBatches('b.txt', [])
    expect(second.notices).toEqual([])
  })
})

test('deletes what was replaced when nobody can be reading it any more', async () => {
  const { qdrant, index, clock } = await served()
  await index.remove(['a.txt'])
  qdrant.requests.length = 0
  clock.now += 9_000
  await index.putBatches('a.txt', [power])
  expect(qdrant.of('POST', 'points/delete')).toEqual([])
  clock.now += 112_000
  await index.putBatches('b.txt', [])
  expect(qdrant.of('POST', 'points/delete').at(-1)!.body).toEqual({
    filter: {
      must: [
        { key: 'until', range: { lte: 4 } },
        { key: 'expired', range: { lt: Math.floor((clock.now - 120_000) / 1000) } },
      ],
    },
  })
})

test('names the other sources of an article in its own point', async () => {
  const { qdrant, index } = await served()
  await index.setAlso('power', ['b.txt'])
  expect(qdrant.of('POST', 'points/payload').at(-1)).toMatchObject({
    body: {
      key: 'article',
      payload: { also: ['b.txt'] },
      filter: {
        must: [
          ...liveAt(1),
          { key: 'type', match: { value: 'article' } },
          { key: 'articleId', match: { value: 'power' } },
        ],
      },
    },
  })
})

describe('another model', () => {
  const wider = { model: 'wider', dimensions: 8 }
  const holds = (sources: string[]) => ({
    points: sources.map((source, i) => ({ id: i, payload: { source, n: 1 } })),
    next_page_offset: null,
  })

  test('gets a collection beside, which serves from one moment to the next when it holds all', async () => {
    const { qdrant, clock } = await served()
    const old = nameOf(qdrant.aliases)
    const { index, notices } = await open({ embedding: wider }, clock)
    expect(notices).toEqual([expect.stringContaining(old)])
    qdrant.canned.scroll = ({ collection }) => holds(collection === old ? ['a.txt', 'b.txt'] : [])

    await index.putBatches('a.txt', [])
    expect(nameOf(qdrant.aliases)).toBe(old)
    expect(qdrant.of('PUT', '')).toMatchObject([{ body: { vectors: { dense: { size: 8 } } } }])
    await index.search({ text: '', terms, vector: axis(0, 8) }, 5)
    expect(qdrant.of('POST', 'points/query')).toMatchObject([
      { collection: old, body: { using: 'sparse' } },
    ])

    await index.putBatches('b.txt', [])
    const built = nameOf(qdrant.aliases)
    expect(built).not.toBe(old)
    expect(qdrant.of('POST', 'aliases').map(({ body }) => body)).toEqual([
      {
        actions: [
          { delete_alias: { alias_name: 'wence' } },
          { create_alias: { collection_name: built, alias_name: 'wence' } },
        ],
      } satisfies Schemas['ChangeAliasesOperation'],
    ])
    await index.search({ text: '', terms, vector: axis(0, 8) }, 5)
    expect(qdrant.of('POST', 'points/query').at(-1)).toMatchObject({
      collection: built,
      body: { prefetch: [{ using: 'dense' }, { using: 'sparse' }] },
    })
    expect(qdrant.collections.get(old)!.meta).toMatchObject({ retired: clock.now })
  })

  test('is not missed where no model is set: words are found as they are', async () => {
    const { clock } = await served()
    const notices: string[] = []
    await openQdrantIndex(
      { url: QDRANT_URL, collection: 'wence' },
      { onNotice: (notice) => notices.push(notice), now: () => clock.now },
    )
    expect(notices).toEqual([])
  })

  test('is told what is missing, and takes what is removed from both', async () => {
    const { qdrant, clock } = await served()
    const old = nameOf(qdrant.aliases)
    const { index, notices } = await open({ embedding: wider }, clock)
    qdrant.canned.scroll = ({ collection }) =>
      holds(collection === old ? ['a.txt', 'b.txt', 'c.txt'] : [])
    await index.putBatches('a.txt', [])
    await index.remove(['b.txt'])
    expect(qdrant.collections.get(old)!.meta).toMatchObject({ generation: 2 })
    await index.search({ text: '', terms }, 5)
    expect(qdrant.of('POST', 'points/query')).toMatchObject([
      { collection: old, body: { filter: { must: liveAt(2) } } },
    ])
    await index.close()
    expect(notices.at(-1)).toMatch(/缺 1 个来源（c\.txt…）/)
  })

  test('has an identity of its own, so that all is read again', async () => {
    const { index } = await served()
    const { index: other } = await open({ embedding: wider })
    expect(await other.identity()).not.toBe(await index.identity())
  })

  test('leaves the old collection for readers that still look at it, then it goes; others stay', async () => {
    const { qdrant, clock } = await served()
    const old = nameOf(qdrant.aliases)
    qdrant.collections.set('wence-of-others', { params: {}, meta: undefined })
    const { index } = await open({ embedding: wider }, clock)
    await index.putBatches('a.txt', [])
    await index.close()
    const later = async (ms: number) => {
      clock.now += ms
      const next = await open({ embedding: wider }, clock)
      await next.index.putBatches('a.txt', [])
      await next.index.close()
    }
    await later(60_000)
    expect([...qdrant.collections.keys()]).toContain(old)
    await later(61_000)
    expect([...qdrant.collections.keys()]).toEqual(['wence-of-others', nameOf(qdrant.aliases)])
  })

  test('and back again begins anew: what once served is from then', async () => {
    const { qdrant, index: first, clock } = await served()
    const old = nameOf(qdrant.aliases)
    const identity = await first.identity()
    const { index } = await open({ embedding: wider }, clock)
    await index.putBatches('a.txt', [])
    await index.close()
    const { index: back } = await open({}, clock)
    expect(await back.identity()).not.toBe(identity)
    await back.putBatches('a.txt', [])
    expect(qdrant.of('DELETE', '').map(({ collection }) => collection)).toEqual([old])
    expect(nameOf(qdrant.aliases)).toBe(old)
  })
})

describe('what goes wrong is one sentence', () => {
  const sentence = (error: unknown) => {
    expect(error).toBeInstanceOf(Error)
    expect(String(error)).not.toMatch(/\n|secret/)
    return String(error)
  }

  test.each<[string, () => Response | Promise<Response>, RegExp]>([
    [
      'a wrong key',
      () => failed(401, 'Must provide an API key'),
      /qdrant.test:6333 refused the key; check QDRANT_API_KEY/,
    ],
    ['a key for something else', () => failed(403, 'forbidden'), /refused the key/],
    [
      'a page of a proxy',
      () => new HttpResponse('<html>hello'),
      /is no Qdrant; check QDRANT_URL|No Qdrant answers/,
    ],
    ['JSON of something else', () => HttpResponse.json({ hello: 1 }), /No Qdrant answers/],
  ])('when opening: %s', async (_name, answer, expected) => {
    startQdrant().failWith(answer)
    expect(sentence(await open({ apiKey: 'secret' }).catch((error: unknown) => error))).toMatch(
      expected,
    )
  })

  test.each(['1.9.7', '0.11.0'])('when opening: version %s', async (version) => {
    startQdrant({ version })
    await expect(open()).rejects.toThrow(`Qdrant ${version} at qdrant.test:6333 is too old: 1.10`)
  })

  test('when opening: a collection of somebody else', async () => {
    const qdrant = startQdrant()
    qdrant.collections.set('wence', {
      params: { vectors: { size: 3, distance: 'Dot' } },
      meta: undefined,
    })
    await expect(open()).rejects.toThrow(/did not make; choose another QDRANT_COLLECTION/)
  })

  test.each([
    [
      {
        vectors: { dense: { size: 9, distance: 'Cosine' } },
        sparse_vectors: { sparse: { modifier: 'idf' } },
      },
      /has vectors of 9 numbers where 4 are expected/,
    ],
    [
      { vectors: { dense: { size: 4, distance: 'Cosine' } }, sparse_vectors: {} },
      /has no sparse vector/,
    ],
  ])('when opening: a collection of another shape %#', async (params, expected) => {
    const { qdrant } = await served()
    const name = nameOf(qdrant.aliases)
    qdrant.collections.set(name, { ...qdrant.collections.get(name)!, params })
    await expect(open()).rejects.toThrow(expected)
  })

  test.each<[string, () => Response | Promise<Response>, RegExp]>([
    ['is down', () => HttpResponse.error(), /cannot be reached; check QDRANT_URL, or start it/],
    [
      'is slow',
      () => delay(2_000).then(() => HttpResponse.json({})),
      /did not answer within 0.2 s/,
    ],
    [
      'is overloaded',
      () => failed(503, 'no capacity'),
      /answered 503: no capacity; try again later/,
    ],
    [
      'asks for patience',
      () => HttpResponse.json({}, { status: 429, headers: { 'retry-after': '30' } }),
      /has too much to do/,
    ],
  ])(
    'a server that %s lets a search fail and is asked again with the next',
    async (name, answer, expected) => {
      const { qdrant, index } = await served(name === 'is slow' ? { readTimeoutMs: 200 } : {})
      qdrant.failWith(answer)
      const error: unknown = await index
        .search({ text: '', terms }, 5)
        .catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(IndexUnavailableError)
      expect(sentence(error)).toMatch(expected)
      qdrant.failWith(() => undefined)
      expect(await index.search({ text: '', terms }, 5)).toEqual([])
    },
  )

  test('a connection that broke is not worth a word: the same is asked again', async () => {
    const { qdrant, index } = await served()
    let left = 1
    qdrant.failWith(() => (left-- > 0 ? HttpResponse.error() : undefined))
    expect(await index.search({ text: '', terms }, 5)).toEqual([])
    expect(qdrant.of('POST', 'points/query')).toHaveLength(2)
  })

  test('a server that is down when opening is told of, and found when it is back', async () => {
    const qdrant = startQdrant()
    qdrant.failWith(() => HttpResponse.error())
    const { index, notices } = await open()
    expect(notices).toEqual([expect.stringMatching(/cannot be reached/)])
    await expect(index.search({ text: '', terms }, 5)).rejects.toThrow(IndexUnavailableError)
    qdrant.failWith(() => undefined)
    await index.putBatches('a.txt', [power])
    expect(await index.search({ text: '', terms }, 5)).toEqual([])
    await index.close()
  })
})

describe('what served and is gone says nothing of what the papers print', () => {
  const search = (index: PassageIndex) => index.search({ text: '', terms }, 5)

  test('while it was known, after it was looked up, and until it is back', async () => {
    const { qdrant, index, clock } = await served()
    expect(await search(index)).toEqual([])
    const kept = [new Map(qdrant.collections), new Map(qdrant.aliases)] as const
    qdrant.collections.clear()
    qdrant.aliases.clear()
    for (const seconds of [0, 6, 1, 31]) {
      clock.now += seconds * 1000
      await expect(search(index)).rejects.toThrow(IndexUnavailableError)
      await expect(index.frequencies(['用电'])).rejects.toThrow(IndexUnavailableError)
      await expect(Array.fromAsync(index.articles())).rejects.toThrow(IndexUnavailableError)
    }
    for (const [name, stored] of kept[0]) qdrant.collections.set(name, stored)
    for (const [name, of] of kept[1]) qdrant.aliases.set(name, of)
    clock.now += 6_000
    expect(await search(index)).toEqual([])
  })

  test('nor does a proxy that has no way to the server', async () => {
    const { qdrant, index, clock } = await served()
    qdrant.failWith(() => new HttpResponse('404 page not found', { status: 404 }))
    for (const seconds of [0, 31]) {
      clock.now += seconds * 1000
      await expect(search(index)).rejects.toThrow(IndexUnavailableError)
    }
  })

  test('nor one that is only being made', async () => {
    const { qdrant, index } = await served()
    qdrant.collections.get(nameOf(qdrant.aliases))!.meta!['generation'] = 0
    await expect(search((await open()).index)).rejects.toThrow(NoIndexError)
    await index.close()
  })
})

test('a collection that came back without its alias serves, and the next ingest sets it', async () => {
  const { qdrant } = await served()
  const name = nameOf(qdrant.aliases)
  qdrant.aliases.clear()
  const { index, clock } = await open()
  for (const seconds of [0, 6, 31]) {
    clock.now += seconds * 1000
    expect(await index.search({ text: '', terms }, 5)).toEqual([])
  }
  expect(qdrant.of('POST', 'points/query')).toHaveLength(3)
  expect(qdrant.of('POST', 'points/query')[0]!.collection).toBe(name)
  expect(qdrant.aliases.size).toBe(0)
  await index.putBatches('a.txt', [power])
  expect(nameOf(qdrant.aliases)).toBe(name)
})

test('a server in strict mode is asked for as many at once as it allows', async () => {
  const { qdrant, index } = await served()
  const Limits = z.object({
    limit: z.int(),
    prefetch: z.array(z.object({ limit: z.int() })).default([]),
  })
  qdrant.failWith(({ path, body }) => {
    if (path !== 'points/query' && path !== 'points/scroll') return undefined
    const { limit, prefetch } = Limits.parse(body)
    const most = Math.max(limit, ...prefetch.map((side) => side.limit))
    return most > 50
      ? failed(400, `Forbidden: Limit exceeded ${most} > 50 for "limit". Help: Reduce it.`)
      : undefined
  })
  qdrant.canned.query = [{ id: '1', version: 1, score: 0.5, payload: { passage } }]
  expect(await index.search({ text: '', terms, vector: axis(1) }, 60)).toHaveLength(1)
  const pages = [
    { points: [{ id: '1', payload: { passage: { ...passage, n: 1 } } }], next_page_offset: '2' },
    { points: [{ id: '2', payload: { passage } }], next_page_offset: null },
  ]
  qdrant.canned.scroll = () => pages.shift()!
  expect(await index.passages('power')).toHaveLength(2)
  // It is refused once, not with each page.
  expect(qdrant.of('POST', 'points/scroll')).toHaveLength(3)
  qdrant.failWith(() => failed(400, 'Limit exceeded 7 > 3 for "oversampling"'))
  await expect(index.passages('power')).rejects.toThrow(/oversampling/)
})
