import { termsOf } from '../../retrieval/tokens.ts'
import type { Candidate } from './candidate.ts'
import type { Subject } from './subject.ts'
import { holds } from './wants.ts'
import type { Want } from './wants.ts'

/** How well a candidate speaks of a question's subject, 0 to 1, and what it is made of. */
export interface Scored {
  readonly candidate: Candidate
  readonly score: number
  /** Share of the subject that stands in the words themselves, or is inherited from around them. */
  readonly coverage: number
  /** Share that stands in the words themselves. */
  readonly own: number
  /** What of the subject it has, by term: 1 in the words, less when inherited. */
  readonly covers: ReadonlyMap<string, number>
  /** Which of the wants it holds, by index. */
  readonly held: ReadonlySet<number>
}

/** What a term is worth that is not in the words but before them, at the paragraph's beginning, above the article. */
const INHERITED = { before: 0.55, opening: 0.45, heading: 0.55, place: 0.8 } as const
/** What holding a wanted thing adds. */
const WANTED = 0.3
/** Words that match close to each other say more than scattered ones. */
const CLOSE = 0.25
/** A year that disagrees with the one asked for. */
const OTHER_YEAR = 0.3

/** Scores a candidate against what is asked; `rank` is the passage's own retrieval score as a share of the best. */
export function score(
  candidate: Candidate,
  subject: Subject,
  wants: readonly Want[],
  years: readonly number[],
  rank: number,
): Scored {
  const { passage } = candidate
  const inWords = new Set(termsOf(candidate.text))
  const inBefore = new Set(termsOf(candidate.before))
  const inOpening = new Set(termsOf(candidate.opening))
  const inHeading = new Set(
    termsOf([passage.kicker, passage.headline, passage.subhead].filter(Boolean).join('\n')),
  )
  const inPlace = new Set(termsOf(passage.place.join('\n')))
  const covers = new Map<string, number>()
  let own = 0
  let coverage = 0
  for (const [term, weight] of subject.own) {
    const share = inWords.has(term)
      ? 1
      : inPlace.has(term)
        ? INHERITED.place
        : inBefore.has(term)
          ? INHERITED.before
          : inHeading.has(term)
            ? INHERITED.heading
            : inOpening.has(term)
              ? INHERITED.opening
              : 0
    if (share === 0) continue
    covers.set(term, share)
    coverage += weight * share
    if (share === 1) own += weight
  }
  let lent = 0
  for (const [term, weight] of subject.other) {
    if (!inWords.has(term)) continue
    covers.set(term, 1)
    lent += weight
  }
  const total = Math.max(subject.total, 1e-9)
  const room = total - coverage
  coverage = (coverage + Math.min(room, lent * 0.8)) / total
  own = (own + Math.min(room, lent * 0.8)) / total
  const held = new Set(wants.flatMap((want, i) => (holds(want, candidate.text) ? [i] : [])))
  const wanted = wants.length === 0 ? 0 : held.size / wants.length
  const year = yearAgreement(candidate, years)
  const scored =
    coverage * 0.6 +
    own * 0.4 +
    closeness(candidate.text, subject) * CLOSE +
    wanted * WANTED * Math.min(1, coverage * 2) +
    rank * 0.15 +
    (year < 0 ? -OTHER_YEAR : year * 0.1)
  return { candidate, score: scored, coverage, own, covers, held }
}

/** The best share of the subject that one clause has. */
function closeness(text: string, { own, total }: Subject): number {
  let best = 0
  for (const clause of text.split(/[，,。；;：:！？]/u)) {
    let sum = 0
    for (const term of new Set(termsOf(clause))) sum += own.get(term) ?? 0
    best = Math.max(best, sum)
  }
  return best / Math.max(total, 1e-9)
}

/** 1 when a text is of an asked year, -1 when it names only others, 0 when it does not tell. */
function yearAgreement({ text, passage }: Candidate, years: readonly number[]): -1 | 0 | 1 {
  if (years.length === 0) return 0
  const printed = Number(passage.date.value?.slice(0, 4))
  const named = [...text.matchAll(/(?<!\d)(20\d{2})(?=年|[—-])/gu)].map((match) => Number(match[1]))
  if (printed && /今年|截至目前|目前|本年/u.test(text)) named.push(printed)
  if (printed && /去年|上年/u.test(text)) named.push(printed - 1)
  if (printed && /明年/u.test(text)) named.push(printed + 1)
  if (named.length === 0) return printed && years.includes(printed) ? 1 : 0
  return named.some((year) => years.includes(year)) ? 1 : -1
}
