/**
 * Articles and passages as points. A point carries all that is shown of it, so that serving needs
 * nothing else; and the generations it lives in, so that a source changes in one moment.
 */
import { createHash } from 'node:crypto'
import type { Schemas } from '@qdrant/js-client-rest'
import { Article, Passage } from '../../corpus.ts'
import { countTerms } from '../count-terms.ts'
import type { Batch } from '../passage-index.ts'
import { articleVector, passageVector } from './sparse-vector.ts'

export type Point = Schemas['PointStruct']

/** A generation that never comes; exact as a double, which is what Qdrant's ranges compare. */
export const FOREVER = 2 ** 48

/** A batch of a source as points that live from a generation on. */
export function pointsOf(
  source: string,
  { articles, passages, vectors }: Batch,
  from: number,
): Point[] {
  const life = { from, until: FOREVER, source }
  const counts = passages.map(countTerms)
  return [
    ...articles.map((article) => {
      const its = counts.filter((_, i) => passages[i]!.articleId === article.id)
      return {
        id: pointId('article', source, from, article.id),
        vector: { article: articleVector(its) },
        payload: { ...life, type: 'article', articleId: article.id, n: article.n, article },
      }
    }),
    ...passages.map((passage, i) => {
      const dense = vectors?.[i]
      return {
        id: pointId('passage', source, from, passage.id),
        vector: {
          passage: passageVector(counts[i]!),
          ...(dense && { dense: Array.from(dense) }),
        },
        payload: { ...life, type: 'passage', articleId: passage.articleId, passage },
      }
    }),
  ]
}

/**
 * A UUID of what the point is, so that a write that is repeated writes the same points. The
 * generation is part of it: until a source's new points are committed, its old ones must stay.
 */
export function pointId(
  type: 'article' | 'passage',
  source: string,
  generation: number,
  id: string,
): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([type, source, generation, id]))
    .digest('hex')
  // The bits that say "a UUID of one's own making" (RFC 9562, version 8).
  const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

type Payload = Schemas['Record']['payload']

/** @throws Error with one sentence when the payload is not one that this program writes. */
export const passageIn = (payload: Payload): Passage => parse(Passage, payload, 'passage')

/** @throws Error with one sentence when the payload is not one that this program writes. */
export const articleIn = (payload: Payload): Article => parse(Article, payload, 'article')

function parse<T>(
  schema: { safeParse(value: unknown): { success: boolean; data?: T } },
  payload: Payload,
  key: string,
): T {
  const parsed = schema.safeParse(payload?.[key])
  if (parsed.data !== undefined) return parsed.data
  throw new Error(
    `Qdrant holds a point whose ${key} cannot be read: it was written by another version; delete the collection and ingest again.`,
  )
}
