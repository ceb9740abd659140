/** Passages and questions as sparse vectors whose dot product, with Qdrant's idf, is BM25. */
import type { Schemas } from '@qdrant/js-client-rest'
import type { Passage } from '../../corpus.ts'
import { fnv1a } from '../../fnv1a.ts'
import { BM25, saturate } from '../bm25.ts'
import { countTerms } from '../count-terms.ts'
import type { WeightedTerm } from '../passage-index.ts'

export type SparseVector = Schemas['SparseVector']

/**
 * A body's length in terms on average. It follows from how articles are cut, not from what is in the
 * index, so that a passage has the same vector whatever else is there; measured on the seed pages.
 */
const AVERAGE_LENGTH = 207

/** Long words go where the first character of two would be one of private use, which no paper prints. */
const LONG = 0xe000_0000
const LONG_COUNT = 0x1900_0000

/** A term's place in a vector: exact for one or two code units, which is every bigram, a hash for longer words. */
export function termIndex(term: string): number {
  if (term.length <= 2) return term.charCodeAt(0) * 0x10000 + (term.charCodeAt(1) || 0)
  return LONG + ((fnv1a(term) >>> 0) % LONG_COUNT)
}

/** BM25F's part that is the passage's own: how often each term stands in it, and where. */
export function passageVector(passage: Passage): SparseVector {
  const { terms, length } = countTerms(passage)
  return toVector(
    [...terms].map(([term, counts]) => [term, saturate(counts, length / AVERAGE_LENGTH, BM25)]),
  )
}

/** A question's terms with their weights; the rest of BM25, idf, is Qdrant's. */
export function queryVector(terms: readonly WeightedTerm[]): SparseVector {
  return toVector(terms.map(({ term, weight }) => [term, weight]))
}

/** A term given twice counts as its heaviest: a question that repeats a word means nothing by it. */
function toVector(weights: readonly (readonly [term: string, weight: number])[]): SparseVector {
  const byIndex = new Map<number, number>()
  for (const [term, weight] of weights) {
    const index = termIndex(term)
    byIndex.set(index, Math.max(weight, byIndex.get(index) ?? 0))
  }
  const entries = [...byIndex].toSorted(([a], [b]) => a - b)
  return { indices: entries.map(([index]) => index), values: entries.map(([, weight]) => weight) }
}
