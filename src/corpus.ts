/**
 * The nouns everyone shares: what is asked, what the papers print, and what is answered.
 * Their JSON is public (`npm run ask -- --json`); schemas stand where data enters, types are inferred.
 */
import { z } from 'zod'
import { chinaToday } from './china-time.ts'

export const Span = z.object({ start: z.int().nonnegative(), end: z.int().nonnegative() })

/** A turn of a conversation; `alone` where its question goes on from nothing before it. */
export const Turn = z.object({
  question: z.string(),
  answer: z.string(),
  alone: z.boolean().optional(),
})
export type Turn = z.infer<typeof Turn>

/** `date` is when it is asked, today if not given; `place` is where the asker is. */
export const Question = z.object({
  id: z.union([z.string(), z.number().transform(String)]).optional(),
  question: z.string().trim().min(1),
  history: z.array(Turn).optional(),
  place: z.string().optional(),
  date: z.iso.date().optional(),
})
export type Question = z.infer<typeof Question>

/** A sentence to be looked for in the articles. */
export const ClaimAsked = z
  .object({
    id: z.union([z.string(), z.number().transform(String)]).optional(),
    claim: z.string().trim().min(1),
  })
  .transform(({ id, claim }) => ({ ...(id !== undefined && { id }), claim }))

export const Kind = z.enum(['article', 'photo', 'table', 'notice'])
export type Kind = z.infer<typeof Kind>

const Byline = z.object({
  reporters: z.array(z.string()),
  correspondents: z.array(z.string()),
  authors: z.array(z.string()),
  editor: z.string().nullable(),
})
export type Byline = z.infer<typeof Byline>

const Publication = z.object({
  name: z.string().nullable(),
  inferred: z.boolean(),
  issue: z.string().nullable(),
  page: z.string().nullable(),
})
export type Publication = z.infer<typeof Publication>

/** `value` is YYYY, YYYY-MM or YYYY-MM-DD; `reason` says how it was inferred. */
const ArticleDate = z.object({
  value: z.string().nullable(),
  printed: z.string().nullable(),
  inferred: z.boolean(),
  reason: z.string().nullable(),
})
export type ArticleDate = z.infer<typeof ArticleDate>

/** A date that a person gives: a year, a month or a day that there is, from 1900 to next year. */
export const GivenDate = z
  .union([z.iso.date(), z.string().regex(/^\d{4}(?:-(?:0[1-9]|1[0-2]))?$/u)])
  .refine(
    (date) => date >= '1900' && Number(date.slice(0, 4)) <= Number(chinaToday().slice(0, 4)) + 1,
  )

/** What a source is: a saved web page, one document, a page of a newspaper, or rows of data. */
export const SourceKind = z.enum(['web', 'document', 'newspaper', 'data'])
export type SourceKind = z.infer<typeof SourceKind>

/** What an official document prints of itself; each as printed, or null. */
const Document = z.object({
  issuer: z.string().nullable(),
  number: z.string().nullable(),
  written: z.string().nullable(),
  passed: z.string().nullable(),
  inForce: z.string().nullable(),
})
export type Document = z.infer<typeof Document>

/** Each character's place in the source: stretches that stand side by side there, [offset, length]. */
const Runs = z.array(z.tuple([z.int().nonnegative(), z.int().positive()]).readonly())

/** `text[start, end)` stands where the source prints `printed`; empty where that was only dropped. */
const Repair = Span.extend({ printed: z.string() })
export type Repair = z.infer<typeof Repair>

/**
 * One item of a page. `place` goes from broad to narrow, `n` counts from 1 in reading order; `runs` map
 * each character of `text` to the source, and `repairs` are in order.
 */
export const Article = z.object({
  id: z.string(),
  source: z.string(),
  // Points of an older index have neither.
  sourceKind: SourceKind.default('newspaper'),
  sourceReason: z.string().default(''),
  also: z.array(z.string()),
  n: z.int().positive(),
  kind: Kind,
  headline: z.string().nullable(),
  kicker: z.string().nullable(),
  subtitle: z.string().nullable(),
  subheads: z.array(z.string()),
  byline: Byline,
  publication: Publication,
  date: ArticleDate,
  place: z.array(z.string()),
  section: z.string().nullable(),
  url: z.string().nullable(),
  /** Of a law, a notice or another document of an office. */
  document: Document.nullable().default(null),
  text: z.string(),
  spans: z.array(Span),
  // Points of an older index have neither.
  runs: Runs.default([]),
  repairs: z.array(Repair).default([]),
  notes: z.array(z.string()),
})
export type Article = z.infer<typeof Article>

/**
 * What is indexed and cited: a few sentences within one article, at most 400 characters; or its
 * `head`: headline, kicker, subtitle, byline and credits as printed. `runs` map each character of
 * `text` to the source, `start` is where a body passage begins in the article's text. `periods` are
 * what its relative words (今年, 前4个月) mean by the article's date: for search, never for a quote.
 */
export const Passage = z.object({
  id: z.string(),
  articleId: z.string(),
  n: z.int().nonnegative(),
  part: z.enum(['head', 'body']),
  text: z.string(),
  start: z.int().nonnegative(),
  runs: Runs,
  spans: z.array(Span),
  kind: Kind,
  source: z.string(),
  headline: z.string().nullable(),
  kicker: z.string().nullable(),
  subhead: z.string().nullable(),
  // Points of an older index have none.
  periods: z.array(z.string()).default([]),
  publication: Publication,
  date: ArticleDate,
  place: z.array(z.string()),
  url: z.string().nullable(),
})
export type Passage = z.infer<typeof Passage>

/** The article of a passage, by the passage's id: that is the article's, and a number. */
export const articleIdOf = (passageId: string): string =>
  passageId.slice(0, passageId.lastIndexOf('-'))

/** One retriever's or the fused order, best first; `rank` counts from 1. */
export interface Ranked {
  readonly rank: number
  readonly score: number
  readonly passage: Passage
}

/** Passages that a search found, best first. */
export interface Ranking {
  readonly id?: string
  readonly query: string
  readonly results: readonly (Pick<Ranked, 'rank' | 'score'> & {
    readonly passageId: string
  } & Pick<Passage, 'articleId' | 'source' | 'headline' | 'date' | 'place' | 'text' | 'spans'>)[]
}

export interface Citation {
  readonly n: number
  readonly articleId: string
  readonly passageId: string
  readonly source: string
  readonly headline: string | null
  readonly publication: Publication
  readonly date: ArticleDate
  readonly place: readonly string[]
  readonly url: string | null
  readonly quote: string
  readonly spans: readonly { readonly start: number; readonly end: number }[]
}

declare const CUT: unique symbol
/**
 * Words of articles as they are told: sentences they cite with whole pieces left out, behind a label at
 * most. Made by `answer/tell/cut.ts` alone, so that nothing else can be said.
 */
export type Cut = string & { readonly [CUT]: true }

export interface Statement {
  readonly text: string
  readonly citations: readonly number[]
}

export type NoticeKind =
  | 'conflict'
  | 'premise'
  | 'place'
  | 'stale'
  | 'nearest'
  | 'degraded'
  | 'scope'
  | 'courtesy'
  | 'alone'

export interface Notice extends Statement {
  readonly kind: NoticeKind
  /** Questions to choose from, as one would ask them: what a word alone may mean, or what was typed, alone. */
  readonly readings?: readonly string[]
}

/** What one stage of an answer got, gave and took; `ms` is how long it took. */
export interface TraceStage {
  readonly stage: string
  readonly ms: number
  readonly [what: string]: unknown
}

export interface Answer {
  readonly id?: string
  readonly question: string
  readonly standalone: string
  readonly status: 'answered' | 'partial' | 'not_found'
  readonly statements: readonly Statement[]
  readonly citations: readonly Citation[]
  readonly missing: readonly string[]
  readonly notices: readonly Notice[]
  readonly text: string
  readonly mode: 'model' | 'words'
  readonly model: string | null
  readonly promptVersion: string | null
  readonly ms: number
  /** True where it was read as it stands: whoever asked showed so, or nothing answers it after what was said before. */
  readonly alone?: true
  /** Stage by stage, in order. */
  readonly trace?: readonly TraceStage[]
}

/**
 * Whether the articles say a sentence: `found` as printed, `changed` with what differs, `near` when
 * they speak of it in other words and nothing is judged.
 */
export interface Claim {
  readonly id?: string
  readonly claim: string
  readonly verdict: 'found' | 'changed' | 'near' | 'not_found'
  readonly citations: readonly Citation[]
  readonly differences: readonly { readonly claimed: string; readonly printed: string }[]
  readonly ms: number
}
