/** A character of a text, as a cut is compared with what it was cut from. */
export type Token = { readonly at: number } & (
  | { readonly kind: 'letter'; readonly char: string }
  /** Parts two pieces. */
  | { readonly kind: 'mark'; readonly char: string }
  /** Parts two cells of a table or two lines; says nothing elsewhere. */
  | { readonly kind: 'space'; readonly char: string }
  | Half
)

/** One of the two marks of a pair. */
interface Half {
  readonly kind: 'half'
  readonly at: number
  readonly pair: Pair
  /** A straight quotation mark is either. */
  readonly side: 'open' | 'close' | 'either'
  /** Round brackets part pieces, the others do not. */
  readonly parts: boolean
}

type Pair = 'quotation' | 'inner' | 'bracket' | 'title'

const HALVES: ReadonlyMap<string, Pick<Half, 'pair' | 'side' | 'parts'>> = new Map([
  ...halves('quotation', 'open', '“„「『'),
  ...halves('quotation', 'close', '”」』'),
  ...halves('quotation', 'either', '"＂'),
  ...halves('inner', 'open', '‘'),
  ...halves('inner', 'close', '’'),
  ...halves('inner', 'either', "'＇"),
  ...halves('bracket', 'open', '（([［〔【'),
  ...halves('bracket', 'close', '）)]］〕】'),
  ...halves('title', 'open', '《〈'),
  ...halves('title', 'close', '》〉'),
])

function halves(pair: Pair, side: Half['side'], chars: string) {
  return Array.from(
    chars,
    (char) => [char, { pair, side, parts: '（()）'.includes(char) }] as const,
  )
}

const MARKS = '，；：。！？、—…,;:!?｡､―–─⋯'
/** Ornaments of a page: they neither part nor say anything. */
const ORNAMENTS = '■□▲△▼▽◆◇★☆●'
const DASHES = '—–―─-~'
const JOINTS = '.,:、'
const MIDDLE_DOTS = '·•・‧∙⋅'

/** Reads a text character by character: the same for a cut and for what it was cut from. */
export function tokensOf(text: string): Token[] {
  const chars = Array.from(text)
  const found: Token[] = []
  let at = 0
  chars.forEach((char, i) => {
    found.push(...read(char, chars[i - 1] ?? '', chars[i + 1] ?? '', at))
    at += char.length
  })
  return found
}

function read(char: string, left: string, right: string, at: number): Token[] {
  if (ORNAMENTS.includes(char)) return []
  if (char.trim() === '') return [{ kind: 'space', char, at }]
  const folded = fold(char)
  const joint = jointOfFigure(char, folded, fold(left), fold(right))
  if (joint) return [{ kind: 'letter', char: joint, at }]
  const half = HALVES.get(char)
  if (half && !isApostrophe(char, left, right)) return [{ kind: 'half', ...half, at }]
  if (MARKS.includes(char)) return [{ kind: 'mark', char: folded, at }]
  if (folded === '.' && !isLatin(fold(right))) return [{ kind: 'mark', char: folded, at }]
  if (folded === '-' && !isLatin(fold(left)) && !isLatin(fold(right)))
    return [{ kind: 'mark', char: folded, at }]
  return Array.from(folded, (letter): Token => ({ kind: 'letter', char: letter, at }))
}

/**
 * A mark inside a figure belongs to it: 2.86, 1,234, 10：1, 6、7月, 1—5月. A full-width comma parts
 * clauses even between two digits.
 */
function jointOfFigure(char: string, folded: string, left: string, right: string): string | null {
  if (!isDigit(right)) return null
  if (DASHES.includes(folded))
    return isDigit(left) || (left !== '' && '年月日号%‰'.includes(left)) ? '-' : null
  return char !== '，' && JOINTS.includes(folded) && isDigit(left) ? folded : null
}

function isApostrophe(char: string, left: string, right: string): boolean {
  return "'’＇".includes(char) && isLatin(left) && isLatin(right)
}

/** NFKC, but for circled numbers, which number an item, and for an ellipsis, which is one mark. */
function fold(char: string): string {
  if (MIDDLE_DOTS.includes(char) && char !== '') return '·'
  if (char === '−') return '-'
  return isCircled(char) || char === '…' ? char : char.normalize('NFKC')
}

const isCircled = (char: string) => char >= '①' && char <= '⑳'
const isDigit = (char: string) => char.length === 1 && char >= '0' && char <= '9'
/** A Latin letter or a digit. */
const isLatin = (char: string) => /^[A-Za-z\d]$/.test(char)

/** The letters of a text alone, as tokens fold them. */
export function lettersOf(text: string): string {
  return tokensOf(text)
    .map((token) => (token.kind === 'letter' ? token.char : ''))
    .join('')
}
