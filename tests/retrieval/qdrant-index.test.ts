import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { IndexUnavailableError, NoIndexError } from '../../src/retrieval/index-unavailable.ts'
import type { PassageIndex } from '../../src/retrieval/passage-index.ts'
import { META_ID, PAYLOAD_INDEXES } from '../../src/retrieval/qdrant/layout.ts'
import { openQdrantIndex, type QdrantSettings } from '../../src/retrieval/qdrant-index.ts'
import { axis, batchOf } from '../support/passages.ts'
import { type Recorded, type Reply, refusal, startQdrant } from '../support/qdrant.ts'

type Qdrant = Awaited<ReturnType<typeof startQdrant>>

const embedding = { model: 'm', dimensions: 4 }
const power = batchOf({ id: 'power', source: 'a.txt', body: [['用电报装', axis(0)]] })
const passage = power.passages[0]!
const terms = [{ term: '用电', weight: 0.5 }]

async function open(
  { url }: Qdrant,
  settings: Partial<QdrantSettings> = {},
  clock = { now: 1_000_000_000 },
  sleep = async (ms: number) => void (clock.now += ms),
) {
  const notices: string[] = []
  const index = await openQdrantIndex(
    { url, collection: 'wence', embedding, pauseMs: 1, ...settings },
    { onNotice: (notice) => notices.push(notice), now: () => clock.now, sleep },
  )
  return { index, notices, clock }
}

/** A server that holds what one put has left, and the requests since then. */
async function served(settings: Partial<QdrantSettings> = {}) {
  const qdrant = await startQdrant()
  const first = await open(qdrant, settings)
  await first.index.putBatches('a.txt', [power])
  await first.index.close()
  qdrant.requests.length = 0
  return { qdrant, ...(await open(qdrant, settings)) }
}

const lines = (requests: readonly Recorded[]) =>
  requests.map(({ method, collection, path }) => `${method} ${collection} ${path}`.trim())

const nameOf = ({ aliases }: Qdrant) => aliases.get('wence')!
const pointsOf = (qdrant: Qdrant) => qdrant.collections.get(nameOf(qdrant))!.points
const metaOf = (qdrant: Qdrant) => pointsOf(qdrant).get(META_ID)!.payload
const search = (index: PassageIndex, more = {}) => index.search({ text: '', terms, ...more }, 5)
const found = async (index: PassageIndex, more = {}) =>
  (await search(index, more)).hits.map((hit) => hit.passage.id)

describe('opening', () => {
  test('asks for the version, for what serves and how it is made, with the key, and no more', async () => {
    const { qdrant } = await served({ apiKey: 'k' })
    expect(lines(qdrant.requests)).toEqual(['GET', 'POST wence points', `GET ${nameOf(qdrant)}`])
    expect(qdrant.requests.every(({ apiKey }) => apiKey === 'k')).toBe(true)
  })

  test('of an empty server makes nothing until something is put', async () => {
    const qdrant = await startQdrant()
    const { index } = await open(qdrant)
    await expect(search(index)).rejects.toThrow(NoIndexError)
    await expect(Array.fromAsync(index.articles())).rejects.toThrow(/no index wence on 127/)
    const identity = await index.identity()
    expect(qdrant.collections.size).toBe(0)
    await index.putBatches('a.txt', [power])
    expect(await index.identity()).toBe(identity)
    expect(await (await open(qdrant)).index.identity()).toBe(identity)
  })
})

describe('a question', () => {
  test('is one request, whatever it asks, and one more for all articles that it reads', async () => {
    const { qdrant, index } = await served()
    const more = ['办电', '报装', '没有'].map((term) => ({ term, weight: 1 }))
    qdrant.requests.length = 0
    await search(index, { vector: axis(1), terms: [...terms, ...more] })
    await Promise.all(['power', 'gone', 'power'].map((id) => index.passages(id)))
    await Promise.all(['power', 'gone'].map((id) => index.article(id)))
    expect(lines(qdrant.requests)).toEqual(
      ['points/query/batch', 'points/scroll', 'points/scroll'].map(
        (path) => `POST ${nameOf(qdrant)} ${path}`,
      ),
    )
  })

  test('for nothing asks nothing', async () => {
    const { qdrant, index } = await served()
    expect(await found(index, { terms: [] })).toEqual([])
    expect(qdrant.of('POST', 'points/query/batch')).toEqual([])
  })

  test('refuses what it did not write', async () => {
    const { qdrant, index } = await served()
    for (const { payload } of pointsOf(qdrant).values())
      if (payload['type'] === 'passage') payload['passage'] = { text: 'of somebody else' }
    await expect(search(index)).rejects.toThrow(/written by another version/)
  })

  test('looks up what serves beside a search after five seconds, and before one after thirty', async () => {
    const { qdrant, index, clock } = await served()
    const asked = async (seconds: number) => {
      clock.now += seconds * 1000
      qdrant.requests.length = 0
      return { ids: await found(index), lookups: qdrant.of('POST', 'points').length }
    }
    const another = await open(qdrant, {}, clock)
    await another.index.remove(['a.txt'])
    expect(await asked(4)).toEqual({ ids: ['power-0'], lookups: 0 })
    expect(await asked(2)).toEqual({ ids: ['power-0'], lookups: 1 })
    await delay(20)
    expect(await asked(1)).toEqual({ ids: [], lookups: 0 })
    await another.index.putBatches('a.txt', [power])
    expect(await asked(31)).toEqual({ ids: ['power-0'], lookups: 1 })
  })

  test('reads pages of points until there is no next', async () => {
    const { index } = await served()
    const body = Array.from({ length: 1_100 }, (_, i) => `第${i}条`)
    const long = batchOf({ id: 'long', source: 'b.txt', body })
    await index.putBatches('b.txt', [long])
    expect(await index.passages('long')).toEqual(long.passages)
  })
})

test('another process that puts something changes the state', async () => {
  const { qdrant, index } = await served()
  const state = await index.state()
  expect(await index.state()).toBe(state)
  await (await open(qdrant)).index.remove(['a.txt'])
  expect(await index.state()).not.toBe(state)
})

describe('the first put', () => {
  test('makes the collection, its payload indexes, what it says of itself, then the alias', async () => {
    const qdrant = await startQdrant()
    const { index } = await open(qdrant, { shards: 3, replication: 2 })
    await index.putBatches('a.txt', [])
    const name = nameOf(qdrant)
    expect(name).toMatch(/^wence-[0-9a-f]{8}$/)
    expect(qdrant.collections.get(name)).toMatchObject({
      params: {
        vectors: { dense: { size: 4, distance: 'Cosine' } },
        shard_number: 3,
        replication_factor: 2,
      },
      indexes: PAYLOAD_INDEXES,
    })
    const order = lines(qdrant.requests)
    expect(order.lastIndexOf(`PUT ${name} index`)).toBeLessThan(order.indexOf(`PUT ${name} points`))
    expect(order.indexOf(`PUT ${name} points`)).toBeLessThan(order.indexOf('POST  aliases'))
  })

  test('without embeddings makes one without dense vectors', async () => {
    const { url, collections } = await startQdrant()
    const index = await openQdrantIndex({ url, collection: 'wence' })
    await index.putBatches('a.txt', [])
    expect([...collections.values()]).toMatchObject([{ params: { vectors: {} } }])
  })

  test('finishes what was begun and killed', async () => {
    const qdrant = await startQdrant()
    const { index } = await open(qdrant)
    qdrant.failWith(({ path, method }) =>
      method === 'PUT' && path === 'points' ? refusal(400, 'killed') : undefined,
    )
    await expect(index.putBatches('a.txt', [power])).rejects.toThrow(/killed/)
    qdrant.failWith(() => undefined)
    const next = await open(qdrant)
    await next.index.putBatches('a.txt', [power])
    expect(await found(next.index)).toEqual(['power-0'])
  })
})

test('payload indexes that somebody took away are there again with the next put', async () => {
  const { qdrant, index } = await served()
  const { indexes } = qdrant.collections.get(nameOf(qdrant))!
  delete indexes['from']
  await index.putBatches('b.txt', [])
  expect(indexes).toEqual(PAYLOAD_INDEXES)
})

describe('a put', () => {
  /** Kills a put with the request that says so. */
  async function killedAt(isLast: (request: Recorded) => boolean) {
    const { qdrant, index, clock } = await served()
    const shorter = batchOf({ id: 'power', source: 'a.txt', body: ['停电', '公告'] })
    qdrant.failWith((request) => (isLast(request) ? refusal(400, 'killed') : undefined))
    await expect(index.putBatches('a.txt', [shorter])).rejects.toThrow(/killed/)
    qdrant.failWith(() => undefined)
    clock.now += 11_000
    return { qdrant, ...(await open(qdrant, {}, clock)) }
  }

  test.each<[string, (request: Recorded) => boolean]>([
    ['while it writes', ({ method, path }) => method === 'PUT' && path === 'points'],
    ['before what was there ends', ({ body }) => JSON.stringify(body ?? '').includes('"until":2}')],
    ['before it commits', ({ body }) => JSON.stringify(body ?? '').includes('"generation":2')],
  ])(
    'that is killed %s changes nothing, and the next one clears it away',
    async (_name, isLast) => {
      const { qdrant, index } = await killedAt(isLast)
      expect(await index.passages('power')).toEqual(power.passages)
      await index.putBatches('b.txt', [])
      expect(await index.passages('power')).toEqual(power.passages)
      // The article, its passage, and the collection's own point.
      expect(pointsOf(qdrant).size).toBe(4)
    },
  )

  test('waits until it is done, in the order of what was asked', async () => {
    const { qdrant, index } = await served()
    await index.putBatches('a.txt', [power])
    const changes = qdrant.requests.filter(
      ({ path }) => path.startsWith('points/payload') || path.startsWith('points/delete'),
    )
    expect(changes.length).toBeGreaterThan(3)
    for (const { query } of changes) expect(query).toEqual({ wait: 'true', ordering: 'medium' })
  })

  test('that is repeated writes the same points', async () => {
    const qdrant = await startQdrant()
    const { index } = await open(qdrant)
    let failures = 0
    qdrant.failWith(({ path, body }) =>
      path === 'points/payload' && JSON.stringify(body).includes('generation') && failures++ < 1
        ? refusal(500, 'once')
        : undefined,
    )
    await index.putBatches('a.txt', [power])
    expect(pointsOf(qdrant).size).toBe(4)
    for (const id of pointsOf(qdrant).keys())
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  test('goes in portions of so many points, and of so many bytes', async () => {
    const { qdrant, index } = await served()
    const body = Array.from({ length: 130 }, (_, i) => `第${i}条`)
    await index.putBatches('a.txt', [batchOf({ id: 'long', source: 'a.txt', body })])
    const Points = z.object({ points: z.array(z.unknown()) })
    const sizes = () =>
      qdrant.of('PUT', 'points').map((request) => Points.parse(request.body).points.length)
    expect(sizes()).toEqual([64, 64, 3])
    const million = '经'.repeat(1_000_000)
    const articles = Array.from({ length: 12 }, (_, n) => {
      const [article] = batchOf({ id: `${n}`, source: 'b.txt', n, body: ['经济'] }).articles
      return { ...article!, text: million }
    })
    await index.putBatches('b.txt', [{ articles, passages: [] }])
    expect(await index.articleIds()).toHaveLength(13)
  })

  test.each([429, 500, 503])('is tried again after %i', async (status) => {
    const { qdrant, index } = await served()
    let left = 2
    qdrant.failWith(({ path }) =>
      path === 'points/payload' && left-- > 0 ? refusal(status, 'busy') : undefined,
    )
    await index.putBatches('a.txt', [power])
    expect(left).toBeLessThan(0)
  })

  test('goes in halves where a proxy takes less, and says so of a point that is too long alone', async () => {
    const { qdrant, index } = await served()
    const body = Array.from({ length: 40 }, (_, i) => `第${i}条`)
    const long = batchOf({ id: 'long', source: 'b.txt', body })
    qdrant.failWith(({ bytes }) =>
      bytes > 10_000 ? { status: 413, body: '<html>Request Entity Too Large' } : undefined,
    )
    await index.putBatches('b.txt', [long])
    expect(await index.passages('long')).toEqual(long.passages)
    const [article] = long.articles
    const page = { articles: [{ ...article!, text: '经'.repeat(9_000) }], passages: [] }
    await expect(index.putBatches('c.txt', [page])).rejects.toThrow(
      /takes no request that long; raise its limit \(of nginx: client_max_body_size\)/,
    )
  })

  test('is given up when the server stays away', async () => {
    const { qdrant, index } = await served({ patienceMs: 50 })
    await index.putBatches('a.txt', [power])
    qdrant.failWith(() => 'drop')
    await expect(index.putBatches('a.txt', [power])).rejects.toThrow(IndexUnavailableError)
    expect(qdrant.requests.length).toBeLessThan(30)
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
    const second = await open(qdrant, {}, clock)
    await second.index.putBatches('b.txt', [])
    expect(clock.now - started).toBe(10_000)
    expect(second.notices).toEqual([expect.stringContaining(nameOf(qdrant))])
  })

  test('does not wait for one that lives, nor write beside it', async () => {
    const { qdrant, index, clock } = await served()
    await index.putBatches('a.txt', [power])
    const second = await open(qdrant, {}, clock, async (ms) => {
      clock.now += ms
      metaOf(qdrant)['writer'] = { id: 'other', seen: clock.now }
    })
    await expect(second.index.putBatches('b.txt', [power])).rejects.toThrow(
      /Another ingest is writing to wence-\w+ on 127\.0\.0\.1:\d+; wait until it is done/,
    )
    expect(qdrant.of('PUT', 'points')).toHaveLength(1)
  })

  test('waits for nobody who has closed', async () => {
    const { qdrant, index, clock } = await served()
    await index.putBatches('a.txt', [power])
    await index.close()
    const second = await open(qdrant, {}, clock)
    await second.index.putBatches('b.txt', [])
    expect(second.notices).toEqual([])
  })
})

test('what was replaced is deleted when nobody can be reading it any more, also by another run', async () => {
  const { qdrant, index, clock } = await served()
  await index.putBatches('a.txt', [power])
  await index.close()
  expect(pointsOf(qdrant).size).toBe(6)
  clock.now += 100_000
  const soon = await open(qdrant, {}, clock)
  await soon.index.putBatches('b.txt', [])
  await soon.index.close()
  expect(pointsOf(qdrant).size).toBe(6)
  clock.now += 130_000
  const later = await open(qdrant, {}, clock)
  await later.index.putBatches('b.txt', [])
  expect(pointsOf(qdrant).size).toBe(4)
})

describe('another model', () => {
  const wider = { model: 'wider', dimensions: 8 }
  const also = batchOf({ id: 'also', source: 'b.txt', body: ['用电'] })
  const wide = batchOf({ id: 'power', source: 'a.txt', body: [['用电报装', axis(0, 8)]] })

  const listed = async (index: PassageIndex) =>
    (await Array.fromAsync(index.articles())).map(({ id }) => id)

  async function servingTwo() {
    const given = await served()
    await given.index.putBatches('b.txt', [also])
    await given.index.close()
    const { index, notices } = await open(given.qdrant, { embedding: wider }, given.clock)
    return { ...given, old: nameOf(given.qdrant), first: given.index, index, notices }
  }

  test('gets a collection beside, which serves from one moment to the next when it holds all', async () => {
    const { qdrant, old, first, index, notices } = await servingTwo()
    expect(notices).toEqual([expect.stringContaining(old)])
    await index.putBatches('a.txt', [wide])
    expect(nameOf(qdrant)).toBe(old)
    const near = { terms: [], vector: axis(0, 8) }
    expect(await found(index, near)).toEqual([])
    expect(await listed(first)).toEqual(['power', 'also'])
    expect((await found(index, { vector: axis(0, 8) })).toSorted()).toEqual(['also-0', 'power-0'])

    // So that what is in it has other points than in the old one.
    await index.putBatches('a.txt', [wide])
    await index.putBatches('b.txt', [also])
    expect([...qdrant.collections.keys()]).toEqual([nameOf(qdrant)])
    expect(nameOf(qdrant)).not.toBe(old)
    expect(await found(index, near)).toEqual(['power-0'])
    // Who knew only the old one looks again, and does not ask the new one for what was in that.
    expect(await listed(first)).toEqual(['power', 'also'])
    expect((await found(first)).toSorted()).toEqual(['also-0', 'power-0'])
  })

  test('is not missed where no model is set: words are found as they are', async () => {
    const { qdrant } = await served()
    const notices: string[] = []
    await openQdrantIndex(
      { url: qdrant.url, collection: 'wence' },
      { onNotice: (notice) => notices.push(notice) },
    )
    expect(notices).toEqual([])
  })

  test('is told what is missing, and takes what is removed from both', async () => {
    const { old, index, notices, qdrant } = await servingTwo()
    await index.putBatches('c.txt', [])
    await index.remove(['b.txt'])
    expect(nameOf(qdrant)).toBe(old)
    expect(await found(index)).toEqual(['power-0'])
    await index.close()
    expect(notices.at(-1)).toMatch(/缺 1 个来源（a\.txt…）/)
  })

  test('has an identity of its own, so that all is read again', async () => {
    const { qdrant, index } = await served()
    const { index: other } = await open(qdrant, { embedding: wider })
    expect(await other.identity()).not.toBe(await index.identity())
  })
})

describe('what goes wrong is one sentence', () => {
  const sentence = (error: unknown) => {
    expect(error).toBeInstanceOf(Error)
    expect(String(error)).not.toMatch(/\n|secret/)
    return String(error)
  }

  test.each<[string, Reply, RegExp]>([
    [
      'a wrong key',
      { status: 401, body: 'Invalid API key or JWT' },
      /127.0.0.1:\d+ refused the key; check QDRANT_API_KEY/,
    ],
    [
      'a page of a proxy',
      { body: '<html>hello' },
      /is no Qdrant; check QDRANT_URL|No Qdrant answers/,
    ],
    [
      'a key that may do less',
      refusal(403, 'Forbidden: Global access is required'),
      /refused the key: Forbidden: Global access is required; check QDRANT_API_KEY/,
    ],
    ['JSON of something else', { body: '{"hello":1}' }, /No Qdrant answers/],
  ])('when opening: %s', async (_name, reply, expected) => {
    const qdrant = await startQdrant()
    qdrant.failWith(() => reply)
    const opened = open(qdrant, { apiKey: 'secret' }).catch((error: unknown) => error)
    expect(sentence(await opened)).toMatch(expected)
  })

  test.each(['1.9.7', '0.11.0'])('when opening: version %s', async (version) => {
    const qdrant = await startQdrant({ version })
    await expect(open(qdrant)).rejects.toThrow(/Qdrant [\d.]+ at 127\S+ is too old: 1.10/)
  })

  test('when opening: a collection of somebody else', async () => {
    const { qdrant } = await served()
    qdrant.collections.set('theirs', {
      params: { vectors: {}, sparse_vectors: {}, shard_number: 1, replication_factor: 1 },
      indexes: {},
      points: new Map(),
    })
    await expect(open(qdrant, { collection: 'theirs' })).rejects.toThrow(
      /did not make; choose another QDRANT_COLLECTION/,
    )
  })

  test.each([
    [
      { vectors: { dense: { size: 9, distance: 'Cosine' } } },
      /has vectors of 9 numbers where 4 are expected/,
    ],
    [{ sparse_vectors: {} }, /has no sparse vector/],
  ] as const)('when opening: a collection of another shape %#', async (params, expected) => {
    const { qdrant } = await served()
    const collection = qdrant.collections.get(nameOf(qdrant))!
    collection.params = { ...collection.params, ...params }
    await expect(open(qdrant)).rejects.toThrow(expected)
  })

  test.each<[string, Reply | 'drop' | 'hang', RegExp]>([
    ['is down', 'drop', /cannot be reached.*check QDRANT_URL, or start it/],
    ['is slow', 'hang', /did not answer within 0.2 s/],
    ['is overloaded', refusal(503, 'no capacity'), /answered 503: no capacity; try again later/],
    ['asks for patience', { status: 429, body: '{}' }, /has too much to do/],
  ])(
    'a server that %s lets a search fail and is asked again with the next',
    async (name, fault, expected) => {
      const { qdrant, index } = await served(name === 'is slow' ? { readTimeoutMs: 200 } : {})
      qdrant.failWith(() => fault)
      const error: unknown = await search(index).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(IndexUnavailableError)
      expect(sentence(error)).toMatch(expected)
      qdrant.failWith(() => undefined)
      expect(await found(index)).toEqual(['power-0'])
    },
  )

  test('a connection that broke is not worth a word: the same is asked again', async () => {
    const { qdrant, index } = await served()
    let left = 1
    qdrant.failWith(() => (left-- > 0 ? 'drop' : undefined))
    expect(await found(index)).toEqual(['power-0'])
  })

  test('a server that is down when opening is told of, and found when it is back', async () => {
    const qdrant = await startQdrant()
    qdrant.failWith(() => 'drop')
    const { index, notices } = await open(qdrant)
    expect(notices).toEqual([expect.stringMatching(/cannot be reached/)])
    await expect(search(index)).rejects.toThrow(IndexUnavailableError)
    qdrant.failWith(() => undefined)
    await index.putBatches('a.txt', [power])
    expect(await found(index)).toEqual(['power-0'])
    await index.close()
  })
})

describe('what served and is gone says nothing of what the papers print', () => {
  test('while it was known, after it was looked up, and until it is back', async () => {
    const { qdrant, index, clock } = await served()
    const kept = [new Map(qdrant.collections), new Map(qdrant.aliases)] as const
    qdrant.collections.clear()
    qdrant.aliases.clear()
    for (const seconds of [0, 6, 1, 31]) {
      clock.now += seconds * 1000
      await expect(search(index)).rejects.toThrow(IndexUnavailableError)
      await expect(index.passages('power')).rejects.toThrow(IndexUnavailableError)
      await expect(Array.fromAsync(index.articles())).rejects.toThrow(IndexUnavailableError)
    }
    for (const [name, stored] of kept[0]) qdrant.collections.set(name, stored)
    for (const [name, of] of kept[1]) qdrant.aliases.set(name, of)
    clock.now += 6_000
    expect(await found(index)).toEqual(['power-0'])
  })

  test('nor does a proxy that has no way to the server', async () => {
    const { qdrant, index, clock } = await served()
    qdrant.failWith(() => ({ status: 404, body: '404 page not found' }))
    for (const seconds of [0, 31]) {
      clock.now += seconds * 1000
      await expect(search(index)).rejects.toThrow(IndexUnavailableError)
    }
  })

  test('nor one that is only being made', async () => {
    const { qdrant } = await served()
    metaOf(qdrant)['generation'] = 0
    await expect(search((await open(qdrant)).index)).rejects.toThrow(NoIndexError)
  })
})

test('a collection that came back without its alias serves, and the next ingest sets it', async () => {
  const { qdrant } = await served()
  const name = nameOf(qdrant)
  qdrant.aliases.clear()
  const { index, clock } = await open(qdrant)
  for (const seconds of [0, 6, 31]) {
    clock.now += seconds * 1000
    expect(await found(index)).toEqual(['power-0'])
  }
  expect(qdrant.aliases.size).toBe(0)
  await index.putBatches('a.txt', [power])
  expect(nameOf(qdrant)).toBe(name)
})

test('a server in strict mode is asked for, and with, as many at once as it allows', async () => {
  const { qdrant, index } = await served()
  const exceeded = (many: number, most: number, what: string) =>
    many > most
      ? refusal(400, `Forbidden: Limit exceeded ${many} > ${most} for "${what}". Help: Reduce it.`)
      : undefined
  const Asked = z.object({
    limit: z.int().default(0),
    searches: z.array(z.object({ limit: z.int() })).default([]),
    points: z.array(z.unknown()).default([]),
  })
  qdrant.failWith(({ method, body }) => {
    const { limit, searches, points } = Asked.parse(body ?? {})
    return (
      (method === 'PUT' && exceeded(points.length, 5, 'upsert limit')) ||
      exceeded(searches.length, 4, 'search batch size') ||
      exceeded(Math.max(limit, ...searches.map((one) => one.limit)), 50, 'limit')
    )
  })
  const body = Array.from({ length: 130 }, (_, i) => `用电第${i}条`)
  await index.putBatches('b.txt', [batchOf({ id: 'long', source: 'b.txt', body })])
  const more = ['办电', '报装', '没有'].map((term) => ({ term, weight: 1 }))
  const { hits, rarities } = await index.search(
    { text: '', terms: [...terms, ...more], vector: axis(0) },
    60,
  )
  expect(hits).toHaveLength(50)
  expect(hits[0]!.passage).toEqual(passage)
  expect([...rarities.of.keys()]).toEqual(['用电', '报装'])
  qdrant.requests.length = 0
  expect(await index.passages('long')).toHaveLength(130)
  // It is refused once, not with each page.
  expect(qdrant.of('POST', 'points/scroll')).toHaveLength(4)
  qdrant.failWith((request) =>
    JSON.stringify(request.body).includes('"any":["power","long"')
      ? refusal(400, 'Bad request: Condition size limit reached (2 > 1). Help: Reduce the size.')
      : undefined,
  )
  const both = await Promise.all(['power', 'long'].map((id) => index.article(id)))
  expect(both.map((one) => one?.id)).toEqual(['power', 'long'])
  qdrant.failWith(() => refusal(400, 'Limit exceeded 7 > 3 for "oversampling"'))
  await expect(index.passages('power')).rejects.toThrow(/oversampling/)
})
