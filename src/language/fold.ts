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

/** One traditional character as its simplified form; anything else as it is. */
const simplify = (char: string) => (/\p{Script=Han}/u.test(char) ? toSimplified(char) : char)

/** Texts of a corpus are made of some thousand characters: each is folded once. */
function remembered(foldChar: (char: string) => string): (char: string) => string {
  const known = new Map<string, string>()
  return (char) => {
    const before = known.get(char)
    if (before !== undefined) return before
    const folded = foldChar(char)
    known.set(char, folded)
    return folded
  }
}

const foldShape = remembered((char) =>
  Array.from(
    VARIANTS[char] ?? char.normalize('NFKC'),
    (c) => VARIANTS[c] ?? simplify(c.toLowerCase()),
  )
    .join('')
    .replace(/\s/gu, ''),
)

const narrow = remembered((char) =>
  char === '，' ? char : Array.from(char.normalize('NFKC'), simplify).join('').trim(),
)

/**
 * Folds what printing varies: NFKC, case, white space, shapes of quotes, dashes and stops,
 * traditional forms. Two texts that fold to the same are the same words.
 */
export function fold(original: string): Folded {
  return foldBy(original, foldShape)
}

/** Folds no more than width, white space around Han characters and traditional forms: figures and words stay as printed. */
export function foldWidth(original: string): Folded {
  return foldBy(original, (char, i) => narrow(char) || (partsFigures(original, i) ? ' ' : ''))
}

/** White space between two figures or Latin words keeps them apart; beside a Han character it says nothing. */
function partsFigures(text: string, i: number): boolean {
  return (
    /[\w%.]\s?$/.test(text.slice(Math.max(0, i - 2), i).normalize('NFKC')) &&
    /^\s{1,4}[\w.+-]/.test(text.slice(i, i + 5).normalize('NFKC'))
  )
}

/** Letters, digits and signs of a figure alone, folded: for asking whether a text has some words. */
export function letters(text: string): string {
  return fold(text).text.replace(/[^\p{L}\p{N}%.+]/gu, '')
}

function foldBy(original: string, foldChar: (char: string, i: number) => string): Folded {
  const at: number[] = []
  let text = ''
  let last = ''
  let i = 0
  for (const char of original) {
    const folded = foldChar(char, i)
    // A dash is printed as one sign or two.
    const added = folded === '-' && last === '-' ? '' : folded
    for (let k = 0; k < added.length; k++) at.push(i)
    text += added
    last = added.at(-1) ?? last
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

/** Whether a text has some words, however either is printed; no text has none. */
export function says(text: string, words: string): boolean {
  const wanted = letters(words)
  return wanted !== '' && letters(text).includes(wanted)
}
