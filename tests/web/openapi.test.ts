import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { IndexUnavailableError } from '../../src/retrieval/index-unavailable.ts'
import { openApi } from '../../src/web/api/openapi.ts'
import { createLimiter } from '../../src/limiter.ts'
import { AUTHORIZED, TOKEN, smallApi } from '../support/small-api.ts'
import { smallEngine } from '../support/small-engine.ts'

interface Media {
  readonly schema: object
  readonly example?: unknown
}
interface Described {
  readonly content: Readonly<Record<string, Media>>
  readonly headers?: Readonly<Record<string, unknown>>
}
interface Operation {
  readonly operationId: string
  readonly parameters?: readonly {
    readonly name: string
    readonly in: string
    readonly example?: string
  }[]
  readonly requestBody?: Described
  readonly security?: readonly unknown[]
  readonly responses: Readonly<Record<string, Described | { readonly $ref: string }>>
}

const responses: Readonly<Record<string, Described>> = openApi.components.responses
const paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> = openApi.paths
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

function described({ responses: all }: Operation, status: number): Described {
  const one = all[status]
  if (!one) throw new Error(`${status} is not described`)
  return '$ref' in one ? responses[one.$ref.split('/').at(-1)!]! : one
}

/** Holds a value against a schema as the document has it, nothing more and nothing less. */
function holds(media: Media | undefined, value: unknown): void {
  const schema = { ...media!.schema, $defs: openApi.components.schemas }
  const text = JSON.stringify(schema).replaceAll('#/components/schemas/', '#/$defs/')
  z.fromJSONSchema(JSON.parse(text)).parse(value)
}

/** The request that the document gives as an example. */
function exampleOf(path: string, method: string, { parameters = [], requestBody }: Operation) {
  const values = parameters.filter(({ example }) => example !== undefined)
  const filled = values
    .filter((one) => one.in === 'path')
    .reduce((at, { name, example }) => at.replace(`{${name}}`, encodeURIComponent(example!)), path)
  const query = new URLSearchParams(
    values.filter((one) => one.in === 'query').map(({ name, example }) => [name, example!]),
  )
  const body = requestBody?.content['application/json']?.example
  return {
    path: `/api${filled}?${query}`,
    init: {
      method: method.toUpperCase(),
      ...(body !== undefined && { body: JSON.stringify(body) }),
      headers: { ...AUTHORIZED, ...(requestBody && { 'content-type': 'application/json' }) },
    },
  }
}

type Ask = (given: ReturnType<typeof exampleOf>) => Response | Promise<Response>
const broken = (error: Error) => async () => {
  throw error
}
const failing = (error: Error) =>
  smallApi({
    engine: {
      ask: broken(error),
      checkClaim: broken(error),
      rank: broken(error),
    },
    index: { article: broken(error) },
    listArticles: broken(error),
  }).app

/** How each refusal comes about. */
const REFUSALS: Readonly<Record<number, Ask>> = {
  400: ({ path, init }) =>
    init.body === undefined
      ? smallApi().app.request(path.replace('?', '?limit=many&'), init)
      : smallApi().app.request(path, { ...init, body: '[]' }),
  401: ({ path, init }) => smallApi().app.request(path, { ...init, headers: {} }),
  403: ({ path, init }) =>
    smallApi({ token: undefined }).app.request(path, {
      ...init,
      headers: { ...init.headers, host: 'evil.example' },
    }),
  404: ({ path, init }) => smallApi().app.request(path.replace('dengta-1', 'nothing'), init),
  413: ({ path, init }) =>
    smallApi().app.request(path, {
      ...init,
      headers: { ...init.headers, 'content-length': '64001' },
    }),
  415: ({ path, init }) =>
    smallApi().app.request(path, {
      ...init,
      headers: { ...init.headers, 'content-type': 'text/plain' },
    }),
  async 429({ path, init }) {
    const limits = { address: createLimiter(1), token: createLimiter(1) }
    const { app } = smallApi({ limits })
    for (let i = 0; i < 4; i++) await app.request(path, init)
    return app.request(path, init)
  },
  500: ({ path, init }) => failing(new Error('Secret insides')).request(path, init),
  503: ({ path, init }) =>
    failing(new IndexUnavailableError('http://secret:6333 is away')).request(path, init),
}

const cases = operations.flatMap(({ path, method, operation }) =>
  Object.keys(operation.responses).map((status) => ({
    path,
    method,
    status: Number(status),
    operation,
  })),
)

test.each(cases)('$method $path gives $status as described', async ({ status, ...one }) => {
  const { path, method, operation } = one
  const example = exampleOf(path, method, operation)
  const ask: Ask = REFUSALS[status] ?? ((given) => smallApi().app.request(given.path, given.init))
  const response = await ask(example)
  expect(response.status).toBe(status)
  const { content, headers = {} } = described(operation, status)
  const value: unknown = await response.json()
  holds(content['application/json'], value)
  expect(JSON.stringify(value)).not.toMatch(/[Ss]ecret/)
  for (const name of Object.keys(headers)) expect(response.headers.get(name)).toMatch(/^\d+$/)
})

test('the examples are what is asked and given', async () => {
  const given: Record<string, unknown> = {}
  for (const { path, method, operation } of operations) {
    const { content } = described(operation, 200)
    const media = content['application/json']
    if (media?.example === undefined) continue
    const example = exampleOf(path, method, operation)
    if (operation.requestBody)
      holds(operation.requestBody.content['application/json'], JSON.parse(example.init.body!))
    const response = await smallApi().app.request(example.path, example.init)
    given[operation.operationId] = await response.json()
  }
  await expect(`${JSON.stringify(given, null, 2)}\n`).toMatchFileSnapshot(
    '../../src/web/api/examples.json',
  )
})

test('a stream is what its description says', async () => {
  const { app } = smallApi()
  const { init, path } = exampleOf('/ask', 'post', paths['/ask']!['post']!)
  const headers = { ...init.headers, accept: 'text/event-stream' }
  const response = await app.request(path, { ...init, headers })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const events = (await response.text())
    .split('\n\n')
    .filter(Boolean)
    .map((event) => /^event: (\w+)\ndata: (.*)$/.exec(event)!.slice(1))
  expect(events.map(([name]) => name)).toEqual(['statement', 'answer'])
  holds({ schema: { $ref: '#/components/schemas/Told' } }, JSON.parse(events[0]![1]!))
  holds({ schema: { $ref: '#/components/schemas/Answer' } }, JSON.parse(events[1]![1]!))
})

test('an answer with its trace is an Answer too', async () => {
  const traced = {
    ...smallEngine,
    ask: async (...[chat, question, options]: Parameters<typeof smallEngine.ask>) => {
      const asked = await smallEngine.ask(chat, question, options)
      const trace = [{ stage: 'words', ms: 1, picks: [1] }]
      return { ...asked, answer: { ...asked.answer, trace } }
    },
  }
  const { post } = smallApi({ engine: traced })
  const given = { question: '企业用电报装要多久？' }
  const explained = await (await post('/ask?explain=1', given)).json()
  holds({ schema: { $ref: '#/components/schemas/Answer' } }, explained)
  expect(explained).toHaveProperty('trace')
  expect(await (await post('/ask', given)).json()).not.toHaveProperty('trace')
})

test('what is served is described, and nothing else', () => {
  const { api } = smallApi()
  const served = api.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/, '{$1}')}`)
  expect(new Set(served)).toEqual(
    new Set(operations.map(({ path, method }) => `${method} ${path}`)),
  )
})

test('the file is what the server gives', async () => {
  await expect(`${JSON.stringify(openApi, null, 2)}\n`).toMatchFileSnapshot(
    '../../docs/openapi.json',
  )
  const response = await smallApi().get('/openapi.json', {})
  expect(await response.json()).toEqual(openApi)
})

describe('the document itself', () => {
  test('every reference leads somewhere', () => {
    const text = JSON.stringify(openApi)
    for (const [, kind, name] of text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g))
      expect(openApi.components).toHaveProperty([kind!, name!])
  })
  test('it names no token', () => expect(JSON.stringify(openApi)).not.toContain(TOKEN))
})
