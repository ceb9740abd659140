/** The collections behind one alias: read, made, exchanged and cleared away. */
import { randomUUID } from 'node:crypto'
import { isMissing } from './failure.ts'
import {
  collectionName,
  collectionParams,
  isCollectionOf,
  type Layout,
  Meta,
  META_ID,
  PAYLOAD_INDEXES,
  shapeProblem,
} from './layout.ts'
import type { Server } from './server.ts'

/** Older servers have no Query API and no idf. */
const OLDEST = { major: 1, minor: 10 }

/**
 * Which version answers.
 * @throws Error when none does, or one that is too old.
 */
export async function checkVersion(server: Server): Promise<{ major: number; minor: number }> {
  const { version } = await server.read((client) => client.versionInfo())
  const [, major, minor] = /^(\d+)\.(\d+)/u.exec(version) ?? []
  if (major === undefined) throw new Error(`No Qdrant answers at ${server.host}; check QDRANT_URL.`)
  const found = { major: Number(major), minor: Number(minor) }
  if (found.major > OLDEST.major || (found.major === OLDEST.major && found.minor >= OLDEST.minor))
    return found
  throw new Error(
    `Qdrant ${version} at ${server.host} is too old: 1.10 or newer is needed, for the Query API.`,
  )
}

/**
 * What stands behind a name, a collection's or an alias; undefined when nothing does, or when it was
 * not finished.
 * @throws Error when it is a collection of somebody else's, or not as it says it is.
 */
export async function readMeta(server: Server, name: string): Promise<Meta | undefined> {
  const found = await unlessMissing(
    server.read((client) => client.retrieve(name, { ids: [META_ID], with_payload: true })),
  )
  if (!found?.[0]) return undefined
  const parsed = Meta.safeParse(found[0].payload)
  if (parsed.success) return parsed.data
  throw new Error(
    `Collection ${name} on ${server.host} was made by another version of this program; ingest into another QDRANT_COLLECTION.`,
  )
}

/** @throws Error when a collection is not as it says it is: somebody made it anew or changed it. */
export async function checkShape(server: Server, { name, layout }: Meta): Promise<void> {
  const problem = shapeProblem(await server.read((client) => client.getCollection(name)), layout)
  if (problem)
    throw new Error(
      `Collection ${name} on ${server.host} ${problem}; delete it and ingest again, or choose another QDRANT_COLLECTION.`,
    )
}

/** @throws Error when a collection has the alias's own name, which then cannot be an alias. */
export async function refuseForeign(server: Server, alias: string): Promise<void> {
  const info = await unlessMissing(server.read((client) => client.getCollection(alias)))
  if (info)
    throw new Error(
      `${alias} on ${server.host} is a collection that this program did not make; choose another QDRANT_COLLECTION.`,
    )
}

export interface CollectionSettings {
  readonly shards: number
  readonly replication: number
}

/** Makes a collection, or finishes one that was begun; its own point comes last and says that it is whole. */
export async function makeCollection(
  server: Server,
  alias: string,
  layout: Layout,
  settings: CollectionSettings,
  identity: string = randomUUID(),
): Promise<Meta> {
  const name = collectionName(alias, layout)
  const { exists } = await server.write((client) => client.collectionExists(name))
  if (!exists)
    await server.write((client) =>
      client.createCollection(name, collectionParams(layout, settings)),
    )
  for (const [field_name, field_schema] of Object.entries(PAYLOAD_INDEXES)) {
    await server.write((client) =>
      client.createPayloadIndex(name, { field_name, field_schema, wait: true }),
    )
  }
  const meta: Meta = {
    type: 'meta',
    name,
    identity,
    generation: 0,
    layout,
    writer: null,
    retired: null,
  }
  await server.write((client) =>
    client.upsert(name, { wait: true, points: [{ id: META_ID, vector: {}, payload: meta }] }),
  )
  return meta
}

/** Changes what a collection says of itself. */
export async function setMeta(
  server: Server,
  name: string,
  change: Partial<Pick<Meta, 'generation' | 'writer' | 'retired'>>,
): Promise<void> {
  await server.write((client) =>
    client.setPayload(name, { wait: true, ordering: 'medium', payload: change, points: [META_ID] }),
  )
}

/** Lets the alias stand for a collection from one moment to the next; `before` is what it stood for. */
export async function pointAlias(
  server: Server,
  alias: string,
  { name }: Meta,
  before: Meta | undefined,
  nowMs: number,
): Promise<void> {
  const remove = before ? [{ delete_alias: { alias_name: alias } }] : []
  await server.write((client) =>
    client.updateCollectionAliases({
      actions: [...remove, { create_alias: { collection_name: name, alias_name: alias } }],
    }),
  )
  if (before) await setMeta(server, before.name, { retired: nowMs })
}

/** Deletes collections behind the alias that were replaced so long ago that nobody reads them now. */
export async function dropRetired(
  server: Server,
  alias: string,
  keep: readonly string[],
  beforeMs: number,
): Promise<void> {
  const { collections } = await server.write((client) => client.getCollections())
  for (const { name } of collections) {
    if (keep.includes(name) || !isCollectionOf(alias, name)) continue
    const meta = await readMeta(server, name)
    if (meta?.retired && meta.retired < beforeMs)
      await server.write((client) => client.deleteCollection(name))
  }
}

async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Error && isMissing(error.cause)) return undefined
    throw error
  }
}
