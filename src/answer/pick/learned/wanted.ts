/** What a question asks, read once for picking: its words by what they are worth here, what kinds of things, where, when. */
import { governorsOf } from '../../../language/governors.ts'
import { findPlaces } from '../../../language/places.ts'
import { type Word, wordsOf } from '../../../language/words.ts'
import type { Retrieved } from '../../../retrieval/retrieve.ts'
import { ASKED } from '../../../retrieval/asked.ts'
import { normalize } from '../../../retrieval/tokens.ts'
import { askedAlone } from '../../../retrieval/understand.ts'
import type { AskedPlaces } from '../../../retrieval/asked-places.ts'
import { type Asked, askedIn } from '../../../language/kinds.ts'
import type { Part } from './parts.ts'

/** A word or pair of characters of the question. */
export interface Term {
  readonly text: string
  /** Rarity times weight, from the index. */
  readonly mass: number
  /** Its mass, less the farther it stands from the words that ask. */
  readonly focus: number
  /** Itself first, then other words for it. */
  readonly words: readonly { readonly text: string; readonly terms: readonly string[] }[]
}

export interface Wanted {
  /** Letters and digits alone, normalized. */
  readonly letters: string
  readonly terms: readonly Term[]
  readonly total: number
  readonly focusTotal: number
  /** Of each word that carries content, the terms in it (by index) and the heaviest one's mass. */
  readonly words: readonly { readonly terms: readonly number[]; readonly mass: number }[]
  readonly wordTotal: number
  readonly asked: readonly Asked[]
  /** Its numbers, and its names in quotation marks, as letters. */
  readonly figures: readonly string[]
  readonly names: readonly string[]
  readonly places: readonly {
    readonly path: readonly string[]
    readonly names: readonly string[]
  }[]
  readonly years: readonly number[]
  /** Where it must be about. */
  readonly firm: AskedPlaces['paths']
  /** Share of the mass that no article has. */
  readonly unknown: number
  /** How it is typed: shares of its words that are particles and pronouns, names of things, single characters. */
  readonly style: { readonly spoken: number; readonly things: number; readonly single: number }
}

/** In characters: from the words that ask to where a term counts e times less; two words of two. Not measured against others. */
const FOCUS = 4
/** What carries content by part of speech: names, nouns, verbs, adjectives, numbers, times, foreign words. */
const CONTENT = /^(?:n|v|a|j|l|i|eng|m|t|s|b)/u
/** Pronouns, particles, interjections, conjunctions. */
const SPOKEN = /^[ruyec]/u

export function lettersOf(text: string): string {
  return normalize(text).replace(/[^\p{L}\p{N}]+/gu, '')
}

const isNow = (word: Word) => asks('now', [word])
const asks = governorsOf(ASKED)

/** What terms of a question's other parts are worth beside those of one. Of .3, .5 and .7 not measured apart. */
const ELSEWHERE = 0.5

/** `part` narrows a question in several parts to one of them. */
export function wantedOf(
  question: string,
  { units, understood }: Pick<Retrieved, 'units' | 'understood'>,
  part?: Part,
): Wanted {
  const asked = part?.asked ?? askedIn(normalize(question))
  const normal = normalize(question)
  // What was taken over from the conversation is asked as much as what was added to it.
  const all = understood.follows ? units.map(askedAlone) : units
  // 现在 asks for the newest article, which need not print it.
  const now = wordsOf(normal).filter(isNow)
  const weighed = all.filter(
    ({ mass, text }) => mass > 0 && !now.some((word) => word.text.includes(text)),
  )
  const terms = weighed.map(({ text, mass: whole, words }): Term => {
    const inside = part ? normal.slice(0, part.end).indexOf(text, part.start) : -1
    const at = inside >= 0 ? inside : normal.indexOf(text)
    const mass = part && (at < part.start || at >= part.end) ? whole * ELSEWHERE : whole
    const near = asked.map(({ start, end }) =>
      at < 0 ? Number.POSITIVE_INFINITY : Math.max(0, at - end, start - at - text.length),
    )
    const distance = Math.min(...near, Number.POSITIVE_INFINITY)
    return { text, mass, words, focus: mass * Math.exp(-distance / FOCUS) }
  })
  const total = sum(terms.map(({ mass }) => mass))
  const said = wordsOf(normal).filter((word) => word.tag !== 'x' && !isNow(word))
  const shareOf = (test: (word: Word) => boolean) =>
    said.filter(test).length / Math.max(1, said.length)
  const words = said
    .filter(({ text, tag }) => text.length > 1 && CONTENT.test(tag))
    .map(({ text }) => {
      const own = terms.flatMap((term, i) => (text.includes(term.text) ? [i] : []))
      return { terms: own, mass: Math.max(0, ...own.map((i) => terms[i]!.mass)) }
    })
    .filter(({ mass }) => mass > 0)
  return {
    letters: lettersOf(question),
    terms,
    total: total || 1,
    focusTotal: sum(terms.map(({ focus }) => focus)) || 1,
    words,
    wordTotal: sum(words.map(({ mass }) => mass)) || 1,
    asked,
    figures: [...normal.matchAll(/\d+(?:\.\d+)?/gu)].map(([digits]) => digits),
    names: [...normal.matchAll(/[“"《「]([^”"》」]{2,40})[”"》」]/gu)].map((m) => lettersOf(m[1]!)),
    places: findPlaces(normal).flatMap(({ places }) => places.slice(0, 1)),
    years: understood.years.filter(({ relative }) => !relative).map(({ year }) => year),
    firm: understood.places.firm ? understood.places.paths : [],
    style: {
      spoken: shareOf(({ tag }) => SPOKEN.test(tag)),
      things: shareOf(({ tag }) => tag.startsWith('n')),
      single: shareOf(({ text }) => text.length === 1),
    },
    unknown: sum(weighed.map(({ known, mass }) => (known ? 0 : mass))) / (total || 1),
  }
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}

/**
 * How much of a term a normalized text has: 1 in the asker's own words, less in others, or where most of a
 * long word's pairs stand in it.
 */
export function degree({ words }: Term, text: string): number {
  let best = 0
  for (const [i, word] of words.entries()) {
    const worth = i === 0 ? 1 : OTHER
    if (worth <= best) break
    if (stands(text, word.text)) best = worth
    else if (word.terms.length >= PARTLY_FROM) {
      const share = word.terms.filter((term) => stands(text, term)).length / word.terms.length
      if (share >= PARTLY) best = Math.max(best, worth * share * share)
    }
  }
  return best
}

/** As retrieval's second look has them (`rerank.ts`). */
const OTHER = 0.8
const PARTLY_FROM = 3
const PARTLY = 0.6

/** Whether a word stands in a text, a number not within another. */
export function stands(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isDigit(word, 0)) return true
    if (!isDigit(text, at - 1) && !isDigit(text, at + word.length)) return true
  }
  return false
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 0x30 && code <= 0x39
}
