import type { Candidate } from './candidate.ts'

/** What points back at the sentence before and says nothing without it: 该平台…, 对此…, 这笔贷款…. */
const POINTS_BACK =
  /^[“"]?(?:该|其(?![中他它余])|此(?![次外])|对此|这(?![次里])|上述|他们?(?!们)|她们?)/u
/** Together this long, both are still read as one. */
const TOGETHER = 170

/** A sentence that points back, with the one before it in its passage; any other as it is. */
export function withReferent(candidate: Candidate, all: readonly Candidate[]): Candidate {
  if (!POINTS_BACK.test(candidate.text)) return candidate
  const { passage } = candidate
  const before = all.findLast(
    (c) => c.passage.id === passage.id && c.end <= candidate.start && c.n < candidate.n,
  )
  if (!before || candidate.end - before.start > TOGETHER) return candidate
  if (passage.text.slice(before.end, candidate.start).includes('\n')) return candidate
  const { start } = before
  return { ...candidate, start, text: passage.text.slice(start, candidate.end) }
}
