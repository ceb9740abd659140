import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Article, Kind } from '../corpus.ts'
import type { PassageIndex } from '../retrieval/passage-index.ts'
import { topicsOf } from './topics.ts'

/** What is browsed by, of one article. */
export interface Entry {
  readonly id: string
  readonly headline: string | null
  readonly paper: string | null
  readonly kind: Kind
  /** YYYY[-MM[-DD]] */
  readonly date: string | null
  readonly place: readonly string[]
  readonly topics: readonly string[]
}

export interface CatalogueDeps {
  readonly index: Pick<PassageIndex, 'articles' | 'state'>
  readonly now?: () => number
}

export type Catalogue = ReturnType<typeof createCatalogue>

/** An index that is being written to changes with every source. */
const KEPT_MS = 60_000
/** How long articles are read before others have their turn. */
const TURN_MS = 5

/** All articles of an index, newest first, as they are browsed: held in memory, and read anew after a change. */
export function createCatalogue({ index, now = () => performance.now() }: CatalogueDeps) {
  let kept: { readonly entries: readonly Entry[]; readonly state: string; at: number } | undefined
  let reading: Promise<readonly Entry[]> | undefined

  return {
    /** As they are, or were a moment ago while they are read anew. */
    async entries(): Promise<readonly Entry[]> {
      if (!kept) return readOnce()
      if (await isOld(kept)) readOnce().catch(() => {})
      return kept.entries
    },
  }

  async function isOld({ state, at }: NonNullable<typeof kept>): Promise<boolean> {
    return now() - at >= KEPT_MS && (await index.state()) !== state
  }

  function readOnce(): Promise<readonly Entry[]> {
    return (reading ??= read().finally(() => (reading = undefined)))
  }

  async function read(): Promise<readonly Entry[]> {
    const state = await index.state()
    const entries: Entry[] = []
    const places = new Map<string, readonly string[]>()
    let since = performance.now()
    for await (const article of index.articles()) {
      entries.push(entryOf(article, places))
      if (performance.now() - since < TURN_MS) continue
      await nextTurn()
      since = performance.now()
    }
    const byDate = Map.groupBy(entries, ({ date }) => date ?? '')
    const newestFirst = [...byDate].toSorted(([a], [b]) => (a < b ? 1 : -1)).flatMap(([, of]) => of)
    kept = { entries: newestFirst, state, at: now() }
    return newestFirst
  }
}

/** Of a place there is one list, however many articles speak of it. */
function entryOf(article: Article, places: Map<string, readonly string[]>): Entry {
  const { id, headline, publication, kind, date, place } = article
  const key = place.join('/')
  const known = places.get(key) ?? place
  places.set(key, known)
  return {
    id,
    headline,
    paper: publication.name,
    kind,
    date: date.value,
    place: known,
    topics: topicsOf(article),
  }
}
