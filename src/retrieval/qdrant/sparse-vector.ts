/** Passages, articles and questions as sparse vectors whose dot product, with Qdrant's idf, is BM25. */
import type { Schemas } from '@qdrant/js-client-rest'
import { fnv1a } from '../../fnv1a.ts'
import { BM25, saturate } from '../bm25.ts'
import type { TermCounts } from '../count-terms.ts'

export type SparseVector = Schemas['SparseVector']

/**
 * Lengths in terms on average, of a passage's body and of all of an article's. They are no part of what is in
 * the index, so that a passage has the same vector whatever else is there. Passages follow from how articles
 * are cut (206 on the seed pages, 239 in 3,599 policy notices); articles have 1,262 and 673.
 */
const AVERAGE_LENGTH = 207
const AVERAGE_ARTICLE_LENGTH = 900

/** Long words go where the first character of two would be one of private use, which no paper prints. */
const LONG = 0xe000_0000
const LONG_COUNT = 0x1900_0000

/** A term's place in a vector: exact for one or two code units, which is every bigram, a hash for longer words. */
export function termIndex(term: string): number {
  if (term.length <= 2) return term.charCodeAt(0) * 0x10000 + (term.charCodeAt(1) || 0)
  return LONG + ((fnv1a(term) >>> 0) % LONG_COUNT)
}

/** BM25F's part that is the passage's own: how often each term stands in it, and where. */
export function passageVector({ terms, length }: TermCounts): SparseVector {
  return toVector(
    [...terms].map(([term, counts]) => [term, saturate(counts, length / AVERAGE_LENGTH, BM25)]),
  )
}

/** The same of an article, from its passages; BM25F's other fields are theirs. */
export function articleVector(passages: readonly TermCounts[]): SparseVector {
  const bodies = new Map<string, number>()
  for (const { terms } of passages) {
    for (const [term, { body }] of terms) bodies.set(term, (bodies.get(term) ?? 0) + body)
  }
  const length = passages.reduce((sum, passage) => sum + passage.length, 0)
  const norm = 1 - BM25.articleB + BM25.articleB * (length / AVERAGE_ARTICLE_LENGTH)
  return toVector(
    [...bodies]
      .filter(([, body]) => body > 0)
      .map(([term, body]) => [term, (body * (BM25.k1 + 1)) / (body + BM25.k1 * norm)]),
  )
}

/** A question's terms with their weights; the rest of BM25, idf, is Qdrant's. */
export function queryVector(
  terms: readonly { readonly term: string; readonly weight: number }[],
): SparseVector {
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
