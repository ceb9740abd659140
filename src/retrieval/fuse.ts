import type { Hit } from './passage-index.ts'

/** One id of a fused ranking; `ranks` are its places in each ranking, from 1, where it has one. */
export interface Fused<Id> {
  readonly id: Id
  readonly score: number
  readonly ranks: readonly (number | undefined)[]
}

/**
 * Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): an id scores the sum of 1 / (k + rank)
 * over the rankings that hold it. Best first; ties break on id, so runs are reproducible.
 */
export function fuse<Id extends string | number>(
  rankings: readonly (readonly Id[])[],
  k = 60,
): Fused<Id>[] {
  const ranks = new Map<Id, (number | undefined)[]>()
  for (const [i, ranking] of rankings.entries()) {
    for (const [j, id] of ranking.entries()) {
      const its = ranks.get(id) ?? Array.from(rankings, () => undefined)
      its[i] ??= j + 1
      ranks.set(id, its)
    }
  }
  return [...ranks]
    .map(([id, its]) => ({ id, score: reciprocalSum(its, k), ranks: its }))
    .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
}

/** Summed from the best rank on, so that the same ranks in another order make the same number. */
function reciprocalSum(ranks: readonly (number | undefined)[], k: number): number {
  return ranks
    .filter((rank) => rank !== undefined)
    .toSorted((a, b) => a - b)
    .reduce((sum, rank) => sum + 1 / (k + rank), 0)
}

/**
 * What was found by words and what was found by vector as one ranking, each hit with the score of both; a
 * hit that both found keeps what its words are worth.
 */
export function fuseHits<H extends Hit>(
  byTerms: readonly H[],
  byVector: readonly H[],
  idOf: (hit: H) => string | number,
  limit: number,
): Hit[] {
  const hits = new Map([...byVector, ...byTerms].map((hit) => [idOf(hit), hit]))
  return fuse([byTerms.map(idOf), byVector.map(idOf)])
    .slice(0, limit)
    .map(({ id, score }) => {
      const { parts, passage } = hits.get(id)!
      return { score, parts: { ...parts, rrf: score }, passage }
    })
}
