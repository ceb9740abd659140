import { nearest } from '../dense-scan.ts'
import { idf, saturate, type Bm25Settings } from '../bm25.ts'
import type { PassageTable } from './passage-table.ts'
import { unpackCounts, type Postings } from './segment.ts'

export interface ScoredPassage {
  readonly passage: number
  readonly score: number
  readonly parts: { readonly bm25: number; readonly article: number }
}

/** A term's postings, and what the term counts. */
interface WeighedPostings {
  readonly weight: number
  readonly postings: Postings
}

/**
 * Scores passages by BM25F, together with what their whole article scores: words of the question
 * that stand elsewhere in the article (in its lead, in another paragraph) tell its passages apart
 * from those of an article on another matter. Best first, one after the other as they are asked for.
 */
export function* scorePassages(
  lists: readonly WeighedPostings[],
  table: PassageTable,
  settings: Bm25Settings,
): Generator<ScoredPassage> {
  const { own, articles } = addUp(lists, table, settings)
  const inherited = (passage: number) => settings.article * articles[table.articleOf(passage)]!
  const scores = new Float64Array(table.end)
  for (let passage = 0; passage < scores.length; passage++) {
    if (own[passage]! > 0) scores[passage] = own[passage]! + inherited(passage)
  }
  for (const passage of nearest(scores)) {
    const parts = { bm25: own[passage]!, article: inherited(passage) }
    yield { passage, parts, score: scores[passage]! }
  }
}

/** What the terms bring to each passage and to each article, by their numbers. */
function addUp(
  lists: readonly WeighedPostings[],
  table: PassageTable,
  settings: Bm25Settings,
): { readonly own: Float64Array; readonly articles: Float64Array } {
  const own = new Float64Array(table.end)
  const articles = new Float64Array(table.articleCount)
  for (const { weight, postings } of lists) {
    const { passages, counts } = postings
    const rarity = weight * idf(table.size, passages.length)
    let article = -1
    let count = 0
    for (let i = 0; i < passages.length; i++) {
      const passage = passages[i]!
      const found = unpackCounts(counts[i]!)
      own[passage]! += rarity * saturate(found, table.relativeLength(passage), settings)
      const its = table.articleOf(passage)
      if (its !== article) {
        if (article >= 0) articles[article]! += rarity * ofArticle(article, count)
        article = its
        count = 0
      }
      count += found.body
    }
    if (article >= 0) articles[article]! += rarity * ofArticle(article, count)
  }
  return { own, articles }

  function ofArticle(article: number, count: number): number {
    const length = 1 - settings.articleB + settings.articleB * table.relativeArticleLength(article)
    const weighed = count / length
    return (weighed * (settings.k1 + 1)) / (weighed + settings.k1)
  }
}
