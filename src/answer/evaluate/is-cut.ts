import { cutSource, parts } from './cut-source.ts'
import type { CutSource } from './cut-source.ts'
import { lettersOf, tokensOf } from './cut-tokens.ts'
import type { Token } from './cut-tokens.ts'
import { explanationAt } from './explanations.ts'
import { labelEnds, titleLabel } from './labels.ts'

/**
 * Whether a text is a cut of the sentences it cites, by the first of the seven things of contract.md:
 * without a label in front and explanations in brackets it is the quotes, one after the other, letter
 * by letter, with whole pieces left out. `headlines` are the quotes' own, in the same order. Written
 * from the contract alone, apart from whatever tells.
 */
export function isCut(
  text: string,
  quotes: readonly string[],
  headlines: readonly (string | null)[] = [],
): boolean {
  const told = text.trim()
  return (
    labelEnds(told, quotes).some((end) => isBareCut(told.slice(end), quotes)) ||
    isTitledCut(told, quotes, headlines) ||
    isConflict(told, quotes, headlines)
  )
}

type Cited = readonly [quotes: readonly string[], headlines: readonly (string | null)[]]

/** A cut of the quotes that stand under the headline which its label names. */
function isTitledCut(text: string, ...[quotes, headlines]: Cited): boolean {
  const label = titleLabel(text)
  if (!label) return false
  const own = quotes.filter((_, i) => lettersOf(headlines[i] ?? '') === label.headline)
  return own.length > 0 && isBareCut(text.slice(label.end), own)
}

/** Two such cuts, one after the other. */
function isConflict(text: string, ...cited: Cited): boolean {
  for (let at = text.indexOf('《', 1); at > 0; at = text.indexOf('《', at + 1)) {
    const first = text.slice(0, at).trimEnd()
    if (!first.endsWith('。') && !first.endsWith('；')) continue
    if (isTitledCut(text.slice(at), ...cited) && isTitledCut(first, ...cited)) return true
  }
  return false
}

/** How far a text has been found in the source. */
interface Place {
  /** The last letter told, -1 before the first. */
  readonly letter: number
  /** The halves, as tokens of the source, that the marks still open in the text wait for. */
  readonly open: readonly number[]
}

/**
 * Walks through the text with every place at which it may be in the source. A text of n letters takes
 * n steps over the few places whose letters agree so far.
 */
function isBareCut(text: string, quotes: readonly string[]): boolean {
  const told = tokensOf(text)
  const source = cutSource(quotes)
  const reached = told.map(() => new Map<string, Place>())
  const reach = (at: number, place: Place) =>
    reached[at]?.set(`${place.letter} ${place.open.join(' ')}`, place)
  reach(0, { letter: -1, open: [] })
  let next = 0
  for (const [i, places] of reached.entries()) {
    if (places.size === 0) continue
    next = Math.max(next, i)
    while (next < told.length && told[next]!.kind !== 'letter') next++
    const between = told.slice(i, next)
    const explained = i > 0 ? explanationAt(text, told[i]!.at) : null
    const behind = explained ? told.findIndex(({ at }) => at >= explained.end) : -1
    const leaping = isPlain(between) ? earliest(source, [...places.values()]) : null
    for (const place of places.values()) {
      if (explained && behind < 0 && isEnd(source, place, [])) return true
      if (behind > 0) reach(behind, place)
      if (next === told.length && isEnd(source, place, between)) return true
      const letter = told[next]
      if (letter?.kind !== 'letter') continue
      const mayLeap = !leaping || leaping.has(place)
      for (const to of following(source, place.letter, letter.char, mayLeap)) {
        for (const open of crossings(source, place, to, between)) {
          if (next + 1 < told.length) reach(next + 1, { letter: to, open })
          else if (isEnd(source, { letter: to, open }, [])) return true
        }
      }
    }
  }
  return false
}

/** Marks that may stand anywhere between two pieces. */
const isPlain = (between: readonly Token[]) =>
  between.some(parts) && between.every((token) => token.kind !== 'half' && !asks(token))

/** Behind a plain mark the place that has told least of the source can go wherever the others can. */
function earliest({ letters }: CutSource, places: readonly Place[]): Set<Place> {
  const first = new Map<string, Place>()
  for (const place of places) {
    const key = place.open.join(' ')
    const isGap = place.letter < 0 || letters[place.letter]!.endsPiece
    if (isGap && place.letter < (first.get(key)?.letter ?? Infinity)) first.set(key, place)
  }
  return new Set(first.values())
}

/** The letters of the source that may be told next: the next of the same piece, or the first of a later one. */
function following(
  { letters, starts }: CutSource,
  from: number,
  char: string,
  mayLeap: boolean,
): number[] {
  const last = letters[from]
  const next = letters[from + 1]
  const same = last && next?.char === char && next.piece === last.piece ? [from + 1] : []
  if ((last && !last.endsPiece) || !mayLeap) return same
  return (starts.get(char) ?? []).filter((start) => start > from)
}

function isEnd(source: CutSource, place: Place, between: readonly Token[]): boolean {
  if (!source.letters[place.letter]?.endsPiece) return false
  return crossings(source, place, source.letters.length, between).some((open) => open.length === 0)
}

/**
 * The ways in which marks of the text can stand for those of the source between two letters told one
 * after the other: each as what is open behind them.
 */
function crossings(
  source: CutSource,
  { letter, open }: Place,
  to: number,
  between: readonly Token[],
): (readonly number[])[] {
  const { letters, tokens } = source
  const [left, right] = [letters[letter], letters[to]]
  const start = (left?.token ?? -1) + 1
  const end = right?.token ?? tokens.length
  const region = () => tokens.slice(start, end)
  if (left !== undefined && left.piece === right?.piece) {
    if (between.some(({ kind }) => kind === 'mark')) return []
  } else {
    if (!left && !areDashes(between)) return []
    if (between.some(asks) && !region().some(asks)) return []
    if (left && right && !between.some(parts) && needsMark(left.char, region(), right.char))
      return []
  }
  return pairings(source, between, start, end, open)
}

/** Any mark may stand for another, but nothing is asked that the page does not ask. */
const asks = (token: Token) => token.kind === 'mark' && token.char === '?'

const HAN = /\p{Script=Han}/u

/** In front of the first piece only the dashes of an item may stand. */
const areDashes = (between: readonly Token[]) =>
  between.every((token) => token.kind !== 'mark' || '—–―─-'.includes(token.char))

/** Two figures or Latin words stay apart; so do two pieces, unless only brackets part them or a whole bracket between them is left out. */
function needsMark(left: string, region: readonly Token[], right: string): boolean {
  if (!HAN.test(left) && !HAN.test(right)) return true
  const parting = region.filter((token) => parts(token) && token.kind !== 'space')
  const [first, last] = [parting[0], parting.at(-1)]
  const isBracketed = first?.kind === 'half' && first.side === 'open' && last?.kind === 'half'
  return !isBracketed && parting.some(({ kind }) => kind === 'mark')
}

/** So many pairs around a word are looked at, the inner ones first. */
const DEEPEST = 8

/**
 * Of a pair of marks both are told or neither: a closing one is the other half of what was opened last;
 * an opening one stands for one of the source whose other half comes later.
 */
function pairings(
  source: CutSource,
  between: readonly Token[],
  start: number,
  end: number,
  open: readonly number[],
): (readonly number[])[] {
  const { tokens, partner } = source
  const [half, ...rest] = between.filter(({ kind }) => kind === 'half')
  if (half?.kind !== 'half') return open.every((at) => at >= end) ? [open] : []
  const isSame = (token: Token | undefined) => token?.kind === 'half' && token.pair === half.pair
  const found: (readonly number[])[] = []
  const last = open.at(-1)
  if (half.side !== 'open' && last !== undefined && last < end && isSame(tokens[last]))
    found.push(...pairings(source, rest, last + 1, end, open.slice(0, -1)))
  if (half.side === 'close') return found
  const openings: number[] = []
  for (let at = end - 1; at >= start && openings.length < DEEPEST; at--)
    if (isSame(tokens[at]) && (partner.get(at) ?? -1) >= end) openings.push(at)
  for (const at of openings)
    found.push(...pairings(source, rest, at + 1, end, [...open, partner.get(at)!]))
  return found
}
