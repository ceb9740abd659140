/** The reading side of the Qdrant index: every request says which generation it sees. */
import type { Schemas } from '@qdrant/js-client-rest'
import type { Article, Passage } from '../../corpus.ts'
import { mapConcurrently } from '../map-concurrently.ts'
import type { Frequencies, Hit, IndexQuery } from '../passage-index.ts'
import { asMany } from './as-many.ts'
import { is, live, searched } from './filters.ts'
import type { Layout, Meta } from './layout.ts'
import { articleIn, passageIn } from './points.ts'
import { scroll } from './scroll.ts'
import type { Server } from './server.ts'
import type { Serving } from './serving.ts'
import { queryVector, termIndex } from './sparse-vector.ts'

/** How far down each ranking fusion looks, at least. */
const FUSION_DEPTH = 100
const ARTICLES_AT_ONCE = 64
const COUNTS_AT_ONCE = 8
const KNOWN_COUNTS = 50_000
/**
 * The paper's 60 (Cormack et al. 2009), which Qdrant, counting ranks from 0, calls 61. Its own
 * default of 2 lets the first of one ranking win over what both agree on.
 */
const RRF_K = 61
const DEFAULT_K = 2

export interface QdrantReader {
  search(query: IndexQuery, limit: number): Promise<Hit[]>
  frequencies(terms: readonly string[]): Promise<Frequencies>
  passages(articleId: string): Promise<Passage[]>
  articleIds(): Promise<string[]>
  articles(): AsyncIterable<Article>
  article(id: string): Promise<Article | undefined>
}

export interface ReaderDeps {
  readonly server: Server
  readonly serving: Serving
  /** Whether the server takes a constant for fusion, since 1.16. */
  readonly takesRrfK: () => boolean
  /** What vectors questions come with; those of another model are not compared. */
  readonly layout: Layout
}

export function createReader({ server, serving, takesRrfK, layout }: ReaderDeps): QdrantReader {
  let counted = { at: '', counts: new Map<string, number>() }

  return { search, frequencies, passages, articleIds, articles, article }

  async function search(query: IndexQuery, limit: number): Promise<Hit[]> {
    const meta = await serving.current()
    return asMany(Math.max(limit, FUSION_DEPTH), async (depth) => {
      const { request, part, scale = 1 } = toRequest(query, Math.min(limit, depth), depth, meta)
      if (!request) return []
      const { points } = await server.read((client) => client.query(meta.name, request))
      return points
        .map(({ score, payload }) => ({
          score: score * scale,
          parts: { [part]: score * scale },
          passage: passageIn(payload),
        }))
        .toSorted((a, b) => b.score - a.score || (a.passage.id < b.passage.id ? -1 : 1))
    })
  }

  /** One round trip: both sides are prefetched and fused, one alone is asked for as it is. */
  function toRequest(
    { terms, vector, filter: given }: IndexQuery,
    limit: number,
    depth: number,
    meta: Meta,
  ) {
    const filter = searched(meta.generation, given)
    const sparse = terms.length > 0 && { query: queryVector(terms), using: 'sparse', filter }
    const compares = meta.layout.model === layout.model && vector?.length === meta.layout.dimensions
    const dense = vector && compares && { query: Array.from(vector), using: 'dense', filter }
    const wanted = { limit, with_payload: ['passage'] }
    if (sparse && dense) {
      const request: Schemas['QueryRequest'] = {
        prefetch: [dense, sparse].map((side) => ({ ...side, limit: depth })),
        query: takesRrfK() ? { rrf: { k: RRF_K } } : { fusion: 'rrf' },
        ...wanted,
      }
      // The first place in both is worth the same, whichever constant made it.
      return { request, part: 'rrf', scale: takesRrfK() ? 1 : DEFAULT_K / RRF_K }
    }
    if (sparse) return { request: { ...sparse, ...wanted }, part: 'bm25' }
    if (dense) return { request: { ...dense, ...wanted }, part: 'dense' }
    return { part: 'none' }
  }

  async function frequencies(terms: readonly string[]): Promise<Frequencies> {
    const meta = await serving.current()
    const at = `${meta.identity} ${meta.generation}`
    if (counted.at !== at || counted.counts.size > KNOWN_COUNTS) counted = { at, counts: new Map() }
    const { counts } = counted
    const count = async (key: string, filter: Schemas['Filter']) => {
      if (counts.has(key)) return
      const found = await server.read((client) => client.count(meta.name, { filter, exact: true }))
      counts.set(key, found.count)
    }
    await mapConcurrently(['', ...new Set(terms)], COUNTS_AT_ONCE, (term) =>
      count(
        term,
        live(meta.generation, term ? is('terms', termIndex(term)) : is('type', 'passage')),
      ),
    )
    return {
      passages: counts.get('')!,
      of: new Map(terms.map((term) => [term, counts.get(term)!])),
    }
  }

  async function passages(articleId: string): Promise<Passage[]> {
    const meta = await serving.current()
    const conditions = [is('type', 'passage'), is('articleId', articleId)]
    const found: Passage[] = []
    for await (const { payload } of pointsOf(meta, conditions, ['passage']))
      found.push(passageIn(payload))
    return found.toSorted((a, b) => a.n - b.n)
  }

  async function articleIds(): Promise<string[]> {
    const meta = await serving.current()
    if (!meta) return []
    const ids: string[] = []
    for await (const { payload } of pointsOf(meta, [is('type', 'article')], ['articleId']))
      ids.push(String(payload?.['articleId']))
    return ids
  }

  /** Qdrant orders by numbers alone, so the order is made here, of names and places only. */
  async function* articles(): AsyncGenerator<Article> {
    const meta = await serving.current()
    const listed: { id: string | number; source: string; n: number }[] = []
    for await (const { id, payload } of pointsOf(meta, [is('type', 'article')], ['source', 'n']))
      listed.push({ id, source: String(payload?.['source']), n: Number(payload?.['n']) })
    const ids = listed
      .toSorted((a, b) => compare(a.source, b.source) || a.n - b.n)
      .map(({ id }) => id)
    for (let i = 0; i < ids.length; i += ARTICLES_AT_ONCE) {
      const some = ids.slice(i, i + ARTICLES_AT_ONCE)
      const records = await server.read((client) =>
        client.retrieve(meta.name, { ids: some, with_payload: ['article'] }),
      )
      const byId = new Map(records.map((record) => [record.id, record]))
      for (const id of some) {
        const record = byId.get(id)
        if (record) yield articleIn(record.payload)
      }
    }
  }

  async function article(id: string): Promise<Article | undefined> {
    const meta = await serving.current()
    const conditions = [is('type', 'article'), is('articleId', id)]
    for await (const { payload } of pointsOf(meta, conditions, ['article']))
      return articleIn(payload)
    return undefined
  }

  function pointsOf(
    { name, generation }: Meta,
    conditions: readonly Schemas['FieldCondition'][],
    fields: string[],
  ) {
    return scroll(server.read, name, live(generation, ...conditions), fields)
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
