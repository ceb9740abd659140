import type { Article, Passage } from '../../src/corpus.ts'
import type { Batch } from '../../src/retrieval/passage-index.ts'

export interface GivenArticle {
  readonly id: string
  readonly source: string
  readonly n?: number
  readonly headline?: string | null
  readonly place?: readonly string[]
  readonly date?: string | null
  /** The text of each passage; a vector beside it, where the test has one. */
  readonly body: readonly (string | readonly [text: string, vector: Float32Array])[]
}

/** An article of a test and its passages, with all that does not matter filled in. */
export function batchOf(...given: readonly GivenArticle[]): Batch {
  const parts = given.map((g) => ({ article: articleOf(g), given: g }))
  const passages = parts.flatMap(({ article, given: { body } }) =>
    body.map((piece, n) => passageOf(article, typeof piece === 'string' ? piece : piece[0], n)),
  )
  const vectors = given.flatMap(({ body }) =>
    body.map((piece) => (typeof piece === 'string' ? undefined : piece[1])),
  )
  return { articles: parts.map(({ article }) => article), passages, vectors }
}

function articleOf({
  id,
  source,
  n = 1,
  headline = null,
  place = [],
  date = null,
  body,
}: GivenArticle) {
  return {
    id,
    source,
    sourceKind: 'newspaper',
    sourceReason: '',
    also: [],
    n,
    kind: 'article',
    headline,
    kicker: null,
    subtitle: null,
    subheads: [],
    byline: { reporters: [], correspondents: [], authors: [], editor: null },
    publication: { name: '大河日报', inferred: false, issue: null, page: 'A02' },
    date: { value: date, printed: date, inferred: false, reason: null },
    place: [...place],
    section: null,
    url: null,
    document: null,
    text: body.map((piece) => (typeof piece === 'string' ? piece : piece[0])).join('\n'),
    spans: [{ start: 0, end: 9 }],
    runs: [
      [0, 4],
      [6, 5],
    ],
    repairs: [{ start: 2, end: 2, printed: '★' }],
    notes: [],
  } satisfies Article
}

function passageOf(article: Article, text: string, n: number): Passage {
  const { source, kind, headline, kicker, publication, date, place, url } = article
  return {
    id: `${article.id}-${n}`,
    articleId: article.id,
    n,
    part: 'body',
    text,
    start: 0,
    runs: [[0, text.length]],
    spans: [{ start: 0, end: text.length }],
    subhead: null,
    periods: [],
    source,
    kind,
    headline,
    kicker,
    publication,
    date,
    place,
    url,
  }
}

/** A vector of unit length with all its weight on one axis. */
export function axis(i: number, dimensions = 4): Float32Array {
  return Float32Array.from({ length: dimensions }, (_, k) => (k === i ? 1 : 0))
}
