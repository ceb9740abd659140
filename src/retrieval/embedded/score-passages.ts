import { idf, saturate, type Bm25Settings } from '../bm25.ts'
import type { PassageTable } from './passage-table.ts'
import { unpackCounts, type Postings } from './segment.ts'

export interface ScoredPassage {
  readonly passage: number
  readonly score: number
  readonly parts: { readonly bm25: number; readonly article: number }
}

/**
 * Scores passages by BM25F, together with what their whole article scores: words of the question
 * that stand elsewhere in the article (in its lead, in another paragraph) tell its passages apart
 * from those of an article on another matter. Best first, one after the other as they are asked for.
 */
export function* scorePassages(
  lists: readonly { readonly weight: number; readonly postings: Postings }[],
  table: PassageTable,
  settings: Bm25Settings,
): Generator<ScoredPassage> {
  const own = new Float64Array(table.end)
  const articles = new Float64Array(table.articleCount)
  const found: number[] = []
  for (const { weight, postings } of lists) {
    const rarity = weight * idf(table.size, postings.passages.length)
    let article = -1
    let count = 0
    for (let i = 0; i < postings.passages.length; i++) {
      const passage = postings.passages[i]!
      const counts = unpackCounts(postings.counts[i]!)
      if (own[passage] === 0) found.push(passage)
      own[passage]! += rarity * saturate(counts, table.relativeLength(passage), settings)
      const its = table.articleOf(passage)
      if (its !== article) {
        if (article >= 0) articles[article]! += rarity * ofArticle(article, count)
        article = its
        count = 0
      }
      count += counts.body
    }
    if (article >= 0) articles[article]! += rarity * ofArticle(article, count)
  }
  yield* bestFirst(
    found.map((passage) => {
      const parts = {
        bm25: own[passage]!,
        article: settings.article * articles[table.articleOf(passage)]!,
      }
      return { passage, parts, score: parts.bm25 + parts.article }
    }),
  )

  function ofArticle(article: number, count: number): number {
    const length = 1 - settings.articleB + settings.articleB * table.relativeArticleLength(article)
    const weighed = count / length
    return (weighed * (settings.k1 + 1)) / (weighed + settings.k1)
  }
}

/** Takes the best out of a heap, so that a search for ten never sorts a hundred thousand. */
function* bestFirst(scored: ScoredPassage[]): Generator<ScoredPassage> {
  const heap = scored
  for (let i = (heap.length >> 1) - 1; i >= 0; i--) sink(heap, i)
  while (heap.length > 0) {
    yield heap[0]!
    const last = heap.pop()!
    if (heap.length === 0) return
    heap[0] = last
    sink(heap, 0)
  }
}

function sink(heap: ScoredPassage[], from: number): void {
  const item = heap[from]!
  let at = from
  for (;;) {
    let child = 2 * at + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++
    if (!before(heap[child]!, item)) break
    heap[at] = heap[child]!
    at = child
  }
  heap[at] = item
}

const before = (a: ScoredPassage, b: ScoredPassage) =>
  a.score > b.score || (a.score === b.score && a.passage < b.passage)
