import { tokensOf } from './cut-tokens.ts'
import type { Token } from './cut-tokens.ts'

/** Quotes as what a cut is taken from: their letters, where pieces begin and end, which marks are pairs. */
export interface CutSource {
  readonly tokens: readonly Token[]
  readonly letters: readonly SourceLetter[]
  /** Letters at which a told piece may begin, by character, in order. */
  readonly starts: ReadonlyMap<string, readonly number[]>
  /** The other half of a mark of a pair, both ways, as positions in `tokens`. */
  readonly partner: ReadonlyMap<number, number>
}

interface SourceLetter {
  readonly char: string
  /** Its position in `tokens`. */
  readonly token: number
  readonly piece: number
  readonly endsPiece: boolean
}

/** Number words that a piece may begin with; a mark behind them makes them a piece of their own. */
const ENUMERATOR =
  /^(?:[一二三四五六七八九十]{1,3}(?:是|要(?!素))|(?:首先|其次|第[一二三四五六七八九十]{1,3}(?=[是要]))(?<verb>[是要])?|[①-⑳]|\d{1,2}\.(?!\d))/u

export function cutSource(quotes: readonly string[]): CutSource {
  const tokens = quotes.flatMap((quote): Token[] => {
    const isRow = isTableRow(quote)
    const own = tokensOf(quote).filter(
      (token) => token.kind !== 'space' || isRow || token.char === '\n',
    )
    return [...own, { kind: 'space', char: '\n', at: quote.length }]
  })
  const letters = lettersIn(tokens)
  return { tokens, letters, starts: startsOf(letters), partner: partnersOf(tokens) }
}

/** Whether a token parts two pieces. */
export function parts(token: Token): boolean {
  return token.kind === 'half' ? token.parts : token.kind !== 'letter'
}

/** A row has cells, and no marks of a sentence. */
function isTableRow(quote: string): boolean {
  return !['，', '。', '；'].some((mark) => quote.includes(mark)) && /\S\s+\S/u.test(quote)
}

function lettersIn(tokens: readonly Token[]): SourceLetter[] {
  const found: { char: string; token: number; piece: number; endsPiece: boolean }[] = []
  let piece = 0
  tokens.forEach((token, i) => {
    const last = found.at(-1)
    if (token.kind === 'letter') found.push({ char: token.char, token: i, piece, endsPiece: false })
    else if (parts(token) && last?.piece === piece) {
      last.endsPiece = true
      piece++
    }
  })
  return found
}

function startsOf(letters: readonly SourceLetter[]): Map<string, number[]> {
  const starts = new Map<string, number[]>()
  const begins = (at: number) => {
    const { char } = letters[at]!
    starts.set(char, [...(starts.get(char) ?? []), at])
  }
  letters.forEach(({ piece }, i) => {
    if (letters[i - 1]?.piece === piece) return
    begins(i)
    for (const length of enumeratorLengths(letters, i))
      if (letters[i + length]?.piece === piece) begins(i + length)
  })
  for (const at of starts.values()) at.sort((a, b) => a - b)
  return starts
}

/** 首先要加强 may be told as 要加强 or as 加强. */
function enumeratorLengths(letters: readonly SourceLetter[], at: number): number[] {
  const text = letters
    .slice(at, at + 6)
    .map(({ char }) => char)
    .join('')
  const match = ENUMERATOR.exec(text)
  if (!match) return []
  const length = match[0].length
  return match.groups?.['verb'] ? [length - 1, length] : [length]
}

function partnersOf(tokens: readonly Token[]): Map<number, number> {
  const partner = new Map<number, number>()
  const open: number[] = []
  tokens.forEach((token, i) => {
    if (token.kind !== 'half') return
    const opened =
      token.side === 'open'
        ? -1
        : open.findLastIndex((at) => {
            const other = tokens[at]!
            return other.kind === 'half' && other.pair === token.pair
          })
    if (opened >= 0) {
      partner.set(i, open[opened]!)
      partner.set(open[opened]!, i)
      open.length = opened
    } else if (token.side !== 'close') open.push(i)
  })
  return partner
}
