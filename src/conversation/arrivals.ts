import type { AnswerNews } from '../answer/answer-news.ts'
import type { Article } from '../corpus.ts'
import type { PassageIndex } from '../retrieval/passage-index.ts'

/** When and where an article was printed. */
export interface Printed extends Pick<Article, 'id' | 'place'> {
  /** YYYY[-MM[-DD]] */
  readonly date: string | null
}

export interface ArrivalsDeps {
  readonly index: Pick<PassageIndex, 'state' | 'articleIds' | 'article'>
  readonly answerNews: AnswerNews
}

/** What came into an index, for whoever waits for something. */
export function createArrivals({ index, answerNews }: ArrivalsDeps) {
  return {
    /** Changes with the index. */
    indexState: () => index.state(),
    articleIds: () => index.articleIds(),
    /** Of articles that are there, in order. */
    async printed(ids: readonly string[]): Promise<Printed[]> {
      const found: Printed[] = []
      for (const id of ids) {
        const article = await index.article(id)
        if (article) found.push({ id, place: article.place, date: article.date.value })
      }
      return found
    },
    answerNews,
  }
}

export type Arrivals = ReturnType<typeof createArrivals>
