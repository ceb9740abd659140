import type { Candidate, Words } from './candidate.ts'
import type { Facet } from './facet.ts'
import type { SubjectTerm, Word } from './subject.ts'
import { holds } from './holds.ts'

/** How well a candidate answers a facet, and what that is made of. */
export interface Scored {
  readonly candidate: Candidate
  readonly score: number
  /** The score without its passage's rank: what its own words and those around them say. */
  readonly merit: number
  /** Share of the facet's terms that stand in the words, or, for less, around them. */
  readonly coverage: number
  /** Share that stands in the words themselves. */
  readonly own: number
  /** What of each term it has, in the facet's order: 1 in the words, less when inherited. */
  readonly has: readonly number[]
  /** It holds such a thing as is wanted. */
  readonly held: boolean
}

/** What a term is worth that stands in other words, or not in the words but around them. */
const INHERITED = { other: 0.85, place: 0.8, before: 0.55, heading: 0.55, opening: 0.45 } as const
/** What most of a longer word's letters are worth, and how many are most. */
const PARTLY = 0.7
const MOST = 0.5
/** What each part of a score may add, coverage in the words and around them being 1. */
const WANTED = 0.3
const CLOSE = 0.25
const RANK = 0.5
const YEAR = 0.1
const OTHER_YEAR = 0.3

/** A candidate beside what a question is about: what of each of its terms it has. */
export interface Look {
  readonly candidate: Candidate
  /** In the subject's order: 1 in the words, less in other words or around them. */
  readonly has: readonly number[]
}

/**
 * Looks at candidates for the terms of a question. Many stand under the same headline and after the
 * same sentence, so what a text has is found once.
 */
export function lookAt(candidates: readonly Candidate[], terms: readonly SubjectTerm[]): Look[] {
  const known = new Map<Words, readonly number[]>()
  const found = (words: Words): readonly number[] => {
    const before = known.get(words)
    if (before) return before
    const shares = terms.map((term) => termShare(term, words))
    known.set(words, shares)
    return shares
  }
  return candidates.map((candidate) => {
    const place = found(candidate.place)
    const before = found(candidate.before)
    const heading = found(candidate.heading)
    const opening = found(candidate.opening)
    const has = found(candidate.words).map((share, i) =>
      share >= INHERITED.other
        ? share
        : Math.max(
            share,
            INHERITED.place * place[i]!,
            INHERITED.before * before[i]!,
            INHERITED.heading * heading[i]!,
            INHERITED.opening * opening[i]!,
          ),
    )
    return { candidate, has }
  })
}

/** Scores a candidate for a facet; `rank` is its passage's retrieval score as a share of the best. */
export function score(
  { candidate, has }: Look,
  facet: Facet,
  years: readonly number[],
  rank: number,
): Scored {
  const total = Math.max(facet.total, 1e-9)
  const coverage = weigh(facet.terms, (_, i) => has[i]!) / total
  const own = weigh(facet.terms, (_, i) => (has[i]! >= INHERITED.other ? has[i]! : 0)) / total
  const held = facet.want === null || holds(facet.want, candidate.text)
  const year = yearAgreement(candidate, years)
  const merit =
    coverage * 0.6 +
    own * 0.4 +
    (own > 0.1 ? closeness(candidate.words.normal, facet, has, total) * CLOSE : 0) +
    (held ? WANTED * Math.min(1, coverage * 2) : 0) +
    (year < 0 ? -OTHER_YEAR : year * YEAR)
  return { candidate, coverage, own, has, held, merit, score: merit + rank * RANK }
}

function weigh(
  terms: readonly SubjectTerm[],
  of: (term: SubjectTerm, i: number) => number,
): number {
  let sum = 0
  for (let i = 0; i < terms.length; i++) sum += terms[i]!.weight * of(terms[i]!, i)
  return sum
}

/** 1 when a text has the term, less when it has another word for it, or part of either. */
export function termShare(term: SubjectTerm, words: Words): number {
  if (stands(term, words)) return 1
  if (term.others.some((word) => stands(word, words))) return INHERITED.other
  return Math.max(
    partly(term, words),
    ...term.others.map((word) => partly(word, words) * INHERITED.other),
  )
}

function stands({ text, parts }: Word, { terms, normal }: Words): boolean {
  return text.length > 1 && parts.length === 1 && parts[0] === text
    ? terms.has(text)
    : normal.includes(text)
}

/** Of a longer word, the share of its letters that stand in a text. */
function partly({ parts }: Word, { terms }: Words): number {
  if (parts.length < 2) return 0
  const share = parts.filter((part) => terms.has(part)).length / parts.length
  return share >= MOST ? share * PARTLY : 0
}

/** The best share of the facet that one clause has. */
function closeness(
  normal: string,
  { terms }: Facet,
  has: readonly number[],
  total: number,
): number {
  let best = 0
  for (const clause of normal.split(/[,。;:!?]/u)) {
    best = Math.max(
      best,
      weigh(terms, (term, i) => (has[i] === 1 && clause.includes(term.text) ? 1 : 0)),
    )
  }
  return best / total
}

/** 1 when a text is of an asked year, -1 when it names only others, 0 when it does not tell. */
export function yearAgreement(
  { text, passage }: Pick<Candidate, 'text' | 'passage'>,
  years: readonly number[],
): -1 | 0 | 1 {
  if (years.length === 0) return 0
  const printed = Number(passage.date.value?.slice(0, 4))
  const named = [...text.matchAll(/(?<!\d)(20\d{2})(?=年|[—-])/gu)].map((match) => Number(match[1]))
  if (printed && /今年|截至目前|目前|本年/u.test(text)) named.push(printed)
  if (printed && /去年|上年/u.test(text)) named.push(printed - 1)
  if (printed && /明年/u.test(text)) named.push(printed + 1)
  if (named.length === 0) return printed && years.includes(printed) ? 1 : 0
  return named.some((year) => years.includes(year)) ? 1 : -1
}
