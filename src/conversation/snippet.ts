import { sentences } from '../language/sentences.ts'
import { wordsOf } from '../language/words.ts'
import { normalize } from '../retrieval/tokens.ts'
import type { WeighedUnit } from '../retrieval/weigh.ts'
import type { Span } from '../traced.ts'
import { betweenCharacters } from '../code-points.ts'

/** A few words of a passage, and where in them stands what was looked for. */
export interface Snippet {
  readonly text: string
  readonly marks: readonly Span[]
}

/** What was looked for: words that mean the same, normalized, and what a passage gains by having one. */
export interface Sought {
  readonly words: readonly string[]
  readonly mass: number
}

/** Two lines on a telephone, in UTF-16 units. */
const LENGTH = 90
/** So much is shown before the first word that was looked for. */
const BEFORE = 16
/** What gains less than this part of what gains most is not looked for: 怎么 beside 报装. */
const TELLING = 0.1

/**
 * What a search looked for as a reader sees it: its whole words, and what else they are called. The units
 * that were searched with are words that have other words, and pairs of letters, of two words as well.
 */
export function soughtIn(query: string, units: readonly WeighedUnit[]): Sought[] {
  const massOf = (word: string) =>
    Math.max(
      0,
      ...units.map(({ text, mass }) => (word.includes(text) || text.includes(word) ? mass : 0)),
    )
  const known = units.filter(({ words }) => words.length > 1)
  const sought = [
    ...known.map(({ words, mass }) => ({ words: words.map(({ text }) => text), mass })),
    ...wordsOf(normalize(query)).map(({ text }) => ({ words: [text], mass: massOf(text) })),
  ].map(({ words, mass }) => ({ words: words.filter((word) => word.length > 1), mass }))
  const least = TELLING * Math.max(0, ...sought.map(({ mass }) => mass))
  return sought.filter(({ words, mass }) => words.length > 0 && mass > 0 && mass >= least)
}

/** The words of a passage around the sentence that has most of what was looked for. */
export function snippet(text: string, sought: readonly Sought[]): Snippet {
  const found = sought.flatMap(({ words, mass }) =>
    occurrences(text, words).map((span) => ({ ...span, mass })),
  )
  const within = ({ start, end }: Span) =>
    found.filter((span) => start <= span.start && span.end <= end)
  const [best] = sentences(text)
    .map((sentence) => ({ sentence, worth: sum(within(sentence)) }))
    .toSorted((a, b) => b.worth - a.worth)
  const first = Math.min(...(best ? within(best.sentence) : []).map(({ start }) => start))
  const start = betweenCharacters(
    text,
    Math.max(best?.sentence.start ?? 0, Number.isFinite(first) ? first - BEFORE : 0),
  )
  const end = betweenCharacters(text, Math.min(text.length, start + LENGTH))
  const before = start > (best?.sentence.start ?? 0) ? '…' : ''
  const shown = `${before}${text.slice(start, end).replaceAll(/\s/gu, ' ')}${end < text.length ? '…' : ''}`
  const marks = joined(within({ start, end })).map((span) => ({
    start: span.start - start + before.length,
    end: span.end - start + before.length,
  }))
  return { text: shown, marks }
}

/** Where any of some words stands; nowhere in a text whose letters are other ones when compared. */
function occurrences(text: string, words: Sought['words']): Span[] {
  const compared = normalize(text)
  if (compared.length !== text.length) return []
  return words.flatMap((word) => {
    const spans: Span[] = []
    for (let at = compared.indexOf(word); at >= 0; at = compared.indexOf(word, at + 1))
      spans.push({ start: at, end: at + word.length })
    return spans
  })
}

const sum = (found: readonly { readonly mass: number }[]) =>
  found.reduce((total, { mass }) => total + mass, 0)

function joined(spans: readonly Span[]): Span[] {
  const all: { start: number; end: number }[] = []
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = all.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else all.push({ start, end })
  }
  return all
}
