import { idf } from '../../../../src/retrieval/bm25.ts'
import type { Context } from '../../../../src/answer/context/context.ts'
import { numberPieces } from '../../../../src/answer/context/number-pieces.ts'
import type { WeightsRequest } from '../../../../src/answer/pick/learned/pick.ts'
import { batchOf } from '../../../support/passages.ts'
import { understand } from '../../../../src/retrieval/understand.ts'
import { queryTerms, weighUnits } from '../../../../src/retrieval/weigh.ts'

export interface Printed {
  readonly headline?: string
  readonly place?: readonly string[]
  /** One passage, or several. */
  readonly text: string | readonly string[]
}

/** What a picker is given when these articles were found, the first first; `rare` are words of no article. */
export function requestFor(
  question: string,
  articles: readonly (string | Printed)[],
  rare: readonly string[] = [],
): WeightsRequest {
  const printed = articles.map((one): Printed => (typeof one === 'string' ? { text: one } : one))
  const { passages } = batchOf(
    ...printed.map(({ headline, place = [], text }, i) => ({
      id: `a${i}`,
      source: `${i}.txt`,
      headline: headline ?? null,
      place,
      body: typeof text === 'string' ? [text] : text,
    })),
  )
  const understood = understand({ question }, { today: '2023-06-01' })
  const of = new Map(
    queryTerms(understood)
      .filter(({ term }) => !rare.some((r) => r.includes(term)))
      .map(({ term }) => [term, idf(1000, 5)]),
  )
  const context: Context = numberPieces(
    printed.map((_, i) => passages.filter(({ articleId }) => articleId === `a${i}`)),
  )
  return {
    standalone: question,
    context,
    retrieved: {
      understood,
      units: weighUnits(understood.units, { of, nowhere: idf(1000, 0) }),
      results: passages.map((passage, i) => ({
        rank: i + 1,
        score: 10 / (i + 1),
        passage,
        parts: {},
        coverage: 0,
        lacking: [],
      })),
    },
  }
}
