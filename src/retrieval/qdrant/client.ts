/**
 * Qdrant's REST interface, as far as it is used. Its own client brings an HTTP agent along, which no proxy
 * setting reaches, follows redirects with the key, and takes replies of any size.
 */
import type { QdrantClient, Schemas } from '@qdrant/js-client-rest'
import { boundedFetch } from '../../bounded-fetch.ts'

export type Client = Pick<
  QdrantClient,
  | 'collectionClusterInfo'
  | 'collectionExists'
  | 'count'
  | 'createCollection'
  | 'createPayloadIndex'
  | 'delete'
  | 'deleteCollection'
  | 'getCollection'
  | 'queryBatch'
  | 'retrieve'
  | 'scroll'
  | 'setPayload'
  | 'updateCollectionAliases'
  | 'upsert'
  | 'versionInfo'
> & {
  /** What this node knows of the others. */
  clusterStatus(): Promise<Schemas['ClusterStatus']>
}

export interface ClientSettings {
  readonly url: string
  readonly apiKey?: string | undefined
  readonly timeoutMs: number
}

/** What Qdrant answered when it did not do what was asked; `data` is its JSON, if it was some. */
export class QdrantRefusal extends Error {
  override readonly name = 'QdrantRefusal'
  readonly status: number
  readonly data: unknown

  constructor(status: number, data: unknown) {
    super(`Qdrant answered ${status}`)
    this.status = status
    this.data = data
  }
}

/** A page of articles is far smaller. */
const MOST_BYTES = 256 * 2 ** 20

type Query = Readonly<Record<string, unknown>>

/**
 * Its methods throw QdrantRefusal, SyntaxError where no Qdrant answers, TypeError where nothing does, and
 * a TimeoutError.
 */
export function createClient({ url, apiKey, timeoutMs }: ClientSettings): Client {
  const base = baseOf(url)
  const send = boundedFetch(MOST_BYTES)

  async function ask(method: string, path: string, body?: unknown, query: Query = {}) {
    const given = Object.entries(query).filter(([, value]) => value !== undefined)
    const search = new URLSearchParams(given.map(([key, value]) => [key, String(value)]))
    const response = await send(`${base}${path}${search.size > 0 ? `?${search}` : ''}`, {
      method,
      headers: {
        // Packed it comes in pieces, and waits 40 ms for an acknowledgement among them (Nagle's algorithm).
        'accept-encoding': 'identity',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(apiKey !== undefined && { 'api-key': apiKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (response.ok) return response.json()
    throw new QdrantRefusal(response.status, await response.json().catch(() => undefined))
  }

  /** The reply's type is the client's own. */
  async function result(...asked: Parameters<typeof ask>) {
    const { result: given } = await ask(...asked)
    if (given === undefined || given === null) throw new SyntaxError('There is no result')
    return given
  }

  const of = (name: string) => `/collections/${encodeURIComponent(name)}`
  return {
    versionInfo: () => ask('GET', '/'),
    clusterStatus: () => result('GET', '/cluster'),
    collectionClusterInfo: (name) => result('GET', `${of(name)}/cluster`),
    getCollection: (name) => result('GET', of(name)),
    collectionExists: (name) => result('GET', `${of(name)}/exists`),
    createCollection: (name, params) => result('PUT', of(name), params),
    deleteCollection: (name) => result('DELETE', of(name)),
    updateCollectionAliases: (actions) => result('POST', '/collections/aliases', actions),
    createPayloadIndex: (name, { wait, ordering, timeout, ...index }) =>
      result('PUT', `${of(name)}/index`, index, { wait, ordering, timeout }),
    upsert: (name, { wait, ordering, timeout, ...points }) =>
      result('PUT', `${of(name)}/points`, points, { wait, ordering, timeout }),
    setPayload: (name, { wait, ordering, timeout, ...change }) =>
      result('POST', `${of(name)}/points/payload`, change, { wait, ordering, timeout }),
    delete: (name, { wait, ordering, timeout, ...which }) =>
      result('POST', `${of(name)}/points/delete`, which, { wait, ordering, timeout }),
    retrieve: (name, which) => result('POST', `${of(name)}/points`, which),
    scroll: (name, which) =>
      result('POST', `${of(name)}/points/scroll`, { with_vector: false, ...which }),
    count: (name, which) => result('POST', `${of(name)}/points/count`, which),
    queryBatch: (name, searches) => result('POST', `${of(name)}/points/query/batch`, searches),
  }
}

const QDRANT_PORT = 6333
const HTTPS_PORT = 443

/** Which host and port an address means: of https without a port that of https, as everywhere; else Qdrant's own. */
export function hostAndPortOf(url: string): string {
  const { protocol, hostname, port } = new URL(url)
  // A URL takes these for no port.
  const standard = /^https?:\/\/[^/]*:(80|443)(?:\/|$)/u.exec(url)?.[1]
  const meant = protocol === 'https:' ? HTTPS_PORT : QDRANT_PORT
  return `${hostname}:${port || standard || meant}`
}

/** Where the interface is. */
export function baseOf(url: string): string {
  const { protocol, pathname } = new URL(url)
  return `${protocol}//${hostAndPortOf(url)}${pathname.replace(/\/+$/u, '')}`
}
