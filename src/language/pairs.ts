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
  '［': '］',
}
const CLOSING = new Set(Object.values(CLOSES))
/** Straight marks, and what they are shown as. */
const STRAIGHT: Readonly<Record<string, readonly [open: string, close: string]>> = {
  '"': ['“', '”'],
  "'": ['‘', '’'],
}
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
 * pair in turn, and are given as curly ones. A mark whose other half is not there makes no pair.
 */
export function pairs(text: string): Pair[] {
  const open: { at: number; closer: string }[] = []
  /** How many of the open ones wait for each closing mark. */
  const awaited = new Map<string, number>()
  const found: Pair[] = []
  for (let at = 0; at < text.length; at++) {
    if (!isPairMark(text, at)) continue
    const char = wide(text[at]!)
    const waits = awaited.get(char) ?? 0
    if (CLOSES[char] || (STRAIGHT[char] && waits === 0)) openAt(at, CLOSES[char] ?? char)
    else if (waits > 0) closeAt(at, char)
  }
  return found.toSorted((a, b) => a.start - b.start)

  function openAt(at: number, closer: string) {
    open.push({ at, closer })
    awaited.set(closer, (awaited.get(closer) ?? 0) + 1)
  }

  /** What was opened within the pair and is not closed yet makes none. */
  function closeAt(end: number, char: string) {
    for (let opened = open.pop(); opened; opened = open.pop()) {
      awaited.set(opened.closer, awaited.get(opened.closer)! - 1)
      if (opened.closer !== char) continue
      const [left, right] = STRAIGHT[char] ?? [wide(text[opened.at]!), char]
      found.push({ start: opened.at, end, open: left, close: right })
      return
    }
  }
}

/** Whether a character is a mark of a pair; an apostrophe within a word is a letter of it. */
export function isPairMark(text: string, at: number): boolean {
  const char = wide(text[at]!)
  if (char === "'")
    return !(/[A-Za-z]/.test(text[at - 1] ?? '') && /[A-Za-z]/.test(text[at + 1] ?? ''))
  return char === '"' || CLOSES[char] !== undefined || CLOSING.has(char)
}

export const isBracket = ({ open }: Pair) => open === '（'
