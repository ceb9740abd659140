import { join } from 'node:path'
import { HttpResponse, delay, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import {
  createEmbed,
  EmbedError,
  type EmbedProgress,
  type EmbedSettings,
} from '../../src/retrieval/embed.ts'
import { createEmbedQuestion } from '../../src/retrieval/embed-question.ts'
import { openVectorStore } from '../../src/retrieval/vector-store.ts'
import { tempFolder } from '../support/temp.ts'

const URL = 'http://embed.test/v1'
const server = setupServer()
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const Body = z.strictObject({
  model: z.string(),
  input: z.array(z.string()),
  encoding_format: z.string().optional(),
  dimensions: z.int().optional(),
})
type Body = z.infer<typeof Body>

/** An endpoint that answers as OpenAI's reference says; a text's first character tells its vector. */
function endpoint(answer: (body: Body, call: number) => Response | object | Promise<Response>) {
  const requests: { body: Body; authorization: string | null }[] = []
  server.use(
    http.post(`${URL}/embeddings`, async ({ request }) => {
      const body = Body.parse(await request.json())
      requests.push({ body, authorization: request.headers.get('authorization') })
      const found = await answer(body, requests.length)
      return found instanceof Response ? found : HttpResponse.json(found)
    }),
  )
  return requests
}

const vectorOf = (text: string) => [text.codePointAt(0)!, 1, 0]
const embeddings = ({ input, model }: Body) => ({
  object: 'list',
  model,
  data: input.map((text, index) => ({ object: 'embedding', index, embedding: vectorOf(text) })),
  usage: { prompt_tokens: input.length * 2, total_tokens: input.length * 2 },
})
const failure = (status: number, headers: Record<string, string> = {}) =>
  HttpResponse.json({ error: { message: 'secret-key is bad', code: 'x' } }, { status, headers })

function newStore(file = join(tempFolder(), 'vectors.sqlite')) {
  const store = openVectorStore(file)
  onTestFinished(() => store.close())
  return store
}

function embedder(settings: Partial<EmbedSettings> = {}, store = newStore()) {
  const reports: EmbedProgress[] = []
  const embed = createEmbed(
    { model: 'm', baseURL: URL, apiKey: 'secret-key', maxRetries: 2, ...settings },
    { store, report: (progress) => reports.push(progress) },
  )
  return { embed, reports, store }
}

/** Whose text a vector is: the normalised first number leads back to the character. */
const texts = (vectors: readonly (Float32Array | undefined)[]) =>
  vectors.map((v) => (v ? String.fromCodePoint(Math.round(v[0]! / v[1]!)) : '□')).join('')

test('asks in batches for floats, and keeps the order', async () => {
  const requests = endpoint(embeddings)
  const { embed, reports } = embedder({ batch: 2, concurrency: 2 })
  expect(texts(await embed(['甲', '乙', '丙', '甲', '丁', '戊']))).toBe('甲乙丙甲丁戊')
  expect(requests.map(({ body }) => body)).toEqual([
    { model: 'm', input: ['甲', '乙'], encoding_format: 'float' },
    { model: 'm', input: ['丙', '丁'], encoding_format: 'float' },
    { model: 'm', input: ['戊'], encoding_format: 'float' },
  ])
  expect(requests[0]!.authorization).toBe('Bearer secret-key')
  expect(reports.at(-1)).toEqual({ embedded: 5, known: 0, tokens: 10 })
})

test('vectors have unit length', async () => {
  endpoint(embeddings)
  const [vector] = await embedder().embed(['甲'])
  expect(Math.hypot(...vector!)).toBeCloseTo(1, 6)
})

test('asks for dimensions only where they are set', async () => {
  const requests = endpoint(embeddings)
  await embedder({ dimensions: 3 }).embed(['甲'])
  expect(requests[0]!.body.dimensions).toBe(3)
})

test('puts vectors that come in another order to their texts', async () => {
  endpoint((body) => ({ ...embeddings(body), data: embeddings(body).data.toReversed() }))
  expect(texts(await embedder().embed(['甲', '乙', '丙']))).toBe('甲乙丙')
})

test('what is not to be kept is in no file', async () => {
  endpoint(embeddings)
  const file = join(tempFolder(), 'vectors.sqlite')
  const store = newStore(file)
  const { embed } = embedder({}, store)
  const { vector } = await createEmbedQuestion({ embed })('问')
  expect(vector).toHaveLength(3)
  expect(store.get({ model: 'm' }, ['问'])).toEqual([undefined])
  await embed(['文'])
  expect(store.get({ model: 'm' }, ['文'])[0]).toHaveLength(3)
})

test('no text is paid for twice, not even after a run that failed half way', async () => {
  const requests = endpoint((body) => (body.input.includes('丙') ? failure(401) : embeddings(body)))
  const store = newStore()
  const settings = { batch: 1, concurrency: 1 }
  await expect(embedder(settings, store).embed(['甲', '乙', '丙'])).rejects.toThrow(EmbedError)
  endpoint(embeddings)
  const { embed, reports } = embedder(settings, store)
  expect(texts(await embed(['甲', '乙', '丙']))).toBe('甲乙丙')
  expect(requests).toHaveLength(3)
  // The text, and the one by which the model is known again.
  expect(reports.at(-1)).toEqual({ embedded: 2, known: 2, tokens: 4 })
})

describe('a batch that is refused', () => {
  const saying = (status: number, message: string) =>
    HttpResponse.json({ error: { message } }, { status })
  const refusals: [string, () => Response | object][] = [
    ['400', () => failure(400)],
    ['413', () => failure(413)],
    ['422', () => failure(422)],
    ['500 that names the length', () => saying(500, 'input is too large to process')],
    ['what is inspected', () => saying(400, 'DataInspectionFailed')],
    ['a vector too few', () => ({ data: [] })],
    ['a vector of zeros', () => ({ data: [{ index: 0, embedding: [0, 0, 0] }] })],
    ['a vector that is none', () => ({ data: [{ index: 0, embedding: [1, null, 1] }] })],
  ]

  test.each(refusals)(
    'by %s is halved down to the text that is to blame',
    async (_name, refuse) => {
      const requests = endpoint((body) => (body.input.includes('丙') ? refuse() : embeddings(body)))
      const { embed, store, reports } = embedder({ batch: 8 })
      const given = Array.from('甲乙丙丁戊己庚辛')
      expect(texts(await embed(given))).toBe('甲乙□丁戊己庚辛')
      // The probe, then 8, 4 of them, 2 of these, 1 of these, and the other half each time.
      expect(requests).toHaveLength(8)
      expect(reports.at(-1)).toMatchObject({ embedded: 8 })
      expect(store.get({ model: 'm' }, given).map((vector) => vector !== undefined)).toEqual(
        given.map((text) => text !== '丙'),
      )
      // Tried again the next time, alone.
      endpoint(embeddings)
      expect(texts(await embed(given))).toBe('甲乙丙丁戊己庚辛')
    },
  )

  test.each([500, 424])(
    'by %i for one text is halved, while others are embedded',
    async (status) => {
      const requests = endpoint((body) =>
        body.input.includes('丙') ? failure(status, { 'retry-after-ms': '1' }) : embeddings(body),
      )
      const { embed } = embedder({ batch: 4, maxRetries: 6 })
      expect(texts(await embed(Array.from('甲乙丙丁')))).toBe('甲乙□丁')
      // 4, 2 of them, 1 of these and once more; the probe after each; and the other half each time.
      expect(requests).toHaveLength(9)
      expect(texts(await embed(['丙', '戊']))).toBe('□戊')
    },
  )

  test('by 500 for all is the endpoint', async () => {
    const requests = endpoint(() => failure(500, { 'retry-after-ms': '1' }))
    const { embed } = embedder({ batch: 4 })
    await expect(embed(Array.from('甲乙丙丁'))).rejects.toThrow(/answered 500/)
    // The batch, and what every endpoint takes three times.
    expect(requests).toHaveLength(4)
    await expect(embed(['戊'])).rejects.toThrow(EmbedError)
    expect(requests).toHaveLength(4)
  })

  test('for its size alone is not made so large again', async () => {
    const requests = endpoint((body) => (body.input.length > 2 ? failure(400) : embeddings(body)))
    const { embed } = embedder({ batch: 8 })
    expect(texts(await embed(Array.from('甲乙丙丁戊己庚辛')))).toBe('甲乙丙丁戊己庚辛')
    const before = requests.length
    expect(texts(await embed(Array.from('一二三四')))).toBe('一二三四')
    expect(requests.slice(before).map(({ body }) => body.input.length)).toEqual([2, 2])
  })

  test.each<[string, () => Response, number]>([
    ['for the key', () => failure(401), 1],
    ['for the key, in 400', () => saying(400, 'API key not valid.'), 1],
    ['for the model', () => failure(404), 1],
    ['for the model, in 400', () => saying(400, 'Model does not exist.'), 1],
    ['for the model, in a success', () => saying(200, 'Model does not exist.'), 1],
    ['for what was not paid', () => saying(400, 'Arrearage'), 1],
    // The text that every endpoint takes is asked for once.
    ['for no reason that is seen', () => failure(400), 2],
  ])('%s, as all would be, is not halved', async (_name, refuse, calls) => {
    const requests = endpoint(refuse)
    const { embed } = embedder({ concurrency: 1 })
    await expect(embed(Array.from('甲乙丙丁'))).rejects.toThrow(EmbedError)
    await expect(embed(['戊'])).rejects.toThrow(EmbedError)
    expect(requests).toHaveLength(calls)
  })
})

test('of a text that is too long the beginning is embedded, whole characters of it', async () => {
  const requests = endpoint(embeddings)
  await embedder().embed([`${'长'.repeat(509)}😀😀`])
  expect(requests[0]!.body.input).toEqual([`${'长'.repeat(509)}😀`])
})

test('vectors in base64 are read', async () => {
  endpoint(({ input }) => ({
    data: input.map((text, index) => {
      const bytes = Buffer.from(Float32Array.from(vectorOf(text)).buffer)
      return { index, embedding: bytes.toString('base64') }
    }),
  }))
  expect(texts(await embedder().embed(['甲', '乙']))).toBe('甲乙')
})

test('an endpoint that knows no encoding is asked without', async () => {
  const requests = endpoint((body) =>
    body.encoding_format
      ? HttpResponse.json({ error: { message: 'Unknown field encoding_format' } }, { status: 400 })
      : embeddings(body),
  )
  const { embed } = embedder()
  expect(texts(await embed(['甲']))).toBe('甲')
  expect(texts(await embed(['乙']))).toBe('乙')
  expect(requests).toHaveLength(3)
})

test.each([429, 500, 503])('tries again after %i', async (status) => {
  const requests = endpoint((body, call) =>
    call === 1 ? failure(status, { 'retry-after-ms': '1' }) : embeddings(body),
  )
  expect(texts(await embedder().embed(['甲']))).toBe('甲')
  expect(requests).toHaveLength(2)
})

test('waits as long as Retry-After says', async () => {
  endpoint((body, call) => (call === 1 ? failure(429, { 'retry-after': '0.3' }) : embeddings(body)))
  const started = performance.now()
  await embedder().embed(['甲'])
  expect(performance.now() - started).toBeGreaterThanOrEqual(290)
})

test.each([
  ['a refused key', () => failure(401), /the key was refused. Check EMBEDDING_API_KEY/],
  ['a model that is not there', () => failure(404), /Check EMBEDDING_MODEL/],
  ['a batch that is too large', () => failure(400), /EMBEDDING_BATCH/],
  ['a limit that stays', () => failure(429, { 'retry-after-ms': '1' }), /Wait/],
  ['no connection', () => HttpResponse.error(), /cannot be reached/],
  [
    'a redirect',
    () => new HttpResponse(null, { status: 307, headers: { location: 'http://else.test' } }),
    /redirects \(307\) and is not followed. Set EMBEDDING_BASE_URL/,
  ],
  [
    'numbers beyond what a vector holds',
    () => HttpResponse.text('{"data":[{"index":0,"embedding":[1e999,1]}]}'),
    /no embeddings/,
  ],
  [
    'a vector longer than any',
    () => ({ data: [{ index: 0, embedding: Array(20_000).fill(1) }] }),
    /no embeddings/,
  ],
  ['more than vectors can be', () => new HttpResponse(' '.repeat(1_000_000)), /longer than/],
  [
    'a web page',
    () => new HttpResponse('<html>', { headers: { 'content-type': 'text/html' } }),
    /no embeddings/,
  ],
  [
    'vectors in base64',
    (b: Body) => ({ ...embeddings(b), data: [{ index: 0, embedding: 'AAAA' }] }),
    /no embeddings/,
  ],
  ['a vector too few', (b: Body) => ({ ...embeddings(b), data: [] }), /0 vectors for 1 texts/],
  [
    'vectors of nobody',
    (b: Body) => ({ data: [{ ...embeddings(b).data[0], index: 4 }] }),
    /which vector/,
  ],
])('%s is one sentence with what to do', async (_name, answer, expected) => {
  endpoint(answer)
  const { embed, store } = embedder({ maxRetries: 1, timeoutMs: 500 })
  const error: unknown = await embed(['甲']).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(EmbedError)
  expect(String(error)).toMatch(expected)
  expect(String(error)).not.toMatch(/\n/)
  expect(store.get({ model: 'm' }, ['甲'])).toEqual([undefined])
})

test.each([400, 401, 404, 500])('what came along with %i is not repeated', async (status) => {
  endpoint(() => failure(status))
  await expect(embedder({ maxRetries: 0 }).embed(['甲'])).rejects.toThrow(/^(?!.*secret-key)/)
})

test.each([
  ['that is down', () => failure(503)],
  ['that asks for a day', () => failure(429, { 'retry-after': '86400' })],
  ['that refuses the key', () => failure(401)],
])('an endpoint %s is left alone for a while, then asked again', async (_name, answer) => {
  let time = 0
  vi.spyOn(performance, 'now').mockImplementation(() => time)
  onTestFinished(() => void vi.restoreAllMocks())
  const requests = endpoint(answer)
  const { embed } = embedder({ maxRetries: 0 })
  await expect(embed(['甲'], { deadlineMs: 4_000 })).rejects.toThrow(EmbedError)
  time = 29_999
  await expect(embed(['乙'], { deadlineMs: 4_000 })).rejects.toThrow(EmbedError)
  expect(requests).toHaveLength(1)
  time = 60_000
  endpoint(embeddings)
  expect(texts(await embed(['乙']))).toBe('乙')
})

test('a vector of another length than asked for is refused before it is kept', async () => {
  endpoint(embeddings)
  const { embed, store } = embedder({ dimensions: 8 })
  await expect(embed(['甲'])).rejects.toThrow(/of 3 numbers, not of 8; change EMBEDDING_DIMENSIONS/)
  expect(store.length({ model: 'm', dimensions: 8 })).toBeUndefined()
})

test('a model that changes its length under the same name is refused', async () => {
  endpoint(embeddings)
  const store = newStore()
  await embedder({}, store).embed(['甲'])
  endpoint((body) => ({ ...embeddings(body), data: [{ index: 0, embedding: [1, 2] }] }))
  await expect(embedder({}, store).embed(['乙'])).rejects.toThrow(/2 numbers now, of 3 before/)
})

test('another model behind the same name is refused, until the one that was kept is back', async () => {
  const other = (body: Body) => ({
    data: body.input.map((_, index) => ({ index, embedding: [0, 0, 1] })),
  })
  const store = newStore()
  endpoint(embeddings)
  await embedder({}, store).embed(['甲'])
  // Of vectors that were kept before there was a check, those now are the measure.
  expect(texts(await embedder({}, store).embed(['乙']))).toBe('乙')
  endpoint(other)
  const { embed } = embedder({}, store)
  await expect(embed(['丙'])).rejects.toThrow(/other vectors than before; it is another model/)
  expect(await createEmbedQuestion({ embed })('丙')).toMatchObject({
    degraded: expect.stringContaining('another'),
  })
  expect(store.get({ model: 'm' }, ['丙'])).toEqual([undefined])
  expect(texts(await embed(['甲']))).toBe('甲')
  const requests = endpoint(embeddings)
  expect(texts(await embed(['丙']))).toBe('丙')
  expect(texts(await embed(['丁']))).toBe('丁')
  expect(requests.map(({ body }) => body.input.join().slice(0, 2))).toEqual(['企业', '丙', '丁'])
})

test('somebody who waits is not kept waiting', async () => {
  endpoint(async () => {
    await delay(3_000)
    return HttpResponse.json({})
  })
  const started = performance.now()
  await expect(embedder().embed(['甲'], { deadlineMs: 100 })).rejects.toThrow(/no answer in time/)
  expect(performance.now() - started).toBeLessThan(1_000)
})
