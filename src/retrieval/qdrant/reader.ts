/** The reading side of the Qdrant index: every request says which generation it sees. */
import type { Schemas } from '@qdrant/js-client-rest'
import type { Article, Passage } from '../../corpus.ts'
import type { Found, IndexQuery } from '../passage-index.ts'
import { asMany, inParts } from './as-many.ts'
import { isMissing } from './failure.ts'
import { is, live, oneOf } from './filters.ts'
import type { Layout, Meta } from './layout.ts'
import { articleIn, passageIn } from './points.ts'
import { scroll } from './scroll.ts'
import { foundIn, searchesOf } from './searches.ts'
import type { Server } from './server.ts'
import type { Serving } from './serving.ts'
import { together } from './together.ts'

/** How far down each ranking is looked at, at least. */
const DEPTH = 100
const ARTICLES_AT_ONCE = 64

type PointId = Schemas['ExtendedPointId']

export interface QdrantReader {
  search(query: IndexQuery, limit: number): Promise<Found>
  passages(articleId: string): Promise<Passage[]>
  size(): Promise<number>
  articleIds(): Promise<string[]>
  articles(): AsyncIterable<Article>
  article(id: string): Promise<Article | undefined>
}

export interface ReaderDeps {
  readonly server: Server
  readonly serving: Serving
  /** What vectors questions come with; those of another model are not compared. */
  readonly layout: Layout
}

export function createReader({ server, serving, layout }: ReaderDeps): QdrantReader {
  const passagesOf = together(async (ids) => {
    const found = (await pointsOf('passage', ids)).map(({ payload }) => passageIn(payload))
    return Map.groupBy(found, ({ articleId }) => articleId)
  })
  const article = together(async (ids) => {
    const found = (await pointsOf('article', ids)).map(({ payload }) => articleIn(payload))
    return new Map(found.map((one) => [one.id, one]))
  })

  let ordered:
    | { readonly identity: string; readonly generation: number; readonly ids: readonly PointId[] }
    | undefined

  return { search, passages, size, articleIds, articles, article }

  async function search(query: IndexQuery, limit: number): Promise<Found> {
    return served(async ({ name, generation, layout: { model, dimensions } }) => {
      const { vector, ...byWords } = query
      const compares = model === layout.model && vector?.length === dimensions
      const asked = compares ? query : byWords
      const answers = await asMany('limit', Math.max(limit, DEPTH), (depth) =>
        inParts('search batch size', searchesOf(asked, depth, generation), async (searches) => {
          const given = await server.read((client) =>
            client.queryBatch(name, { searches: [...searches] }),
          )
          return given.map(({ points: scored }) => scored)
        }),
      )
      return foundIn(answers, asked, limit)
    })
  }

  async function passages(articleId: string): Promise<Passage[]> {
    return ((await passagesOf(articleId)) ?? []).toSorted((a, b) => a.n - b.n)
  }

  async function size(): Promise<number> {
    return served(async ({ name, generation }) => {
      const filter = live(generation, is('type', 'passage'))
      return (await server.read((client) => client.count(name, { filter, exact: true }))).count
    })
  }

  async function articleIds(): Promise<string[]> {
    const found = await points([is('type', 'article')], ['articleId'])
    return found.map(({ payload }) => String(payload?.['articleId']))
  }

  /** Once the first were read, a collection that is gone is an error: what took its place has other points. */
  async function* articles(): AsyncGenerator<Article> {
    const { name, first, rest } = await served(async (meta) => {
      const [ids = [], ...others] = partsOf(await inOrder(meta))
      return { name: meta.name, first: await articlesOf(meta.name, ids), rest: others }
    })
    yield* first
    yield* oneAhead(rest.map((ids) => () => articlesOf(name, ids)))
  }

  async function articlesOf(name: string, ids: readonly PointId[]): Promise<Article[]> {
    const records = await server.read((client) =>
      client.retrieve(name, { ids: [...ids], with_payload: ['article'] }),
    )
    const byId = new Map(records.map((record) => [record.id, record]))
    return ids.flatMap((id) => {
      const record = byId.get(id)
      return record ? [articleIn(record.payload)] : []
    })
  }

  /** Qdrant orders by numbers alone, so the order is made here, of names and places only; once for a generation. */
  async function inOrder({ name, identity, generation }: Meta): Promise<readonly PointId[]> {
    if (ordered?.identity === identity && ordered.generation === generation) return ordered.ids
    const filter = live(generation, is('type', 'article'))
    const found = await Array.fromAsync(scroll(server.read, name, filter, ['source', 'n']))
    const ids = found
      .map(({ id, payload }) => ({
        id,
        source: String(payload?.['source']),
        n: Number(payload?.['n']),
      }))
      .toSorted((a, b) => compare(a.source, b.source) || a.n - b.n)
      .map(({ id }) => id)
    ordered = { identity, generation, ids }
    return ids
  }

  /** What articles have of one type. */
  function pointsOf(type: 'article' | 'passage', of: readonly string[]) {
    return inParts('condition size', of, (ids) =>
      points([is('type', type), oneOf('articleId', ids)], [type]),
    )
  }

  function points(conditions: readonly Schemas['FieldCondition'][], fields: string[]) {
    return served(({ name, generation }) =>
      Array.fromAsync(scroll(server.read, name, live(generation, ...conditions), fields)),
    )
  }

  /** Asks what serves; another collection may have taken its place since it was looked up. */
  async function served<T>(ask: (meta: Meta) => Promise<T>): Promise<T> {
    const meta = await serving.current()
    try {
      return await ask(meta)
    } catch (error) {
      if (!(error instanceof Error && isMissing(error.cause))) throw error
      const now = await serving.refresh()
      if (!now || now.name === meta.name) throw error
      return ask(now)
    }
  }
}

const partsOf = (ids: readonly PointId[]) =>
  Array.from({ length: Math.ceil(ids.length / ARTICLES_AT_ONCE) }, (_, i) =>
    ids.slice(i * ARTICLES_AT_ONCE, (i + 1) * ARTICLES_AT_ONCE),
  )

/** What some tasks give, in order; the next one is under way while that of one is looked at. */
async function* oneAhead<T>(tasks: readonly (() => Promise<readonly T[]>)[]): AsyncGenerator<T> {
  let coming = tasks[0]?.()
  for (let i = 1; coming; i++) {
    const now = await coming
    coming = tasks[i]?.()
    // It is thrown when its turn comes, if that comes.
    coming?.catch(() => {})
    yield* now
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
