import { type Clause, type Structure, structureOf } from './clauses.ts'
import { figures } from './figures.ts'
import type { Governors } from './governors.ts'
import { type SubjectKind, subjectOf } from './subject.ts'
import { type Word, wordsOf } from './words.ts'
import { spanBehind } from '../traced.ts'
import type { Span } from '../traced.ts'

/** What a clause does for those behind it: `condition` and `phase` limit them, the others frame them. */
export type Frame = 'condition' | 'phase' | 'time' | 'idle' | 'purpose'

/** A clause with what is known of its words. */
export interface ReadClause {
  readonly clause: Clause
  readonly words: readonly Word[]
  /** Whether it begins with the number of an item (一是). */
  readonly numbered: boolean
  readonly subject: SubjectKind
  readonly frame: Frame | null
  readonly hasTime: boolean
  readonly has: (name: string) => boolean
}

/** A sentence as it is read: how it is built, and what each clause does in it. */
export interface ReadSentence {
  readonly structure: Structure
  readonly clauses: readonly ReadClause[]
}

/** What was read of a sentence is kept with its pieces: the same are told many times. */
const kept = new WeakMap<
  readonly Span[],
  { readonly governs: Governors; readonly read: ReadSentence }
>()

/** Reads a sentence from its pieces. */
export function readSentence(
  text: string,
  pieces: readonly Span[],
  governs: Governors,
): ReadSentence {
  const before = kept.get(pieces)
  if (before?.governs === governs) return before.read
  const structure = structureOf(text, pieces)
  const titleBehind = spanBehind(titlesIn(structure))
  const words = wordsOfPieces(text, pieces)
  const clauses = structure.clauses.map((clause) =>
    read(
      clause,
      clause.pieces.flatMap((i) => words[i]!),
      titleBehind,
      governs,
    ),
  )
  const made = { structure, clauses }
  kept.set(pieces, { governs, read: made })
  return made
}

/** Titles of documents, without those within them. */
function titlesIn({ enclosed }: Structure): Span[] {
  const titles: Span[] = []
  for (const pair of enclosed)
    if (pair.open === '《' && pair.start > (titles.at(-1)?.end ?? -1)) titles.push(pair)
  return titles
}

/** The words of each piece; marks are none. */
function wordsOfPieces(text: string, pieces: readonly Span[]): Word[][] {
  const found = pieces.map((): Word[] => [])
  let at = 0
  for (const word of wordsOf(text)) {
    while (at < pieces.length && pieces[at]!.end < word.end) at++
    const piece = pieces[at]
    if (piece && word.tag !== 'x' && piece.start <= word.start) found[at]!.push(word)
  }
  return found
}

function read(
  clause: Clause,
  words: readonly Word[],
  titleBehind: ReturnType<typeof spanBehind>,
  governs: Governors,
): ReadClause {
  // 一是…, 但是如果…: what counts and what joins stands before what governs.
  const numbered = governs('numbering', words.slice(0, 2)) && words[0]!.tag === 'm' ? 2 : 0
  const joined = words.findIndex((word, i) => i >= numbered && !governs('linking', [word]))
  const inner = words.slice(Math.max(0, joined))
  const dates = figures(clause.text).filter(({ kind }) => kind === 'date')
  const dateBehind = spanBehind(dates)
  const undated = inner.filter(
    ({ start, end }) => (dateBehind(start - clause.start)?.start ?? Infinity) >= end - clause.start,
  )
  // A document's title is a name, whatever it says.
  const saying = words.filter(({ start, end }) => {
    const title = titleBehind(start)
    return !(title && title.start < start && end <= title.end)
  })
  const has = (name: string) => governs(name, saying)
  return {
    clause,
    words,
    numbered: numbered > 0,
    // 1997年4月3日动工: a word alone behind a date is what happened.
    subject: dates.length > 0 && undated.length === 1 ? 'none' : subjectOf(undated, governs),
    frame: frameOf(inner, undated, governs),
    hasTime: timeBeforeVerb(inner, undated),
    has,
  }
}

function frameOf(
  words: readonly Word[],
  undated: readonly Word[],
  governs: Governors,
): Frame | null {
  const has = (name: string) => governs(name, words)
  if (has('idle') || (words.length === 1 && has('part'))) return 'idle'
  const isOfTime = (word: Word) => /^(?:t|tg|[mqf])/u.test(word.tag) || governs('time', [word])
  const timed = undated.length < words.length || words.some(({ tag }) => tag === 't') || has('time')
  if (timed && undated.every(isOfTime)) return 'time'
  if (
    has('plain') ||
    has('source') ||
    (has('purpose') && !words.some(isCounting) && !has('happened'))
  )
    return 'purpose'
  if (has('condition') || has('if') || (has('toward') && endsInNoun(words))) return 'condition'
  return has('phase') ? 'phase' : null
}

/** 对认定的中试基地: no more than a noun; not 对企业发放补贴. */
function endsInNoun(words: readonly Word[]): boolean {
  const of = words.findLastIndex(({ tag }) => tag === 'uj')
  return !words.slice(of + 1).some(isVerb)
}

/** Whether a clause says when: a time behind its verb is a part of something else (2023年开放日活动). */
function timeBeforeVerb(words: readonly Word[], undated: readonly Word[]): boolean {
  const verb = words.find(isVerb)
  const others = new Set(undated)
  const times = words.filter((word) => word.tag === 't' || !others.has(word))
  return times.some((time) => verb === undefined || time.start < verb.start)
}

/** A number, or a word that counts. */
export const isCounting = ({ tag }: Word) => tag === 'm'
export const isVerb = ({ tag }: Word) => /^v(?!n)/u.test(tag)

/** Whether a clause names a place, a person, an office. */
export const isNamed = ({ words, has }: ReadClause) =>
  has('whole-place') || words.some(({ tag }) => /^(?:ns|nt|nr)/u.test(tag))
