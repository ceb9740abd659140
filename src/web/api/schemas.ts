/** What the API takes and gives, beside the nouns of corpus.ts: what is described is what is read. */
import { z } from 'zod'
import { LONGEST_QUESTION } from '../../answer/cut-question.ts'
import * as corpus from '../../corpus.ts'
import { STATUSES } from './api-error.ts'

const whole = (least: number, most: number, otherwise: number) =>
  z.coerce.number().int().min(least).max(most).default(otherwise)

export const AskQuery = z.object({ explain: z.enum(['0', '1']).optional() })
export const SearchQuery = z.object({
  q: z.string().trim().min(1).max(LONGEST_QUESTION),
  limit: whole(1, 100, 10),
})
export const ArticlesQuery = z.object({
  place: z.string().trim().min(1).max(40).optional(),
  month: z
    .string()
    .regex(/^\d{4}(?:-\d\d)?$/, 'must be a year or a month, as in 2023 or 2023-05')
    .optional(),
  offset: whole(0, 1_000_000, 0),
  limit: whole(1, 50, 20),
})

const { publication, date } = corpus.Passage.shape
const number = z.int().positive()

export const Citation = z.object({
  n: number,
  articleId: z.string(),
  passageId: z.string(),
  source: z.string(),
  headline: z.string().nullable(),
  publication,
  date,
  place: z.array(z.string()),
  url: z.string().nullable(),
  quote: z.string(),
  spans: z.array(corpus.Span),
}) satisfies z.ZodType<corpus.Citation>

export const Statement = z.object({
  text: z.string(),
  citations: z.array(number),
}) satisfies z.ZodType<corpus.Statement>

const Notice = Statement.extend({
  kind: z.string().meta({ description: 'conflict, premise, place, stale, nearest, degraded, …' }),
  readings: z.array(z.string()).optional(),
})

export const Answer = z.object({
  id: z.string().optional(),
  question: z.string(),
  standalone: z.string(),
  status: z.enum(['answered', 'partial', 'not_found']),
  statements: z.array(Statement),
  citations: z.array(Citation),
  missing: z.array(z.string()),
  notices: z.array(Notice),
  text: z.string(),
  mode: z.enum(['model', 'words']),
  model: z.string().nullable(),
  promptVersion: z.string().nullable(),
  ms: z.number(),
  alone: z
    .literal(true)
    .optional()
    .meta({ description: 'read as it stands, and not as going on from what was said before' }),
  trace: z.array(z.looseObject({ stage: z.string(), ms: z.number() })).optional(),
})

/** What a stream says on the way. */
export const Told = z.object({ statement: Statement, citations: z.array(Citation) })

export const Claim = z.object({
  id: z.string().optional(),
  claim: z.string(),
  verdict: z.enum(['found', 'changed', 'near', 'not_found']),
  citations: z.array(Citation),
  differences: z.array(z.object({ claimed: z.string(), printed: z.string() })),
  ms: z.number(),
})

const { articleId, source, headline, place, text, spans } = corpus.Passage.shape
export const Ranking = z.object({
  id: z.string().optional(),
  query: z.string(),
  results: z.array(
    z.object({
      rank: number,
      score: z.number(),
      passageId: z.string(),
      articleId,
      source,
      headline,
      date,
      place,
      text,
      spans,
    }),
  ),
})

export const ArticleList = z.object({
  articles: z.array(corpus.Article),
  next: z.int().nullable().meta({ description: 'The offset that goes on from here.' }),
})

export const ErrorBody = z.object({
  error: z.object({
    code: z.enum(Object.keys(STATUSES)),
    message: z.string(),
  }),
})
