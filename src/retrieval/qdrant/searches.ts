/** One question as the searches that Qdrant is asked at once, and what they found. */
import type { Schemas } from '@qdrant/js-client-rest'
import { z } from 'zod'
import { BM25 } from '../bm25.ts'
import { fuseHits } from '../fuse.ts'
import type { Found, Hit, IndexQuery, Rarities, WeightedTerm } from '../passage-index.ts'
import { live, oneOf } from './filters.ts'
import { passageIn } from './points.ts'
import { queryVector, termIndex } from './sparse-vector.ts'

const Vectors = z.object({
  passage: z.object({ indices: z.array(z.number()), values: z.array(z.number()) }),
})

type Search = Schemas['QueryRequest']
type Scored = Schemas['ScoredPoint']

/**
 * Stands in the collection's own point alone, so that its idf says how many passages there are; no term has
 * this place.
 */
export const ONCE = 0xffff_ffff

/**
 * By words: passages, articles, then what each term is worth, which is the score of the first passage that has
 * it divided by what it counts there. By vector: one more, the last.
 */
export function searchesOf(
  { terms, vector, articles }: IndexQuery,
  depth: number,
  generation: number,
): Search[] {
  const within = live(generation, ...(articles ? [oneOf('articleId', articles)] : []))
  const query = queryVector(terms)
  const ranking = { filter: within, limit: depth }
  const first = (index: number) => ({
    query: { indices: [index], values: [1] },
    using: 'passage',
    limit: 1,
  })
  const byWords = [
    { query, using: 'passage', ...ranking, with_payload: ['passage'] },
    { query, using: 'article', ...ranking, with_payload: ['articleId'] },
    first(ONCE),
    ...terms.map(({ term }) => ({
      ...first(termIndex(term)),
      filter: live(generation),
      with_vector: ['passage'],
    })),
  ]
  return [
    ...(terms.length > 0 ? byWords : []),
    ...(vector
      ? [{ query: Array.from(vector), using: 'dense', ...ranking, with_payload: ['passage'] }]
      : []),
  ]
}

/** What the searches of a query say together; `answers` are in their order. */
export function foundIn(
  answers: readonly (readonly Scored[])[],
  { terms, vector }: IndexQuery,
  limit: number,
): Found {
  const [passages = [], articles = [], once = [], ...first] = terms.length > 0 ? answers : []
  const byTerms = hitsByWords(passages, articles)
  const byVector = vector && answers.at(-1)!.map(hitByVector)
  return {
    hits: byVector
      ? fuseHits(byTerms, byVector, ({ passage }) => passage.id, limit)
      : byTerms.slice(0, limit),
    rarities: raritiesIn(once[0], first, terms),
  }
}

const hitByVector = ({ payload, score }: Scored): Hit => ({
  score,
  parts: {},
  passage: passageIn(payload),
})

/** A passage inherits of what its article scores, as in the embedded index. */
function hitsByWords(passages: readonly Scored[], articles: readonly Scored[]): Hit[] {
  const inherited = new Map(
    articles.map(({ payload, score }) => [payload?.['articleId'], BM25.article * score]),
  )
  return passages
    .map(({ payload, score }) => {
      const passage = passageIn(payload)
      const parts = { bm25: score, article: inherited.get(passage.articleId) ?? 0 }
      return { score: parts.bm25 + parts.article, parts, passage }
    })
    .toSorted((a, b) => b.score - a.score || (a.passage.id < b.passage.id ? -1 : 1))
}

function raritiesIn(
  once: Scored | undefined,
  first: readonly (readonly Scored[])[],
  terms: readonly WeightedTerm[],
): Rarities {
  const of = new Map<string, number>()
  for (const [i, { term }] of terms.entries()) {
    const [found] = first[i]!
    if (found) of.set(term, found.score / countIn(found, termIndex(term)))
  }
  // idf is ln((n + 1) / (df + 0.5)): of one that stands once, and of one that stands nowhere.
  return { of, nowhere: once ? once.score + Math.log(1.5 / 0.5) : 0 }
}

function countIn({ vector }: Scored, index: number): number {
  const { indices, values } = Vectors.parse(vector).passage
  return values[indices.indexOf(index)]!
}
