import type { Article } from '../corpus.ts'
import type { PassageIndex } from '../retrieval/passage-index.ts'
import type { Catalogue } from './catalogue.ts'
import { placeNamed } from './conversation.ts'

/** Of a place, by any of its names, and of a year or month, YYYY[-MM]. */
export interface ArticleFilter {
  readonly place?: string | undefined
  readonly month?: string | undefined
}

export interface ArticleList {
  readonly articles: readonly Article[]
  /** The offset that goes on from here; null at the end. */
  readonly next: number | null
}

export interface ListArticlesDeps {
  readonly catalogue: Catalogue
  readonly index: Pick<PassageIndex, 'article'>
}

/** Lists the articles that a filter lets through, newest first: so many from an offset on. */
export function createListArticles({ catalogue, index }: ListArticlesDeps) {
  return async function listArticles(
    { place, month = '' }: ArticleFilter,
    offset: number,
    limit: number,
  ): Promise<ArticleList> {
    const name = place && (placeNamed(place) ?? place)
    const wanted = (await catalogue.entries()).filter(
      (entry) => (!name || entry.place.includes(name)) && (entry.date ?? '').startsWith(month),
    )
    const end = offset + limit
    const some = await Promise.all(wanted.slice(offset, end).map(({ id }) => index.article(id)))
    return {
      // One may have been taken out a moment ago.
      articles: some.filter((article) => article !== undefined),
      next: end < wanted.length ? end : null,
    }
  }
}

export type ListArticles = ReturnType<typeof createListArticles>
