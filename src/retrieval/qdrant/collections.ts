/** The collections behind one alias: read, made and exchanged. */
import type { Schemas } from '@qdrant/js-client-rest'
import { isMissing } from './failure.ts'
import { collectionParams, Meta, META_ID, PAYLOAD_INDEXES, shapeProblem } from './layout.ts'
import { ONCE } from './searches.ts'
import type { Server } from './server.ts'

type Info = Schemas['CollectionInfo']

/** Older servers have no Query API and no idf. */
export const OLDEST = { major: 1, minor: 10 }

/** @throws Error when no Qdrant answers, or one that is too old. */
export async function checkVersion(server: Server): Promise<void> {
  const { version } = await server.read((client) => client.versionInfo())
  const [, major, minor] = /^(\d+)\.(\d+)/u.exec(version)?.map(Number) ?? []
  if (major === undefined || minor === undefined)
    throw new Error(`No Qdrant answers at ${server.host}; check QDRANT_URL.`)
  if (major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor))
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

/**
 * How a collection is made.
 * @throws Error when that is not as it says: somebody made it anew or changed it.
 */
export async function checkShape(server: Server, { name, layout }: Meta): Promise<Info> {
  const info = await server.read((client) => client.getCollection(name))
  const problem = shapeProblem(info, layout)
  if (!problem) return info
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
  meta: Meta,
  settings: CollectionSettings,
): Promise<void> {
  const { name, layout } = meta
  const { exists } = await server.write((client) => client.collectionExists(name))
  if (!exists)
    await server.write((client) =>
      client.createCollection(name, collectionParams(layout, settings)),
    )
  await addIndexes(server, name, await checkShape(server, meta))
  const vector = { passage: { indices: [ONCE], values: [1] } }
  await server.write((client) =>
    client.upsert(name, { wait: true, points: [{ id: META_ID, vector, payload: { ...meta } }] }),
  )
}

/** Adds the payload indexes that a collection has not. */
export async function addIndexes(server: Server, name: string, { payload_schema }: Info) {
  for (const [field_name, field_schema] of Object.entries(PAYLOAD_INDEXES)) {
    if (field_name in payload_schema) continue
    await server.write((client) =>
      client.createPayloadIndex(name, { field_name, field_schema, wait: true }),
    )
  }
}

/** Changes what a collection says of itself. */
export async function setMeta(
  server: Server,
  name: string,
  change: Partial<Pick<Meta, 'generation' | 'committed' | 'writer'>>,
): Promise<void> {
  await server.write((client) =>
    client.setPayload(name, { wait: true, ordering: 'medium', payload: change, points: [META_ID] }),
  )
}

/** Lets the alias stand for a collection from one moment to the next, and drops what it stood for. */
export async function pointAlias(
  server: Server,
  alias: string,
  { name }: Meta,
  before?: Meta,
): Promise<void> {
  const remove = before ? [{ delete_alias: { alias_name: alias } }] : []
  await server.write((client) =>
    client.updateCollectionAliases({
      actions: [...remove, { create_alias: { collection_name: name, alias_name: alias } }],
    }),
  )
  if (before) await server.write((client) => client.deleteCollection(before.name))
}

async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Error && isMissing(error.cause)) return undefined
    throw error
  }
}
