import type { Claim, Passage, Question } from '../corpus.ts'
import { sentences } from '../language/sentences.ts'
import type { Span } from '../traced.ts'
import { citation } from './verify/cite.ts'
import { bigrams, overlap } from '../language/content.ts'
import { differences, exchangesWords } from './verify/differences.ts'
import { hold } from './verify/hold.ts'
import { namesIn } from '../language/names.ts'
import { neutralise } from './verify/neutralise.ts'
import { citedAt, metadata, quoteAt } from './verify/place.ts'
import type { Place } from './verify/place.ts'
import { MIN_QUOTE, quoteLength } from './verify/quotes.ts'
import { unsupportedPart } from './verify/support.ts'

export interface CheckClaimDeps {
  /** Finds passages by the claim's words, best first. */
  readonly retrieve: (
    question: Question,
    limit: number,
  ) => Promise<{ readonly results: readonly { readonly passage: Passage }[] }>
  /** How many passages are read closely. */
  readonly depth?: number
  /** The clock, in milliseconds. */
  readonly now?: () => number
}

export type CheckClaim = (claim: { readonly id?: string; readonly claim: string }) => Promise<Claim>

/** What is pasted is a sentence or two; of more, so much is read. */
const CLAIM_LIMIT = 500
/** The share of a claim's words that a stretch must have to speak of the same thing. */
const SAME_THING = 0.42
/** With words that the stretch does not have at all, a claim speaks of the same thing only when it repeats most of it. */
const REPEATS = 0.6
/** A further sentence is cited when it adds so much. */
const WORTH_A_SENTENCE = 0.08
const MAX_SENTENCES = 3
/** What says the claim is about as close to it as what is closest; else it is about something else. */
const AS_CLOSE = 0.15
/** How many stretches may bear a claim out before it counts as changed. */
const CLOSEST = 8

/** A stretch of a passage and the share of the claim's words it has. */
interface Candidate {
  readonly place: Place
  readonly share: number
}

/**
 * Says whether the articles say a sentence: in these or other words, every figure, name and negation
 * alike (`found`); of the same thing, but differently (`changed`, with the differences); or not at all.
 */
export function createCheckClaim({
  retrieve,
  depth = 20,
  now = () => performance.now(),
}: CheckClaimDeps): CheckClaim {
  return async function checkClaim({ id, claim }) {
    const started = now()
    const text = neutralise(claim).slice(0, CLAIM_LIMIT)
    const judged = await judge(text)
    return { ...(id !== undefined && { id }), claim, ...judged, ms: now() - started }
  }

  async function judge(
    text: string,
  ): Promise<Pick<Claim, 'verdict' | 'citations' | 'differences'>> {
    const none = { verdict: 'not_found', citations: [], differences: [] } as const
    if (bigrams(text).size === 0) return none
    const { results } = await retrieve({ question: text }, depth)
    const candidates = results
      .flatMap(({ passage }) => candidatesIn(passage, text))
      .toSorted((a, b) => b.share - a.share)
      .slice(0, CLOSEST)
    const [closest] = candidates
    const says = candidates.find(
      ({ place, share }) => share >= (closest?.share ?? 0) - AS_CLOSE && bearsOut(place, text),
    )
    if (says) return { verdict: 'found', citations: [citation(says.place, 1)], differences: [] }
    if (!closest || !speaksOf(closest, text)) return none
    return {
      verdict: 'changed',
      citations: [citation(closest.place, 1)],
      differences: differences(text, citedAt(closest.place)),
    }
  }
}

function speaksOf({ place, share }: Candidate, text: string): boolean {
  if (share >= REPEATS) return true
  const around = metadata(place.passage)
  // A name that was exchanged is no word of the article's; the rest must be.
  const unnamed = without(text, namesIn(text))
  return share >= SAME_THING && unsupportedPart(unnamed, [quoteAt(place)], around) === null
}

function without(text: string, stretches: readonly Span[]): string {
  return Array.from(text.matchAll(/[^]/gu), ({ 0: char, index }) =>
    stretches.some(({ start, end }) => index >= start && index < end) ? ' ' : char,
  ).join('')
}

function bearsOut(place: Place, text: string): boolean {
  if (!hold(text, [place], '', false).ok) return false
  const quote = quoteAt(place)
  const parts = sentences(quote).map(({ start, end }) => quote.slice(start, end))
  return ![quote, ...parts].some((part) => exchangesWords(text, part))
}

/** The sentence that has most of the claim's words, and with it those that add to them. */
function candidatesIn(passage: Passage, text: string): Candidate[] {
  const wanted = bigrams(text)
  const spans = sentences(passage.text)
  const grams = spans.map(({ start, end }) => bigrams(passage.text.slice(start, end)))
  const shareOf = (from: number, to: number) => {
    const all = new Set(grams.slice(from, to).flatMap((g) => [...g]))
    return overlap(wanted, all) / wanted.size
  }
  const best = spans
    .map((_, i) => ({ i, share: shareOf(i, i + 1) }))
    .toSorted((a, b) => b.share - a.share)[0]
  if (!best || best.share === 0) return []
  let [from, to, share] = [best.i, best.i + 1, best.share]
  const found = [{ from, to, share }]
  while (to - from < MAX_SENTENCES) {
    const [before, after] = [
      from > 0 ? shareOf(from - 1, to) : 0,
      to < spans.length ? shareOf(from, to + 1) : 0,
    ]
    const next = Math.max(before, after)
    if (next < share + WORTH_A_SENTENCE) break
    if (before > after) from--
    else to++
    share = next
    found.push({ from, to, share })
  }
  // What the sentence leaves to the one before it: 1至4月，…。其中，…
  if (from > 0) found.unshift({ from: from - 1, to, share })
  return found.toReversed().flatMap((w) => {
    const place = { passage, start: spans[w.from]!.start, end: spans[w.to - 1]!.end }
    return quoteLength(quoteAt(place)) < MIN_QUOTE ? [] : [{ place, share: w.share }]
  })
}
