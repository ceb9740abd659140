import type { Passage } from '../../corpus.ts'

/** So many of the best passages answer most questions; the rest are for those that need many articles. */
const BEST = 10
const MOST = 16

/** The passages that a model is sent, of a ranking: the best, then the best of each article not yet among them. */
export function selectPassages(ranked: readonly Passage[], best = BEST, most = MOST): Passage[] {
  const selected = ranked.slice(0, best)
  const articles = new Set(selected.map(({ articleId }) => articleId))
  for (const passage of ranked.slice(best)) {
    if (selected.length >= most) break
    if (articles.has(passage.articleId)) continue
    articles.add(passage.articleId)
    selected.push(passage)
  }
  return selected
}
