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

/**
 * What came into an index, for whoever waits for something. Who asks may be answered by one thread
 * after another, and what each knows of a server's index may be half a minute old: asked for its state
 * it looks.
 */
export function createArrivals({ index, answerNews }: ArrivalsDeps) {
  return {
    /** Changes with the index. */
    indexState: () => index.state(),
    articleIds: looking(() => index.articleIds()),
    /** Of articles that are there, in order. */
    printed: looking(async (ids: readonly string[]): Promise<Printed[]> => {
      const found: Printed[] = []
      for (const id of ids) {
        const article = await index.article(id)
        if (article) found.push({ id, place: article.place, date: article.date.value })
      }
      return found
    }),
    answerNews: looking(answerNews),
  }

  function looking<A extends unknown[], R>(call: (...given: A) => Promise<R>) {
    return async (...given: A): Promise<R> => {
      await index.state()
      return call(...given)
    }
  }
}

export type Arrivals = ReturnType<typeof createArrivals>
