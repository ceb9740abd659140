import { Converter } from 'opencc-js/t2cn'

/**
 * A text as it is compared, and where each of its characters stands in the text it was made from:
 * `text[i]` comes from `original[at[i]]`, and `at[text.length]` is the original's length.
 */
export interface Folded {
  readonly text: string
  readonly at: readonly number[]
}

const each = (shapes: string, sign: string) =>
  Object.fromEntries(Array.from(shapes, (shape) => [shape, sign]))

const VARIANTS: Readonly<Record<string, string>> = {
  ...each('“”„‟«»「」『』﹃﹄﹁﹂〝〞＂', '"'),
  ...each('‘’‚‛`´', "'"),
  ...each('—–―‒−‐‑─━-－~～〜∼', '-'),
  ...each('·•・‧∙⋅', '·'),
  '。': '.',
  '．': '.',
  '｡': '.',
  '，': ',',
  '﹐': ',',
  '〔': '[',
  '〕': ']',
  '【': '[',
  '】': ']',
  '〈': '《',
  '〉': '》',
}

const toSimplified = Converter({ from: 't', to: 'cn' })
const simplified = new Map<string, string>()

/** One traditional character as its simplified form; anything else as it is. */
function simplify(char: string): string {
  if (!/\p{Script=Han}/u.test(char)) return char
  const known = simplified.get(char)
  if (known !== undefined) return known
  const plain = toSimplified(char)
  simplified.set(char, plain)
  return plain
}

/**
 * Folds what printing varies: NFKC, case, white space, shapes of quotes, dashes and stops,
 * traditional forms. Two texts that fold to the same are the same words.
 */
export function fold(original: string): Folded {
  return foldBy(original, (char) => {
    if (/\s/u.test(char)) return ''
    const variant = VARIANTS[char]
    if (variant !== undefined) return variant
    return Array.from(char.normalize('NFKC'), (c) => VARIANTS[c] ?? simplify(c.toLowerCase()))
      .join('')
      .replace(/\s/gu, '')
  })
}

/** Folds no more than width, white space around Han characters and traditional forms: figures and words stay as printed. */
export function foldWidth(original: string): Folded {
  return foldBy(original, (char, i) => {
    if (/\s/u.test(char)) return partsFigures(original, i) ? ' ' : ''
    return char === '，' ? char : Array.from(char.normalize('NFKC'), simplify).join('').trim()
  })
}

/** White space between two figures or Latin words keeps them apart; beside a Han character it says nothing. */
function partsFigures(text: string, i: number): boolean {
  return /[\w%.]$/.test(text.slice(0, i)) && /^\s+[\w.+-]/.test(text.slice(i))
}

/** Letters, digits and signs of a figure alone, folded: for asking whether a text has some words. */
export function letters(text: string): string {
  return fold(text).text.replace(/[^\p{L}\p{N}%.+]/gu, '')
}

function foldBy(original: string, foldChar: (char: string, i: number) => string): Folded {
  const at: number[] = []
  let text = ''
  let i = 0
  for (const char of original) {
    const folded = foldChar(char, i)
    // A dash is printed as one sign or two.
    const added = folded === '-' && text.endsWith('-') ? '' : folded
    for (let k = 0; k < added.length; k++) at.push(i)
    text += added
    i += char.length
  }
  at.push(original.length)
  return { text, at }
}

/** Where a stretch of the folded text stands in the original. */
export function unfold({ at }: Folded, start: number, end: number): { start: number; end: number } {
  if (end <= start) return { start: at[start] ?? 0, end: at[start] ?? 0 }
  const last = at[end - 1]!
  let next = end
  while (next < at.length - 1 && at[next] === last) next++
  return { start: at[start]!, end: at[next]! }
}
