/** How a collection is laid out, and the one point in it that says so. */
import { createHash } from 'node:crypto'
import type { Schemas } from '@qdrant/js-client-rest'
import { z } from 'zod'
import { TOKENS_VERSION } from '../tokens.ts'

/** Bumped whenever points are written otherwise. */
const SCHEMA_VERSION = 2

/** What cannot change within a collection: vectors of two models, or terms of two kinds, do not compare. */
export const Layout = z.object({
  schema: z.int(),
  tokens: z.int(),
  model: z.string().nullable(),
  dimensions: z.int().nullable(),
})
export type Layout = z.infer<typeof Layout>

/**
 * A collection's own point, which every later version must be able to read. `generation` counts what was committed; readers see
 * what is not newer.
 */
export const Meta = z.object({
  type: z.literal('meta'),
  name: z.string(),
  identity: z.string(),
  generation: z.int().nonnegative(),
  /** When, in ms. */
  committed: z.number(),
  layout: Layout,
  /** Who writes just now, and when it last said so, in ms. Qdrant drops a field that is set to null. */
  writer: z.object({ id: z.string(), seen: z.number() }).nullish(),
})
export type Meta = z.infer<typeof Meta>

export const META_ID = '00000000-0000-8000-8000-000000000000'

export function layoutFor(embedding?: { model: string; dimensions: number }): Layout {
  return {
    schema: SCHEMA_VERSION,
    tokens: TOKENS_VERSION,
    model: embedding?.model ?? null,
    dimensions: embedding?.dimensions ?? null,
  }
}

export const sameLayout = (a: Layout, b: Layout) => fingerprint(a) === fingerprint(b)

/** Collections beside each other behind one alias: each layout has one name. */
export const collectionName = (alias: string, layout: Layout) => `${alias}-${fingerprint(layout)}`

function fingerprint({ schema, tokens, model, dimensions }: Layout): string {
  const text = JSON.stringify([schema, tokens, model, dimensions])
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

/** A collection of this layout, as Qdrant is asked to make it. */
export function collectionParams(
  { dimensions }: Layout,
  { shards, replication }: { readonly shards: number; readonly replication: number },
): Schemas['CreateCollection'] {
  return {
    vectors: dimensions === null ? {} : { dense: { size: dimensions, distance: 'Cosine' } },
    sparse_vectors: { passage: { modifier: 'idf' }, article: { modifier: 'idf' } },
    shard_number: shards,
    replication_factor: replication,
  }
}

const compared = { type: 'integer', lookup: false, range: true } as const

/** What is filtered by. */
export const PAYLOAD_INDEXES: Readonly<Record<string, Schemas['PayloadFieldSchema']>> = {
  type: 'keyword',
  source: 'keyword',
  articleId: 'keyword',
  from: compared,
  until: compared,
}

/** What is wrong with a collection, as a sentence's end; undefined when it is as its layout says. */
export function shapeProblem(info: Schemas['CollectionInfo'], layout: Layout): string | undefined {
  const { vectors, sparse_vectors: sparse } = info.config.params
  for (const name of ['passage', 'article'])
    if (sparse?.[name]?.modifier !== 'idf') return `has no sparse vector "${name}" with idf`
  const size = sizeOf(vectors)
  if (size === (layout.dimensions ?? undefined)) return undefined
  return `has vectors of ${size ?? 'no'} numbers where ${layout.dimensions ?? 'none'} are expected`
}

function sizeOf(vectors: Schemas['VectorsConfig'] | undefined): number | undefined {
  if (!vectors || !('dense' in vectors)) return undefined
  const { dense } = vectors
  return typeof dense === 'object' && 'size' in dense ? dense.size : undefined
}
