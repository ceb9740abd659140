/**
 * The index of production: one collection in Qdrant with dense and sparse vectors, behind an alias.
 * See docs/decisions/0004-qdrant-collection.md for what is in it and how it changes.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { IndexUnavailableError } from './index-unavailable.ts'
import { oneAtATime } from './one-at-a-time.ts'
import type { PassageIndex } from './passage-index.ts'
import { checkVersion } from './qdrant/collections.ts'
import { collectionName, type Layout, layoutFor, sameLayout } from './qdrant/layout.ts'
import { createReader } from './qdrant/reader.ts'
import { createServer, type ServerSettings } from './qdrant/server.ts'
import { createServing } from './qdrant/serving.ts'
import { createWriter } from './qdrant/writer.ts'
import { clock } from '../clock.ts'

export interface QdrantSettings extends ServerSettings {
  /** The alias that is searched; collections behind it have its name and a fingerprint. */
  readonly collection: string
  /** Of collections that are made from now on. */
  readonly shards?: number
  readonly replication?: number
  /** The model whose vectors are put and searched, and their length; none for words alone. */
  readonly embedding?: { readonly model: string; readonly dimensions: number }
}

export interface QdrantDeps {
  /** Told in one sentence what works less well than it could, and what to do. */
  readonly onNotice?: (notice: string) => void
  readonly now?: () => number
  readonly sleep?: (ms: number) => Promise<unknown>
}

/**
 * Opens the index. A server that is down or slow is told of through `onNotice` and tried again with
 * every call, each of which then fails with an IndexUnavailableError; all errors are one sentence.
 * @throws Error when waiting does not help: a wrong key, a server that is too old, somebody else's collection.
 */
export async function openQdrantIndex(
  { collection: alias, shards = 1, replication = 1, embedding, ...settings }: QdrantSettings,
  { onNotice = () => {}, now, sleep = pause }: QdrantDeps = {},
): Promise<PassageIndex> {
  const server = createServer(settings)
  const layout = layoutFor(embedding)
  // How long ago something was looked up does not depend on what time it is.
  const serving = createServing(
    server,
    alias,
    collectionName(alias, layout),
    now ?? (() => performance.now()),
  )
  let checked = false
  const reader = createReader({ server, serving, layout })
  const writer = createWriter({
    server,
    serving,
    alias,
    layout,
    shards,
    replication,
    onNotice,
    now: now ?? clock.now,
    sleep,
  })
  const inTurn = oneAtATime()
  const ready = async () => {
    if (!checked) await checkVersion(server)
    checked = true
  }

  await noticeIfDown(async () => {
    await ready()
    const served = await serving.refresh()
    if (served && isBehind(served.layout, layout))
      onNotice(
        `索引 ${served.name} 是按另一个向量模型或旧分词建的，暂按词检索；请重新读入全部报纸，读全后自动启用新索引。`,
      )
  })

  return {
    identity: reading(() => writer.identity()),
    put: writing((source, articles, passages) => writer.put(source, [{ articles, passages }])),
    putBatches: writing((source, batches, before) => writer.put(source, batches, before)),
    remove: writing((sources) => writer.remove(sources)),
    setAlso: writing((articleId, also) => writer.setAlso(articleId, also)),
    search: reading((query, limit) => reader.search(query, limit)),
    passages: reading((articleId) => reader.passages(articleId)),
    state: reading(async () => {
      const meta = await serving.refresh()
      return meta ? `${meta.identity} ${meta.generation}` : ''
    }),
    size: reading(() => reader.size()),
    articleIds: reading(() => reader.articleIds()),
    async *articles() {
      await ready()
      yield* reader.articles()
    },
    article: reading((id) => reader.article(id)),
    close: () => inTurn(() => writer.close()),
  }

  function reading<A extends unknown[], R>(call: (...given: A) => Promise<R>) {
    return async (...given: A) => {
      await ready()
      return call(...given)
    }
  }

  function writing<A extends unknown[], R>(call: (...given: A) => Promise<R>) {
    return (...given: A) => inTurn(() => reading(call)(...given))
  }

  async function noticeIfDown(open: () => Promise<void>) {
    try {
      await open()
    } catch (error) {
      if (!(error instanceof IndexUnavailableError)) throw error
      onNotice(error.message)
    }
  }
}

/** Whether questions, as they come, find less in a collection than they could; without a model its vectors are not missed. */
function isBehind(served: Layout, wanted: Layout): boolean {
  return wanted.model === null ? served.tokens !== wanted.tokens : !sameLayout(served, wanted)
}
