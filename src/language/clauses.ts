import type { Span } from '../traced.ts'
import { type Pair, isBracket, pairs } from './pairs.ts'

/** Pieces that a pause mark parts from the next: `，`, `：`, `；`; those within share `、` or a bracket. */
export interface Clause extends Span {
  readonly text: string
  /** Which of the sentence's pieces, those in brackets not among them. */
  readonly pieces: readonly number[]
  /** Clauses with the same number have no `；` or full stop between them. */
  readonly segment: number
  /** Whether `：` follows. */
  readonly leads: boolean
}

/** Words between marks of a pair, and the pieces they touch. */
export interface Enclosed extends Pair {
  readonly pieces: readonly number[]
  readonly kind: 'bracket' | 'phrase' | 'speech'
}

/** How a sentence is built. */
export interface Structure {
  readonly clauses: readonly Clause[]
  /** Of each piece, its clause; of one in a bracket, the clause that the bracket stands in. */
  readonly clauseOf: readonly number[]
  readonly enclosed: readonly Enclosed[]
}

const SEGMENT_END = /[；;。.！？!?\n]/u
const CLAUSE_END = /[，,：:—…]/u
const LEADS = /[：:]/u
/** 本报讯（记者 王明）目前，…: what a byline parts are no halves of one clause. */
const BYLINE = /记者|通讯员/u
/** Whoever is quoted speaks in clauses of his own; a quoted phrase is a part of somebody else's. */
const SPEECH = /[。！？]|[，,；;](?=[”"」』]?$)/u
const LONGEST_PHRASE = 40
const LETTER = /\p{L}/u

/** Reads how a sentence is built from its pieces, which stand in order. */
export function structureOf(text: string, pieces: readonly Span[]): Structure {
  const enclosed = enclosedIn(text, pieces)
  const brackets = enclosed.filter(({ kind }) => kind === 'bracket')
  const inBracket = isWithin(brackets, pieces)
  const reach = phraseReach(enclosed, pieces.length)
  const closing = new Map(brackets.map(({ start, end }) => [start, end]))
  const clauses: { pieces: number[]; segment: number; leads: boolean }[] = []
  const clauseOf: number[] = []
  let segment = 0
  let last = -1
  pieces.forEach((piece, i) => {
    if (inBracket[i]) {
      clauseOf[i] = Math.max(0, clauses.length - 1)
      return
    }
    const gap = last < 0 ? '' : outside(text, pieces[last]!.end, piece.start, closing)
    const glued = last >= 0 && reach[last]! >= i
    const ends = !glued && SEGMENT_END.test(gap)
    const byline = last >= 0 && BYLINE.test(text.slice(pieces[last]!.end, piece.start))
    const current = clauses.at(-1)
    if (current && !ends && !byline && (glued || !CLAUSE_END.test(gap))) current.pieces.push(i)
    else {
      if (ends) segment++
      if (current) current.leads = LEADS.test(gap)
      clauses.push({ pieces: [i], segment, leads: false })
    }
    clauseOf[i] = clauses.length - 1
    last = i
  })
  return {
    clauses: clauses.map((clause): Clause => {
      const [start, end] = [pieces[clause.pieces[0]!]!.start, pieces[clause.pieces.at(-1)!]!.end]
      return { ...clause, start, end, text: text.slice(start, end) }
    }),
    clauseOf,
    enclosed,
  }
}

/** The pairs of a text with the pieces that each touches. */
function enclosedIn(text: string, pieces: readonly Span[]): Enclosed[] {
  let first = 0
  return pairs(text).map((pair) => {
    while (first < pieces.length && pieces[first]!.end <= pair.start) first++
    const touched: number[] = []
    for (let i = first; i < pieces.length && pieces[i]!.start < pair.end; i++) touched.push(i)
    // A bracket that nothing stands in front of is a phrase like any other.
    const kind = isBracket(pair) && first === 0 ? 'phrase' : kindOf(pair, text, touched.length)
    return { ...pair, pieces: touched, kind }
  })
}

/** Of each piece, whether one of the brackets has it in it. */
function isWithin(brackets: readonly Pair[], pieces: readonly Span[]): boolean[] {
  let next = 0
  let farthest = -1
  return pieces.map((piece) => {
    for (; next < brackets.length && brackets[next]!.start < piece.start; next++)
      farthest = Math.max(farthest, brackets[next]!.end)
    return piece.end <= farthest
  })
}

/** Of each piece, the last one that a quoted phrase joins to it. */
function phraseReach(enclosed: readonly Enclosed[], count: number): number[] {
  const reach = Array.from({ length: count }, (_, i) => i)
  for (const { kind, pieces } of enclosed) {
    const [first] = pieces
    if (kind === 'phrase' && first !== undefined)
      reach[first] = Math.max(reach[first]!, pieces.at(-1)!)
  }
  for (let i = 1; i < count; i++) reach[i] = Math.max(reach[i]!, reach[i - 1]!)
  return reach
}

function kindOf(pair: Pair, text: string, touched: number): Enclosed['kind'] {
  if (isBracket(pair)) return 'bracket'
  const inside = text.slice(pair.start + 1, pair.end)
  const speaks = SPEECH.test(inside) || (touched > 1 && LEADS.test(text.charAt(pair.start - 1)))
  // 朝着“……”大步前进: words on both sides make it a part of their clause.
  const within = LETTER.test(text.charAt(pair.start - 1)) && LETTER.test(text.charAt(pair.end + 1))
  return speaks || (inside.length > LONGEST_PHRASE && !within) ? 'speech' : 'phrase'
}

/** What stands between two places, brackets and what is in them aside. */
function outside(
  text: string,
  start: number,
  end: number,
  closing: ReadonlyMap<number, number>,
): string {
  let kept = ''
  for (let at = start; at < end; at++) {
    const close = closing.get(at)
    if (close !== undefined && close < end) at = close
    else kept += text[at]
  }
  return kept
}
