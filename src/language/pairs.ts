import type { Span } from '../traced.ts'

const CLOSES: Readonly<Record<string, string>> = {
  '“': '”',
  '‘': '’',
  '「': '」',
  '『': '』',
  '《': '》',
  '〈': '〉',
  '〔': '〕',
  '【': '】',
  '（': '）',
  '(': ')',
  '[': ']',
}
const CLOSING = new Set(Object.values(CLOSES))
const STRAIGHT = '"'
/** One width for what pages print in either. */
const WIDE: Readonly<Record<string, string>> = { '(': '（', ')': '）' }
const wide = (char: string) => WIDE[char] ?? char

/** A pair of marks: offsets of the opening one and of the closing one. */
export interface Pair extends Span {
  readonly open: string
  readonly close: string
}

/**
 * The pairs of quotation marks and brackets in a text, outer ones before those in them; straight marks
 * pair in turn. A mark whose other half is not there makes no pair.
 */
export function pairs(text: string): Pair[] {
  const open: { at: number; char: string }[] = []
  const found: Pair[] = []
  for (let at = 0; at < text.length; at++) {
    const char = wide(text[at]!)
    if (char === STRAIGHT && open.some((o) => o.char === STRAIGHT)) close(at, STRAIGHT, STRAIGHT)
    else if (CLOSES[char] || char === STRAIGHT) open.push({ at, char })
    else if (CLOSING.has(char)) close(at, char, char)
  }
  return found.toSorted((a, b) => a.start - b.start)

  function close(end: number, char: string, mark: string) {
    const at = open.findLastIndex((o) => (CLOSES[o.char] ?? o.char) === mark)
    if (at < 0) return
    const [opened] = open.splice(at).slice(0, 1)
    found.push({ start: opened!.at, end, open: opened!.char, close: char })
  }
}

export const isBracket = ({ open }: Pair) => open === '（'
