/**
 * Qdrant at the wire, as its REST reference describes it: it remembers which collections and aliases
 * there are and what a collection says of itself, and answers all else as the test says. It neither
 * filters nor ranks.
 */
import type { Schemas } from '@qdrant/js-client-rest'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { z } from 'zod'
import { META_ID } from '../../src/retrieval/qdrant/layout.ts'

export const QDRANT_URL = 'http://qdrant.test:6333'

export interface Recorded {
  readonly method: string
  /** Without the collection: `points/query`. */
  readonly path: string
  readonly collection: string
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
  readonly apiKey: string | null
}

type Fault = (request: Recorded) => Response | Promise<Response> | undefined

interface Stored {
  readonly params: unknown
  meta: Record<string, unknown> | undefined
}

export function mockQdrant() {
  const server = setupServer()
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
  afterEach(() => server.resetHandlers())
  afterAll(() => server.close())

  /** A server with nothing in it. */
  return function startQdrant({ version = '1.16.2' } = {}) {
    const collections = new Map<string, Stored>()
    const aliases = new Map<string, string>()
    const requests: Recorded[] = []
    const canned = {
      query: [] as Partial<Schemas['ScoredPoint']>[],
      scroll: (_request: Recorded): Partial<Schemas['ScrollResult']> => ({
        points: [],
        next_page_offset: null,
      }),
      count: (_body: unknown) => 0,
      retrieve: [] as Schemas['Record'][],
    }
    let fault: Fault = () => undefined

    server.use(
      http.all(`${QDRANT_URL}/*`, async ({ request }) => {
        const recorded = await record(request)
        requests.push(recorded)
        return (await fault(recorded)) ?? answer(recorded)
      }),
    )

    return {
      collections,
      aliases,
      requests,
      canned,
      /** Requests of one kind since the last time. */
      of: (method: string, path: string) =>
        requests.filter((request) => request.method === method && request.path === path),
      failWith: (next: Fault) => void (fault = next),
    }

    function answer(recorded: Recorded): Response {
      const { method, path, collection, body } = recorded
      if (path === '' && collection === '')
        return HttpResponse.json({ title: 'qdrant - vector search engine', version })
      if (path === '' && collection === '*')
        return ok({ collections: [...collections.keys()].map((name) => ({ name })) })
      if (path === 'aliases') return ok(changeAliases(body))
      if (path === 'exists') return ok({ exists: collections.has(collection) })
      if (method === 'PUT' && path === '')
        return ok(collections.set(collection, { params: body, meta: undefined }).size > 0)
      const stored = collections.get(aliases.get(collection) ?? collection)
      if (!stored) return failed(404, `Not found: Collection \`${collection}\` doesn't exist!`)
      if (method === 'DELETE') return ok(collections.delete(collection))
      if (path === '') return ok(info(stored))
      if (path === 'points/query') return ok({ points: canned.query })
      if (path === 'points/count') return ok({ count: canned.count(body) })
      if (path === 'points/scroll') return ok(canned.scroll(recorded))
      if (method === 'POST' && path === 'points')
        return ok(retrieve(stored, body) ?? canned.retrieve)
      keepMeta(stored, body)
      return ok({ operation_id: 1, status: 'completed' })
    }

    function changeAliases(body: unknown) {
      for (const action of Actions.parse(body).actions) {
        if ('delete_alias' in action) aliases.delete(action.delete_alias.alias_name)
        else aliases.set(action.create_alias.alias_name, action.create_alias.collection_name)
      }
      return true
    }
  }
}

const Actions = z.object({
  actions: z.array(
    z.union([
      z.object({ delete_alias: z.object({ alias_name: z.string() }) }),
      z.object({ create_alias: z.object({ alias_name: z.string(), collection_name: z.string() }) }),
    ]),
  ),
})
const Params = z.looseObject({})
const MetaPoint = z.object({
  points: z.array(z.object({ id: z.literal(META_ID), payload: z.record(z.string(), z.unknown()) })),
})
const MetaChange = z.object({
  points: z.tuple([z.literal(META_ID)]),
  payload: z.record(z.string(), z.unknown()),
})

function keepMeta(stored: Stored, body: unknown) {
  const point = MetaPoint.safeParse(body).data?.points[0]?.payload
  const change = MetaChange.safeParse(body).data?.payload
  if (point) stored.meta = point
  else if (change) stored.meta = { ...stored.meta, ...change }
}

function retrieve({ meta }: Stored, body: unknown) {
  if (!z.object({ ids: z.tuple([z.literal(META_ID)]) }).safeParse(body).success) return undefined
  return meta ? [{ id: META_ID, payload: meta }] : []
}

const info = ({ params }: Stored) => ({
  status: 'green',
  optimizer_status: 'ok',
  segments_count: 1,
  config: { params: Params.parse(params) },
  payload_schema: {},
})

async function record(request: Request): Promise<Recorded> {
  const { pathname, searchParams } = new URL(request.url)
  const [, first, second = '', ...rest] = pathname.split('/')
  const text = await request.text()
  const isAliases = second === 'aliases'
  return {
    method: request.method,
    collection: first === 'collections' && !isAliases ? second || '*' : '',
    path: isAliases ? 'aliases' : rest.join('/'),
    query: Object.fromEntries(searchParams),
    body: text === '' ? undefined : JSON.parse(text),
    apiKey: request.headers.get('api-key'),
  }
}

const ok = (result: unknown) => HttpResponse.json({ result, status: 'ok', time: 0.001 })

export const failed = (status: number, error: string) =>
  HttpResponse.json({ status: { error }, time: 0.001 }, { status })
