/** The Qdrant of the settings: its version, what is in it and how it is. */
import { join } from 'node:path'
import type { Schemas } from '@qdrant/js-client-rest'
import { z } from 'zod'
import { BodyTooLongError } from '../../bounded-fetch.ts'
import { chinaToday } from '../../china-time.ts'
import type { Config } from '../../config.ts'
import { codeOf } from '../../endpoint/unreached.ts'
import {
  type Client,
  QdrantRefusal,
  createClient,
  hostAndPortOf,
} from '../../retrieval/qdrant/client.ts'
import { OLDEST } from '../../retrieval/qdrant/collections.ts'
import { isMissing } from '../../retrieval/qdrant/failure.ts'
import { is, live } from '../../retrieval/qdrant/filters.ts'
import {
  META_ID,
  Meta,
  PAYLOAD_INDEXES,
  collectionName,
  layoutFor,
  sameLayout,
  shapeProblem,
} from '../../retrieval/qdrant/layout.ts'
import { scroll } from '../../retrieval/qdrant/scroll.ts'
import type { Ask } from '../../retrieval/qdrant/server.ts'
import { keptLength } from '../../retrieval/vector-store.ts'
import type { Check, Finding } from './check.ts'
import { stale } from './index-check.ts'
import { SAY } from './say.ts'

const { qdrant: SAID } = SAY

/** What the contract suite last ran against; nobody knows what is newer. */
const TRIED = { major: 1, minor: 18 }

export const qdrant: Check = {
  name: 'Qdrant',
  asks: true,
  async look({ patient: { config }, seconds, signal }) {
    const { QDRANT_URL: urls = [], QDRANT_API_KEY: apiKey } = config
    const nodes = await Promise.all(
      urls.map(async (url) => {
        const client = createClient({ url, apiKey, timeoutMs: seconds * 1_000 })
        const host = hostAndPortOf(url)
        const said = await client.versionInfo().catch(toError)
        return { client, host, said }
      }),
    )
    const findings = nodes.map(({ host, said }) =>
      said instanceof Error ? failure(said, host) : judgeVersion(said.version, host),
    )
    const node = nodes.find(({ said }) => !(said instanceof Error))
    if (!node) return findings
    try {
      // It says its version to whoever asks, all else with the key alone.
      findings.push(...(await cluster(node.client)))
      findings.push(...(await collection(node.client, config, signal)))
    } catch (error) {
      findings.push(failure(error, node.host))
    }
    return findings
  },
}

const toError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

export function judgeVersion(version: string, host: string): Finding {
  const [, major, minor] = /^(\d+)\.(\d+)/u.exec(version) ?? []
  if (major === undefined) return SAID.other(host)
  const number = ({ major: a, minor: b }: typeof TRIED) => a * 1_000 + b
  const said = ({ major: a, minor: b }: typeof TRIED) => `${a}.${b}`
  const found = number({ major: Number(major), minor: Number(minor) })
  if (found < number(OLDEST)) return SAID.old(version, said(OLDEST))
  return found > number(TRIED) ? SAID.untried(version, said(TRIED)) : SAID.version(version, host)
}

async function cluster(client: Client): Promise<Finding[]> {
  const status = await client.clusterStatus()
  if (status.status === 'disabled') return [SAID.alone()]
  const { peers, raft_info: raft, message_send_failures: failures } = status
  const silent = Object.keys(failures).map((address) => `${URL.parse(address)?.host} 没有回答`)
  const wrong = [...(raft.leader ? [] : ['没有选出主节点']), ...silent]
  return [
    wrong.length > 0 ? SAID.clusterIll(wrong.join('，')) : SAID.cluster(Object.keys(peers).length),
  ]
}

async function collection(client: Client, config: Config, signal: AbortSignal): Promise<Finding[]> {
  const alias = config.QDRANT_COLLECTION
  const wanted = layoutOf(config)
  const found =
    (await pointOf(client, alias)) ?? (await pointOf(client, collectionName(alias, wanted)))
  if (found === undefined) {
    const isThere = await unlessMissing(client.getCollection(alias))
    return [isThere ? SAID.foreign(alias) : SAID.none(alias)]
  }
  const { success, data: meta } = Meta.safeParse(found.payload)
  if (!success) return [SAID.otherVersion(alias)]
  const info = await client.getCollection(meta.name)
  const problem = shapeProblem(info, meta.layout)
  if (problem) return [SAID.shape(meta.name, problem)]
  return [
    ...(await filling(client, meta, signal)),
    ...indexed(meta.name, info),
    ...(sameLayout(meta.layout, wanted) ? [] : [SAID.behind(meta.name)]),
    health(info),
    ...limits(info),
    ...(await shards(client, meta.name)),
  ]
}

/** The vectors that the settings ask for, as long as they are known to be. */
function layoutOf({ EMBEDDING_MODEL: model, EMBEDDING_DIMENSIONS, WENCE_DATA_DIR }: Config) {
  const dimensions =
    EMBEDDING_DIMENSIONS ?? (model && keptLength(join(WENCE_DATA_DIR, 'vectors.sqlite'), { model }))
  return layoutFor(model && dimensions ? { model, dimensions } : undefined)
}

async function pointOf(client: Client, name: string) {
  return (await unlessMissing(client.retrieve(name, { ids: [META_ID], with_payload: true })))?.[0]
}

/** An index of 100,000 articles is counted through in a few seconds: of each its date alone is fetched. */
async function filling(
  client: Client,
  { name, generation }: Meta,
  signal: AbortSignal,
): Promise<Finding[]> {
  // What scrolls looks at the cause, and asks for fewer where a server allows no more.
  const ask: Ask = (request) =>
    request(client).catch((error: unknown) => {
      throw new PageError('No page of points came', { cause: error })
    })
  const articles = live(generation, is('type', 'article'))
  const today = chinaToday()
  let [count, newest] = [0, '']
  for await (const { payload } of scroll(ask, name, articles, ['article.date.value'])) {
    const date = Dated.safeParse(payload).data?.article.date.value ?? ''
    count++
    // One that is still to come was misprinted.
    if (date > newest && date <= today) newest = date
    if (signal.aborted) return [SAID.uncounted(name, count)]
  }
  if (count === 0) return [SAID.none(name)]
  return [SAID.filled(name, count, newest || '没有日期'), ...stale(newest)]
}

class PageError extends Error {}

const Dated = z.object({
  article: z.object({ date: z.object({ value: z.string().nullable() }) }),
})

/** What is filtered by and has no index is slow, and refused in strict mode. */
function indexed(name: string, { payload_schema: schema }: Schemas['CollectionInfo']): Finding[] {
  const missing = Object.keys(PAYLOAD_INDEXES).filter((field) => !(field in schema))
  return missing.length > 0 ? [SAID.shape(name, `没有 ${missing.join('、')} 的索引`)] : []
}

function health({ status, optimizer_status: optimizer }: Schemas['CollectionInfo']): Finding {
  if (status !== 'red' && typeof optimizer !== 'object') return SAID[status]()
  return SAID.red(typeof optimizer === 'object' ? `：${optimizer.error}` : '')
}

/** What a server in strict mode does not do. */
function limits({ config: { strict_mode_config: strict } }: Schemas['CollectionInfo']): Finding[] {
  if (!strict?.enabled) return []
  const { enabled: _, ...others } = strict
  const set = Object.entries(others).filter(([, limit]) => limit !== null && limit !== undefined)
  return [SAID.limits(set.map(([name, limit]) => `${name}=${JSON.stringify(limit)}`).join('、'))]
}

async function shards(client: Client, name: string): Promise<Finding[]> {
  const { local_shards: local, remote_shards: remote } = await client.collectionClusterInfo(name)
  const states = [...local, ...remote].map(({ state }) => state)
  const bad = states.filter((state) => state !== 'Active')
  return bad.length > 0 ? [SAID.shards(bad.length, [...new Set(bad)].join('、'))] : []
}

async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

function failure(thrown: unknown, host: string): Finding {
  const error = thrown instanceof PageError ? thrown.cause : thrown
  if (error instanceof QdrantRefusal) {
    if (error.status === 401 || error.status === 403) return SAID.key(host)
    return SAID.refused(host, error.status)
  }
  if (error instanceof SyntaxError || error instanceof BodyTooLongError) return SAID.other(host)
  if (error instanceof DOMException && error.name === 'TimeoutError') return SAID.slow(host)
  if (!(error instanceof TypeError)) throw error
  const code = codeOf(error)
  return SAID.unreached(host, code ? `（${code}）` : '')
}
