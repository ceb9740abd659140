/**
 * How good rankings are, for questions whose right results are known: recall@k, reciprocal rank and
 * nDCG@k with one grade (Manning, Raghavan and Schütze, “Introduction to Information Retrieval”, 8.4).
 */

/** One question's ranking: for each piece of judged evidence the ranks, from 1, of the results that hold it. */
export type Judged = readonly (readonly number[])[]

/** Shares of 1, over all questions that have evidence. */
export interface RetrievalScores {
  readonly questions: number
  /** By k: questions with some of their evidence among the first k. */
  readonly some: Readonly<Record<number, number>>
  /** By k: questions with all of it. */
  readonly all: Readonly<Record<number, number>>
  /** By k: pieces of evidence found, averaged over questions. */
  readonly recall: Readonly<Record<number, number>>
  /** Mean reciprocal rank of the first result that holds any, looked for as far as the largest k. */
  readonly mrr: number
  /** At the largest k. */
  readonly ndcg: number
}

/** Finds at which ranks each piece of evidence is held. */
export function judge<Result, Evidence>(
  results: readonly Result[],
  evidence: readonly Evidence[],
  holds: (result: Result, evidence: Evidence) => boolean,
): Judged {
  return evidence.map((piece) =>
    results.flatMap((result, i) => (holds(result, piece) ? [i + 1] : [])),
  )
}

/** Averages over questions; those without evidence are left out. */
export function evaluate(
  judged: readonly Judged[],
  ks: readonly number[] = [1, 5, 10],
): RetrievalScores {
  const questions = judged.filter((ranks) => ranks.length > 0)
  const depth = Math.max(...ks)
  const mean = (score: (question: Judged) => number) =>
    questions.reduce((sum, question) => sum + score(question), 0) / Math.max(questions.length, 1)
  const byK = (score: (found: readonly boolean[]) => number) =>
    Object.fromEntries(ks.map((k) => [k, mean((ranks) => score(foundWithin(ranks, k)))]))
  return {
    questions: questions.length,
    some: byK((found) => Number(found.some(Boolean))),
    all: byK((found) => Number(found.every(Boolean))),
    recall: byK((found) => found.filter(Boolean).length / found.length),
    mrr: mean((ranks) => reciprocalRank(ranks, depth)),
    ndcg: mean((ranks) => normalizedGain(ranks, depth)),
  }
}

function foundWithin(ranks: Judged, k: number): boolean[] {
  return ranks.map((held) => held.some((rank) => rank <= k))
}

function reciprocalRank(ranks: Judged, depth: number): number {
  const first = Math.min(...ranks.flat())
  return first <= depth ? 1 / first : 0
}

/** A piece of evidence gains once, where it is first held; ideally the first ranks hold one each. */
function normalizedGain(ranks: Judged, depth: number): number {
  const gain = ranks
    .map((held) => Math.min(...held))
    .filter((rank) => rank <= depth)
    .reduce((sum, rank) => sum + discount(rank), 0)
  const ideal = Array.from({ length: Math.min(ranks.length, depth) }, (_, i) => discount(i + 1))
  // Several pieces may stand in one passage: more than ideal is not better than perfect.
  return Math.min(1, gain / ideal.reduce((sum, one) => sum + one, 0))
}

const discount = (rank: number) => 1 / Math.log2(rank + 1)
