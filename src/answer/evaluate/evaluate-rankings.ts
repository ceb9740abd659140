import type { Ranked } from '../../corpus.ts'
import type { Retrieve } from '../../retrieval/retrieve.ts'
import { askedOf } from './judged-question.ts'
import type { JudgedQuestion } from './judged-question.ts'
import { sameWords } from './says.ts'

/** How rankings do on judged questions that have evidence. */
export interface RankingSummary {
  readonly questions: number
  /** Share of questions with some of their evidence, and with all of it, among the first k passages. */
  readonly someAt: Readonly<Record<number, number>>
  readonly allAt: Readonly<Record<number, number>>
  /** Mean reciprocal rank of the first passage with evidence. */
  readonly mrr: number
  /** Normalized discounted cumulative gain (Järvelin and Kekäläinen 2002) of the first ten, each evidence counted once. */
  readonly ndcg10: number
  /** Questions without evidence among the first ten. */
  readonly missed: readonly string[]
}

const CUTS = [1, 3, 5, 10]
const DEPTH = 10

/** Ranks for each judged question and compares with its evidence. */
export async function evaluateRankings(
  questions: readonly JudgedQuestion[],
  retrieve: Retrieve,
  report?: (done: number, total: number) => void,
): Promise<RankingSummary> {
  const judged = questions.filter(({ evidence }) => evidence.length > 0)
  const ranks: (readonly (number | null)[])[] = []
  for (const question of judged) {
    const { results } = await retrieve(askedOf(question), DEPTH)
    ranks.push(question.evidence.map(({ file, quote }) => rankOf(results, file, quote)))
    report?.(ranks.length, judged.length)
  }
  const shareOf = (test: (found: readonly (number | null)[]) => boolean) =>
    mean(ranks.map((found) => (test(found) ? 1 : 0)))
  const within = (k: number) => (rank: number | null) => rank !== null && rank <= k
  return {
    questions: judged.length,
    someAt: Object.fromEntries(CUTS.map((k) => [k, shareOf((found) => found.some(within(k)))])),
    allAt: Object.fromEntries(CUTS.map((k) => [k, shareOf((found) => found.every(within(k)))])),
    mrr: mean(ranks.map((found) => 1 / Math.min(...found.map((rank) => rank ?? Infinity)))),
    ndcg10: mean(ranks.map(ndcg)),
    missed: judged.filter((_, i) => !ranks[i]!.some(within(DEPTH))).map(({ id }) => id),
  }
}

function rankOf(results: readonly Ranked[], file: string, quote: string): number | null {
  return (
    results.find(({ passage }) => passage.source === file && sameWords(passage.text, quote))
      ?.rank ?? null
  )
}

function ndcg(ranks: readonly (number | null)[]): number {
  const gain = (rank: number) => 1 / Math.log2(rank + 1)
  // Two pieces of evidence may stand in one passage; the ideal ranking then has fewer.
  const found = new Set(ranks.filter((rank) => rank !== null))
  const missing = ranks.filter((rank) => rank === null).length
  const ideal = Array.from({ length: found.size + missing }, (_, i) => gain(i + 1))
  return (
    [...found].reduce((sum, rank) => sum + gain(rank), 0) / ideal.reduce((sum, g) => sum + g, 0)
  )
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

export function rankingText({
  questions,
  someAt,
  allAt,
  mrr,
  ndcg10,
  missed,
}: RankingSummary): string {
  const shares = (at: Readonly<Record<number, number>>) =>
    Object.entries(at)
      .map(([k, share]) => `@${k} ${(100 * share).toFixed(1)}%`)
      .join('  ')
  return [
    `questions      ${questions}`,
    `some evidence  ${shares(someAt)}`,
    `all evidence   ${shares(allAt)}`,
    `MRR            ${mrr.toFixed(3)}`,
    `nDCG@10        ${ndcg10.toFixed(3)}`,
    ...(missed.length > 0 ? [`not in the first ten: ${missed.join(' ')}`] : []),
  ].join('\n')
}
