/**
 * The writing side of the Qdrant index. A source's new points are written beside its old ones, for a
 * generation that is not there yet; the old ones are marked to end with the one that is. Then one
 * point, the collection's own, says that the new generation is there: whoever reads sees all of the
 * old or all of the new. What is over goes when nobody can be reading it any more.
 */
import { randomUUID } from 'node:crypto'
import type { Batch } from '../passage-index.ts'
import { inParts } from './as-many.ts'
import {
  addIndexes,
  type CollectionSettings,
  checkShape,
  makeCollection,
  pointAlias,
  readMeta,
  setMeta,
} from './collections.ts'
import { is, live, oneOf, overSince, uncommitted, wronglyOver } from './filters.ts'
import { collectionName, type Layout, type Meta } from './layout.ts'
import { FOREVER, type Point, pointsOf } from './points.ts'
import { scroll } from './scroll.ts'
import type { Server } from './server.ts'
import { GRACE_MS, type Serving } from './serving.ts'

/** Of one request: Qdrant takes 32 MB, and one article may have millions of characters. */
const MOST_POINTS = 64
const MOST_BYTES = 8 * 2 ** 20
/** How often who writes says so, and after how long of silence it is taken for dead. */
const HEARTBEAT_MS = 3_000
const SILENCE_MS = 10_000

export interface QdrantWriter {
  /** Of the collection that is written to, also when it is still to be made. */
  identity(): Promise<string>
  put(
    source: string,
    batches: AsyncIterable<Batch> | Iterable<Batch>,
    before?: readonly string[],
  ): Promise<void>
  remove(sources: readonly string[]): Promise<void>
  setAlso(articleId: string, also: readonly string[]): Promise<void>
  close(): Promise<void>
}

export interface WriterDeps extends CollectionSettings {
  readonly server: Server
  readonly serving: Serving
  readonly alias: string
  readonly layout: Layout
  readonly onNotice: (notice: string) => void
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<unknown>
}

/** What is written to, and what serves meanwhile where that is another collection. */
interface Session {
  readonly name: string
  meta: Meta
  beside: { readonly served: Meta; readonly missing: Set<string> } | undefined
}

/** Writes over a server; one call at a time. */
export function createWriter({
  server,
  serving,
  alias,
  layout,
  shards,
  replication,
  onNotice,
  now,
  sleep,
}: WriterDeps): QdrantWriter {
  const id = randomUUID()
  const pendingIdentity = randomUUID()
  const ourName = collectionName(alias, layout)
  let session: Session | undefined
  let clean = false
  let seen = 0
  /** A generation that was committed, and when: whoever sees an older one is done after a while. */
  let older = { generation: 0, committed: 0 }

  return { identity, put, remove, setAlso, close }

  async function identity() {
    if (session) return session.meta.identity
    const served = await serving.refresh()
    const ours = served?.name === ourName ? served : await readMeta(server, ourName)
    return ours?.identity ?? pendingIdentity
  }

  async function put(
    source: string,
    batches: AsyncIterable<Batch> | Iterable<Batch>,
    before: readonly string[] = [],
  ) {
    await change([...new Set([source, ...before])], async ({ name }, next) => {
      for await (const batch of batches) {
        refuseOthers(batch)
        for (const portion of portions(pointsOf(source, batch, next))) await upsert(name, portion)
      }
    })
  }

  async function remove(sources: readonly string[]) {
    if (sources.length === 0) return
    await change(sources, async () => {})
    const served = session?.beside?.served
    if (!served) return
    // What serves meanwhile must not go on showing it.
    const next = { generation: served.generation + 1, committed: now() }
    await end(served, sources, next.generation)
    await setMeta(server, served.name, next)
    serving.adopt({ ...served, ...next })
    session!.beside = { ...session!.beside!, served: { ...served, ...next } }
  }

  async function setAlso(articleId: string, also: readonly string[]) {
    const { meta, beside } = await begin()
    for (const { name, generation } of [meta, ...(beside ? [beside.served] : [])]) {
      await server.write((client) =>
        client.setPayload(name, {
          wait: true,
          ordering: 'medium',
          key: 'article',
          payload: { also: [...also] },
          filter: live(generation, is('type', 'article'), is('articleId', articleId)),
        }),
      )
    }
  }

  async function close() {
    if (!session) return
    const { name, beside } = session
    // Without this the others wait until it has been silent for long enough.
    await setMeta(server, name, { writer: null }).catch(() => {})
    if (!beside) return
    const some = [...beside.missing].slice(0, 3).join('、')
    onNotice(
      `新索引 ${name} 还缺 ${beside.missing.size} 个来源（${some}…），读入后才会启用；在此之前仍用旧索引 ${beside.served.name}。`,
    )
  }

  /** Does what belongs to one commit: new points, the end of the sources' old ones, the commit itself. */
  async function change(
    sources: readonly string[],
    write: (session: Session, next: number) => Promise<void>,
  ) {
    const current = await begin()
    const next = current.meta.generation + 1
    clean = false
    await beating(current, async () => {
      await write(current, next)
      await end(current.meta, sources, next)
    })
    seen = now()
    const committed = { generation: next, committed: seen }
    await setMeta(server, current.name, { ...committed, writer: { id, seen } })
    clean = true
    current.meta = { ...current.meta, ...committed }
    if (!current.beside) serving.adopt(current.meta)
    for (const source of sources) current.beside?.missing.delete(source)
    await takeOver(current)
    await purge(current)
  }

  /** Finds or makes the collection, and clears away what a run that was killed has left. */
  async function begin(): Promise<Session> {
    if (session && now() - seen > SILENCE_MS) {
      // Others may have written since.
      session = undefined
      clean = false
    }
    session ??= await open()
    if (!clean) {
      const { name, meta } = session
      const { generation } = meta
      await server.write((client) =>
        client.delete(name, { wait: true, ordering: 'medium', filter: uncommitted(generation) }),
      )
      await server.write((client) =>
        client.setPayload(name, {
          wait: true,
          ordering: 'medium',
          payload: { until: FOREVER },
          filter: wronglyOver(generation),
        }),
      )
      clean = true
    }
    return session
  }

  async function open(): Promise<Session> {
    const served = await serving.aliased()
    const found = served?.name === ourName ? served : await readMeta(server, ourName)
    const meta = found
      ? await afterOthers(found)
      : {
          type: 'meta' as const,
          name: ourName,
          identity: pendingIdentity,
          generation: 0,
          committed: now(),
          layout,
        }
    if (found) await addIndexes(server, ourName, await checkShape(server, meta))
    else await makeCollection(server, meta, { shards, replication })
    await setMeta(server, ourName, { writer: { id, seen: now() } })
    seen = now()
    older = meta
    if (!served) await pointAlias(server, alias, meta)
    if (!served || served.name === ourName) {
      serving.adopt(meta)
      return { name: ourName, meta, beside: undefined }
    }
    const held = await sourcesOf(meta)
    const missing = new Set([...(await sourcesOf(served))].filter((source) => !held.has(source)))
    return { name: ourName, meta, beside: { served, missing } }
  }

  /** Waits for another writer that was killed; one that lives is not waited for. */
  async function afterOthers(found: Meta): Promise<Meta> {
    let meta = found
    while (meta.writer && meta.writer.id !== id && now() - meta.writer.seen < SILENCE_MS) {
      if (meta.writer.seen !== found.writer?.seen)
        throw new Error(
          `Another ingest is writing to ${ourName} on ${server.host}; wait until it is done.`,
        )
      if (meta === found) onNotice(`${ourName} 正由另一个读入任务写入，等它结束…`)
      await sleep(1_000)
      meta = (await readMeta(server, ourName)) ?? { ...meta, writer: null }
    }
    return meta
  }

  /** Before anything is written. */
  function refuseOthers({ vectors = [] }: Batch) {
    const other = vectors.find((vector) => vector && vector.length !== layout.dimensions)
    if (other)
      throw new Error(
        `A vector of ${other.length} numbers does not fit ${ourName}, which has ${layout.dimensions ?? 'none'}; check EMBEDDING_MODEL and EMBEDDING_DIMENSIONS.`,
      )
  }

  async function upsert(name: string, points: readonly Point[]) {
    await inParts('upsert limit', points, async (part) => {
      await server.write((client) =>
        client.upsert(name, { wait: true, ordering: 'medium', points: [...part] }),
      )
      return []
    })
  }

  async function end({ name, generation }: Meta, sources: readonly string[], next: number) {
    await server.write((client) =>
      client.setPayload(name, {
        wait: true,
        ordering: 'medium',
        payload: { until: next },
        filter: live(generation, oneOf('source', sources)),
      }),
    )
  }

  /** Embedding may take its time between two writes; the others are to know that this one lives. */
  async function beating({ name }: Session, work: () => Promise<void>) {
    const beat = setInterval(() => {
      seen = now()
      setMeta(server, name, { writer: { id, seen } }).catch(() => {})
    }, HEARTBEAT_MS)
    try {
      await work()
    } finally {
      clearInterval(beat)
    }
  }

  /** The new collection serves as soon as it holds every source that the old one does. */
  async function takeOver(current: Session) {
    const { meta, beside } = current
    if (!beside || beside.missing.size > 0) return
    await pointAlias(server, alias, meta, beside.served)
    serving.adopt(meta)
    current.beside = undefined
  }

  /** Deletes what ended so long ago that nobody can be reading it any more. */
  async function purge({ name, meta }: Session) {
    if (now() - older.committed < GRACE_MS) return
    const filter = overSince(older.generation)
    older = meta
    await server.write((client) => client.delete(name, { wait: true, ordering: 'medium', filter }))
  }

  async function sourcesOf({ name, generation }: Meta): Promise<Set<string>> {
    const sources = new Set<string>()
    const articles = live(generation, is('type', 'article'))
    for await (const { payload } of scroll(server.write, name, articles, ['source']))
      sources.add(String(payload?.['source']))
    return sources
  }
}

function* portions(points: readonly Point[]): Generator<Point[]> {
  let portion: Point[] = []
  let bytes = 0
  for (const point of points) {
    const its = Buffer.byteLength(JSON.stringify(point))
    if (portion.length === MOST_POINTS || (portion.length > 0 && bytes + its > MOST_BYTES)) {
      yield portion
      portion = []
      bytes = 0
    }
    portion.push(point)
    bytes += its
  }
  if (portion.length > 0) yield portion
}
