import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Article, Question, Ranked } from '../corpus.ts'
import type { PassageIndex } from '../retrieval/passage-index.ts'
import type { WeighedUnit } from '../retrieval/weigh.ts'
import { type Snippet, snippet, soughtIn } from './snippet.ts'

export interface LibraryDeps {
  readonly index: Pick<PassageIndex, 'article' | 'articles'>
  readonly retrieve: (
    question: Question,
    limit: number,
  ) => Promise<{ readonly results: readonly Ranked[]; readonly units?: readonly WeighedUnit[] }>
  readonly now?: () => number
}

export interface ArticlePage {
  readonly articles: readonly Article[]
  /** Counted from 0. */
  readonly page: number
  readonly more: boolean
}

/** An article that a search found, by the words of its best passage that has any. */
export interface FoundArticle {
  readonly id: string
  readonly snippet: Snippet
}

export const ARTICLES_A_PAGE = 5

/** So many passages are looked at for a search among articles. */
const SEARCHED_PASSAGES = 100
/** The same where what is found is then narrowed down. */
const FOUND_PASSAGES = 200

const CITIES_KEPT_MS = 10 * 60 * 1000

/** Browsing what was collected, the same through every door. */
export function createLibrary({ index, retrieve, now = () => performance.now() }: LibraryDeps) {
  let counted: { readonly at: number; readonly cities: readonly string[] } | undefined

  return {
    article: index.article,

    /** One page of the articles that a query finds, best first, or of all in the index's order. */
    async find(query: string, page: number): Promise<ArticlePage> {
      const start = page * ARTICLES_A_PAGE
      const ids = query ? await found(query) : undefined
      const wanted = ids
        ? await Promise.all(
            ids.slice(start, start + ARTICLES_A_PAGE + 1).map((id) => index.article(id)),
          )
        : await taken(inTurns(index.articles()), start, ARTICLES_A_PAGE + 1)
      const articles = wanted.filter((article) => article !== undefined)
      return {
        articles: articles.slice(0, ARTICLES_A_PAGE),
        page,
        more: articles.length > ARTICLES_A_PAGE,
      }
    },

    /** The articles that have words of a query, best first, at most some hundred; where none has any, what comes near. */
    async search(query: string): Promise<FoundArticle[]> {
      const { results, units = [] } = await retrieve({ question: query }, FOUND_PASSAGES)
      const sought = soughtIn(query, units)
      const articles = new Map<string, FoundArticle>()
      for (const { passage } of results) {
        const id = passage.articleId
        if (articles.get(id)?.snippet.marks.length) continue
        const shown = snippet(passage.text, sought)
        if (shown.marks.length > 0 || !articles.has(id)) articles.set(id, { id, snippet: shown })
      }
      const all = [...articles.values()]
      const telling = all.filter((one) => one.snippet.marks.length > 0)
      return telling.length > 0 ? telling : all
    },

    /** The cities that articles speak of, the most frequent first; counted anew after a while. */
    async cities(limit: number): Promise<string[]> {
      if (!counted || now() - counted.at > CITIES_KEPT_MS)
        counted = { at: now(), cities: await countedCities(inTurns(index.articles())) }
      return counted.cities.slice(0, limit)
    },
  }

  async function found(query: string): Promise<string[]> {
    const { results } = await retrieve({ question: query }, SEARCHED_PASSAGES)
    return [...new Set(results.map(({ passage }) => passage.articleId))]
  }
}

export type Library = ReturnType<typeof createLibrary>

/** Reading some hundred articles takes some milliseconds; then others have their turn. */
const IN_ONE_TURN = 200

async function* inTurns<T>(all: AsyncIterable<T>): AsyncGenerator<T> {
  let n = 0
  for await (const one of all) {
    if (++n % IN_ONE_TURN === 0) await nextTurn()
    yield one
  }
}

async function taken<T>(all: AsyncIterable<T>, start: number, count: number): Promise<T[]> {
  const some: T[] = []
  let at = 0
  for await (const one of all) {
    if (at++ >= start) some.push(one)
    if (some.length === count) break
  }
  return some
}

async function countedCities(articles: AsyncIterable<Article>): Promise<string[]> {
  const counts = new Map<string, number>()
  for await (const { place } of articles) {
    const city = place[1] ?? place[0]
    if (city) counts.set(city, (counts.get(city) ?? 0) + 1)
  }
  return [...counts]
    .toSorted(([a, n], [b, m]) => m - n || a.localeCompare(b, 'zh'))
    .map(([city]) => city)
}
