/**
 * A small Qdrant in memory, over real HTTP: what the adapter asks, answered as version 1.18.3 answers it,
 * errors included. The contract of all indexes and what the adapter makes of trouble run on both.
 */
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import { onTestFinished } from 'vitest'
import { z } from 'zod'

export interface Recorded {
  readonly method: string
  /** Without the collection: `points/query/batch`. */
  readonly path: string
  readonly collection: string
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
  readonly bytes: number
  readonly apiKey: string | undefined
}

export interface Reply {
  readonly status?: number
  readonly body: string
}

/** What a request gets instead of an answer; `drop` ends its connection, `hang` says nothing. */
type Fault = (request: Recorded) => Reply | 'drop' | 'hang' | undefined

const Condition = z.strictObject({
  key: z.string(),
  match: z
    .union([
      z.strictObject({ value: z.string() }).transform(({ value }) => [value]),
      z.strictObject({ any: z.array(z.string()) }).transform(({ any }) => any),
    ])
    .optional(),
  range: z
    .strictObject({ gt: z.number(), gte: z.number(), lt: z.number(), lte: z.number() })
    .partial()
    .optional(),
})
const Filter = z.strictObject({ must: z.array(Condition) })
const Sparse = z.strictObject({ indices: z.array(z.int()), values: z.array(z.number()) })
const Payload = z.record(z.string(), z.unknown())
const Point = z.strictObject({
  id: z.uuid(),
  vector: z.record(z.string(), z.union([z.array(z.number()), Sparse])),
  payload: Payload,
})
const Selection = { filter: Filter.optional(), limit: z.int().optional() }
const Search = z.strictObject({
  ...Selection,
  query: z.union([z.array(z.number()), Sparse]),
  using: z.string(),
  with_payload: z.array(z.string()).default([]),
  with_vector: z.array(z.string()).default([]),
})
const Scroll = z.strictObject({
  ...Selection,
  offset: z.string().optional(),
  with_payload: z.array(z.string()),
  with_vector: z.literal(false),
})
const Retrieve = z.strictObject({
  ids: z.array(z.string()),
  with_payload: z.union([z.literal(true), z.array(z.string())]),
})
const Change = z.strictObject({
  payload: Payload,
  key: z.string().optional(),
  filter: Filter.optional(),
  points: z.array(z.string()).optional(),
})
const Params = z.strictObject({
  vectors: z.record(z.string(), z.strictObject({ size: z.int(), distance: z.literal('Cosine') })),
  sparse_vectors: z.record(z.string(), z.strictObject({ modifier: z.literal('idf') })),
  shard_number: z.int(),
  replication_factor: z.int(),
})
const Index = z.strictObject({ field_name: z.string(), field_schema: z.unknown() })
const Actions = z.strictObject({
  actions: z.array(
    z.union([
      z.strictObject({ delete_alias: z.strictObject({ alias_name: z.string() }) }),
      z.strictObject({
        create_alias: z.strictObject({ collection_name: z.string(), alias_name: z.string() }),
      }),
    ]),
  ),
})

type Point = z.infer<typeof Point>
type Filter = z.infer<typeof Filter>

export interface Collection {
  params: z.infer<typeof Params>
  indexes: Record<string, unknown>
  readonly points: Map<string, Point>
}

/** Qdrant's limit of what a request may have, in bytes. */
const MOST_BYTES = 32 * 2 ** 20

/** A server with nothing in it, which closes with the test. */
export async function startQdrant({ version = '1.18.3' } = {}) {
  const collections = new Map<string, Collection>()
  const aliases = new Map<string, string>()
  const requests: Recorded[] = []
  let fault: Fault = () => undefined

  const server = createServer((request, response) => void serve(request, response))
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const recorded = await record(request)
    requests.push(recorded)
    const given = fault(recorded)
    if (given === 'drop') return void request.socket.destroy()
    if (given === 'hang') return
    const { status = 200, body } = given ?? answered(recorded)
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`

  return {
    url,
    collections,
    aliases,
    requests,
    of: (method: string, path: string) =>
      requests.filter((request) => request.method === method && request.path === path),
    failWith: (next: Fault) => void (fault = next),
  }

  function answered(recorded: Recorded): Reply {
    try {
      if (recorded.bytes > MOST_BYTES)
        throw new Refusal(
          413,
          `Payload error: JSON payload (${recorded.bytes} bytes) is larger than allowed`,
        )
      const result = answer(recorded)
      return { body: JSON.stringify(result) }
    } catch (error) {
      if (error instanceof Refusal) return refusal(error.status, error.message)
      if (error instanceof z.ZodError)
        return refusal(400, `Format error in JSON body: ${z.prettifyError(error)}`)
      throw error
    }
  }

  function answer({ method, path, collection: name, body }: Recorded): unknown {
    const of = `${method} ${path}`
    if (name === '' && of === 'GET ') return { title: 'qdrant - vector search engine', version }
    if (name === '' && of === 'GET cluster') return ok({ status: 'disabled' })
    if (of === 'POST aliases') return ok(changeAliases(body))
    if (of === 'GET exists') return ok({ exists: collections.has(name) })
    if (of === 'DELETE ') return ok(collections.delete(name))
    if (of === 'PUT ') return ok(create(name, body))
    const found = collections.get(aliases.get(name) ?? name)
    if (!found) throw new Refusal(404, `Not found: Collection \`${name}\` doesn't exist!`)
    return ok(inCollection(found, of, body))
  }

  function create(name: string, body: unknown) {
    if (aliases.has(name))
      throw new Refusal(
        400,
        `Wrong input: Can't create collection with name ${name}. Alias with the same name already exists`,
      )
    if (collections.has(name))
      throw new Refusal(409, `Wrong input: Collection \`${name}\` already exists!`)
    collections.set(name, { params: Params.parse(body), indexes: {}, points: new Map() })
    return true
  }

  function changeAliases(body: unknown) {
    for (const action of Actions.parse(body).actions) {
      if ('delete_alias' in action) aliases.delete(action.delete_alias.alias_name)
      else {
        const { alias_name: alias, collection_name: name } = action.create_alias
        if (!collections.has(name))
          throw new Refusal(404, `Not found: Collection \`${name}\` doesn't exist!`)
        if (collections.has(alias))
          throw new Refusal(409, `Wrong input: Collection \`${alias}\` already exists!`)
        aliases.set(alias, name)
      }
    }
    return true
  }
}

function inCollection(collection: Collection, of: string, body: unknown): unknown {
  const { points, params, indexes } = collection
  const selected = (filter?: Filter) =>
    [...points.values()]
      .filter(({ payload }) => agrees(payload, filter))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
  switch (of) {
    case 'GET ':
      return {
        status: 'green',
        optimizer_status: 'ok',
        config: { params },
        payload_schema: Object.fromEntries(
          Object.keys(indexes).map((field) => [
            field,
            { data_type: 'keyword', points: points.size },
          ]),
        ),
      }
    case 'GET cluster':
      return {
        peer_id: 1,
        shard_count: 1,
        local_shards: [{ shard_id: 0, points_count: points.size, state: 'Active' }],
        remote_shards: [],
        shard_transfers: [],
      }
    case 'PUT index': {
      const { field_name: field, field_schema: schema } = Index.parse(body)
      indexes[field] = schema
      return done
    }
    case 'PUT points':
      for (const point of z.strictObject({ points: z.array(Point) }).parse(body).points)
        points.set(point.id, { ...point, vector: checked(point.vector, params) })
      return done
    case 'POST points':
      return Retrieve.parse(body).ids.flatMap((id) => {
        const point = points.get(id)
        const { with_payload: fields } = Retrieve.parse(body)
        return point
          ? [{ id, payload: fields === true ? point.payload : pick(point.payload, fields) }]
          : []
      })
    case 'POST points/payload': {
      const { payload, key, filter, points: ids } = Change.parse(body)
      for (const id of ids ?? [])
        if (!points.has(id)) throw new Refusal(404, `Not found: No point with id ${id} found`)
      for (const point of ids?.map((id) => points.get(id)!) ?? selected(filter)) {
        if (key === undefined) point.payload = merged(point.payload, payload)
        else point.payload[key] = merged(Payload.parse(point.payload[key]), payload)
      }
      return done
    }
    case 'POST points/delete':
      for (const { id } of selected(z.strictObject({ filter: Filter }).parse(body).filter))
        points.delete(id)
      return done
    case 'POST points/scroll': {
      const { filter, limit = 10, offset = '', with_payload: fields } = Scroll.parse(body)
      const page = selected(filter).filter(({ id }) => id >= offset)
      return {
        points: page
          .slice(0, limit)
          .map(({ id, payload }) => ({ id, payload: pick(payload, fields) })),
        next_page_offset: page[limit]?.id ?? null,
      }
    }
    case 'POST points/count': {
      const { filter } = z.strictObject({ filter: Filter, exact: z.literal(true) }).parse(body)
      return { count: selected(filter).length }
    }
    case 'POST points/query/batch':
      return z
        .strictObject({ searches: z.array(Search) })
        .parse(body)
        .searches.map((search) => ({ points: searched(collection, search) }))
    default:
      throw new Refusal(404, '')
  }
}

function searched({ points, params }: Collection, search: z.infer<typeof Search>) {
  const { query, using, filter, limit = 10, with_payload: fields, with_vector: vectors } = search
  if (!(using in (Array.isArray(query) ? params.vectors : params.sparse_vectors)))
    throw new Refusal(400, `Wrong input: Not existing vector name error: ${using}`)
  const having = [...points.values()].filter(({ vector }) => using in vector)
  const idf = (index: number) => {
    const containing = having.filter(({ vector }) => weightIn(vector[using], index) !== undefined)
    return Math.log((having.length - containing.length + 0.5) / (containing.length + 0.5) + 1)
  }
  const score = ({ vector }: Point): number | undefined => {
    const own = vector[using]
    if (Array.isArray(query)) return Array.isArray(own) ? dot(query, own) : undefined
    const shared = query.indices.flatMap((index, i) => {
      const weight = weightIn(own, index)
      return weight === undefined ? [] : [query.values[i]! * idf(index) * weight]
    })
    return shared.length > 0 ? shared.reduce((sum, part) => sum + part, 0) : undefined
  }
  return having
    .filter(({ payload }) => agrees(payload, filter))
    .flatMap((point) => {
      const its = score(point)
      return its === undefined ? [] : [{ point, score: its }]
    })
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ point: { id, payload, vector }, score: its }) => ({
      id,
      version: 1,
      score: its,
      ...(fields.length > 0 && { payload: pick(payload, fields) }),
      ...(vectors.length > 0 && { vector: pick(vector, vectors) }),
    }))
}

function agrees(payload: Point['payload'], filter: Filter = { must: [] }): boolean {
  return filter.must.every(({ key, match, range }) => {
    const value = payload[key]
    if (match && !match.includes(String(value))) return false
    if (!range) return true
    if (typeof value !== 'number') return false
    const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range
    return value > gt && value >= gte && value < lt && value <= lte
  })
}

function checked(
  vector: Point['vector'],
  { vectors, sparse_vectors: sparse }: Collection['params'],
) {
  for (const [name, value] of Object.entries(vector)) {
    const size = vectors[name]?.size
    if (!(name in (Array.isArray(value) ? vectors : sparse)))
      throw new Refusal(400, `Wrong input: Not existing vector name error: ${name}`)
    if (Array.isArray(value) && value.length !== size)
      throw new Refusal(
        400,
        `Wrong input: Vector dimension error: expected dim: ${size}, got ${value.length}`,
      )
  }
  return vector
}

function weightIn(vector: Point['vector'][string] | undefined, index: number): number | undefined {
  if (!vector || Array.isArray(vector)) return undefined
  const at = vector.indices.indexOf(index)
  return at < 0 ? undefined : vector.values[at]
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, x, i) => sum + x * b[i]!, 0)

/** A field that is set to null is dropped. */
const merged = (before: Point['payload'], change: Point['payload']) =>
  Object.fromEntries(
    Object.entries({ ...before, ...change }).filter(([field]) => change[field] !== null),
  )

/** Fields, and of those that hold others the ones that are named behind a dot. */
function pick(from: object, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(from).flatMap(([field, value]: [string, unknown]): [string, unknown][] => {
      if (fields.includes(field)) return [[field, value]]
      const within = fields.filter((one) => one.startsWith(`${field}.`))
      const inner = Payload.safeParse(value).data
      if (within.length === 0 || !inner) return []
      const named = within.map((one) => one.slice(field.length + 1))
      return [[field, pick(inner, named)]]
    }),
  )
}

class Refusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const done = { operation_id: 1, status: 'completed' }
const ok = (result: unknown) => ({ result, status: 'ok', time: 0.001 })

/** Qdrant's way to say no. */
export const refusal = (status: number, error: string): Reply => ({
  status,
  body: JSON.stringify({ status: { error }, time: 0.001 }),
})

async function record(request: IncomingMessage): Promise<Recorded> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
  const [, first, second = '', ...rest] = pathname.split('/')
  const sent: Buffer[] = []
  for await (const piece of request) sent.push(piece)
  const text = Buffer.concat(sent).toString()
  const isAliases = second === 'aliases'
  return {
    method: request.method!,
    collection: first === 'collections' && !isAliases ? second : '',
    path: isAliases ? 'aliases' : first === 'collections' ? rest.join('/') : first!,
    query: Object.fromEntries(searchParams),
    body: text === '' ? undefined : JSON.parse(text),
    bytes: Buffer.byteLength(text),
    apiKey: request.headers['api-key']?.toString(),
  }
}
