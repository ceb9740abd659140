import { governs } from '../../language/governors.ts'
import { findPlaces } from '../../language/places.ts'
import { wordsOf } from '../../language/words.ts'
import type { Span } from '../../traced.ts'
import type { Sentence } from '../context/context.ts'
import { withGovernors } from '../tell/govern.ts'
import { limits } from './limits.ts'
import { ENUMERATOR } from '../tell/join-pieces.ts'
import { NEEDS, type Needs } from '../tell/needs.ts'
import { withLabels } from '../tell/table-row.ts'
import {
  type Aligned,
  type AlignedPrint,
  type Alignment,
  type Step,
  align,
  aligned,
} from './align.ts'
import { type Difference, changeOf, differenceOf } from './changes.ts'
import { lettersWithin } from './letters.ts'
import { claimedReadings, printedReadings } from './readings.ts'
import { type Run, runsOf } from './runs.ts'
import type { Window } from './windows.ts'

/** What telling puts back to be safe is no change; what a cut needs more likely than not is one. */
const SURE: Needs = { ...NEEDS, thresholds: { gate: 0.5, with: 0.5 } }

/** How a claim stands to some sentences of an article. */
export interface Comparison {
  readonly verdict: 'found' | 'changed' | 'other'
  /** Those that the claim repeats; at least one unless it repeats nothing. */
  readonly sentences: readonly Sentence[]
  readonly differences: readonly Difference[]
  /** What is changed and left out: of two comparisons the smaller is the closer. */
  readonly distance: number
  /** The share of the claim's letters that stand in the sentences, in order. */
  readonly share: number
}

/** A claim with less in common says something of its own; so does one with more changes. */
const SHARE = 0.6
const MOST_CHANGES = 3
/** What is exchanged is a word, a name, a figure; longer is another clause. */
const LONGEST_CHANGE = 24

/** So many of the stretches that are cheapest to align are read closely. */
const CLOSELY = 3

/** Compares a claim with stretches of articles: is it a cut of one, and if not, what differs? The closest first. */
export function compareAll(text: string, windows: readonly Window[]): Comparison[] {
  return windows
    .map((window) => {
      const print = printOf(window)
      const claim = aligned(text, claimedReadings(text, print.printed))
      return { claim, print, alignment: align(claim, print) }
    })
    .toSorted((a, b) => a.alignment.cost - b.alignment.cost)
    .slice(0, CLOSELY)
    .map(({ claim, print, alignment }) => judge(claim, print, alignment))
    .toSorted((a, b) => a.distance - b.distance)
}

function judge(claim: Aligned, print: Print, alignment: Alignment): Comparison {
  const runs = runsOf(alignment, claim, print)
  const told = print.sentences
    .map(({ sentence, offset }) => ({
      sentence,
      kept: keptPieces(sentence, offset, print, alignment, runs),
    }))
    .filter(({ kept }) => kept.size > 0)
  const missing = told.flatMap(({ sentence, kept }) => leftOut(sentence, kept))
  const seen = {
    sentences: told.map(({ sentence }) => sentence),
    share: sharedLetters(alignment),
    distance: alignment.cost + missing.length,
  }
  const differences =
    seen.share < SHARE || asksMore(claim.text, seen.sentences)
      ? null
      : changedWords(runs, claim.text, print.text)
  if (!differences) return { verdict: 'other', differences: [], ...seen }
  const all = [...differences, ...missing.map((printed) => ({ claimed: '', printed }))]
  return { verdict: all.length === 0 ? 'found' : 'changed', differences: all, ...seen }
}

/** What a claim says otherwise; null when that is more than a few words, or code cannot tell. */
function changedWords(runs: readonly Run[], claim: string, print: string): Difference[] | null {
  const changes = runs.map((run) => ({ run, change: changeOf(run, claim, print) }))
  const telling = changes.filter(({ change }) => change !== 'particle')
  const isLong = ({ claimed, printed }: Run) =>
    [claimed, printed].some(({ start, end }) => end - start > LONGEST_CHANGE)
  if (telling.length > MOST_CHANGES || runs.some(isLong) || cutsWord(runs, claim)) return null
  if (telling.length === 0 && changes.length > 0) return null
  const differences = telling.flatMap(({ run, change }) =>
    change === null ? [] : [differenceOf(run, change, claim, print)],
  )
  return differences.length < telling.length ? null : differences
}

/** 聊 changed, 城 kept: the claim is no change of what is printed, but words of its own. */
function cutsWord(runs: readonly Run[], claim: string): boolean {
  const edges = runs.flatMap(({ claimed }) => [claimed.start, claimed.end])
  return [...wordsOf(claim), ...findPlaces(claim)].some(({ start, end }) =>
    edges.some((at) => start < at && at < end),
  )
}

const ASKS = /[？?]/u

/** Whether a claim asks what is printed as said. */
const asksMore = (claim: string, sentences: readonly Sentence[]) =>
  ASKS.test(claim) && !sentences.some(({ text }) => ASKS.test(text))

interface Print extends AlignedPrint {
  readonly sentences: readonly { readonly sentence: Sentence; readonly offset: number }[]
  readonly printed: { readonly date: string | null; readonly place: readonly string[] }
}

/** Sentences one after the other as one text. */
function printOf(window: Window): Print {
  let text = ''
  const sentences = window.map((sentence) => {
    const offset = text.length
    text += `${sentence.text}\n`
    return { sentence, offset }
  })
  const pieces = sentences.flatMap(({ sentence, offset }) =>
    sentence.pieces.map(({ start, end }) => ({ start: start + offset, end: end + offset })),
  )
  const { date, place } = window[0]!.passage
  const printed = { date: date.value, place }
  return {
    ...aligned(text, printedReadings(text, printed)),
    pieces,
    numbers: pieces.flatMap((piece) => enumeratorOf(text, piece)),
    sentences,
    printed,
  }
}

function enumeratorOf(text: string, { start, end }: Span): Span[] {
  const length = ENUMERATOR.exec(text.slice(start, end))?.[0].length ?? 0
  return length > 0 && start + length < end ? [{ start, end: start + length }] : []
}

/** The pieces of a sentence that a claim repeats or changes. */
function keptPieces(
  { pieces }: Sentence,
  offset: number,
  print: Print,
  { steps }: Alignment,
  runs: readonly Run[],
): Set<number> {
  const repeated = steps.filter(({ kind }) => kind === 'same' || kind === 'form')
  return new Set(
    pieces.keys().filter((i) => {
      const piece = { start: pieces[i]!.start + offset, end: pieces[i]!.end + offset }
      const range = lettersWithin(print.letters, piece)
      return (
        repeated.some(({ printed }) => printed.start < range.end && range.start < printed.end) ||
        runs.some(({ printed }) => printed.start < piece.end && piece.start < printed.end)
      )
    }),
  )
}

/** What governs the pieces that a claim keeps, limits them, and is left out of it. */
function leftOut(sentence: Sentence, kept: ReadonlySet<number>): string[] {
  const { text, pieces, passage } = sentence
  const isRow = passage.kind === 'table' && passage.part === 'body'
  const told = isRow
    ? withLabels(text, pieces, kept)
    : withGovernors(text, pieces, kept, governs, SURE)
  return [...told]
    .filter((i) => !kept.has(i) && (isRow || limits(i, sentence, kept)))
    .toSorted((a, b) => a - b)
    .map((i) => text.slice(pieces[i]!.start, pieces[i]!.end))
}

/** The share of a claim's letters that are printed so; a figure, a date or a place that differs aside. */
function sharedLetters({ steps }: Alignment): number {
  const count = (...kinds: readonly Step['kind'][]) =>
    steps
      .filter(({ kind }) => kinds.includes(kind))
      .reduce((sum, { claimed }) => sum + claimed.end - claimed.start, 0)
  return count('same', 'form') / Math.max(1, count('same', 'form', 'other'))
}
