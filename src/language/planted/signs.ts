/** A sentence as a row of signs, one for each word that may be of an order to a machine. */
import { readFileSync } from 'node:fs'

const CLASS = /^\[(?<sign>[A-Z1-9.]|kind|thing)\] (?<words>.+)$/gmu

const classes = new Map(
  Array.from(
    readFileSync(new URL('signs.txt', import.meta.url), 'utf8').matchAll(CLASS),
    ({ groups }) => [groups!['sign']!, groups!['words']!.split(' ')] as const,
  ),
)

interface Entry {
  readonly word: string
  readonly sign: string
}

/** The entries by their first character, the longest first. */
const entries: ReadonlyMap<string, readonly Entry[]> = Map.groupBy(
  [...classes]
    .filter(([sign]) => sign.length === 1)
    .flatMap(([sign, words]) => words.map((word): Entry => ({ word, sign })))
    .toSorted((a, b) => b.word.length - a.word.length),
  ({ word }) => word.charAt(0),
)

const anyOf = (name: string) =>
  classes
    .get(name)!
    .toSorted((a, b) => b.length - a.length)
    .join('|')
/** 自动问答系统, 政务大模型, ai assistant: named by what kind of thing it is. */
const MACHINE = new RegExp(
  `(?:(?:${anyOf('kind')})[-\\s的]?){1,3}(?:${anyOf('thing')})(?![a-z])`,
  'uy',
)
const BEGINS_MACHINE = new Set(classes.get('kind')!.map((word) => word.charAt(0)))

const QUOTES: Readonly<Record<string, string>> = {
  '“': '”',
  '「': '」',
  '『': '』',
  '‘': '’',
  '"': '"',
}
const MARKS: Readonly<Record<string, string>> = Object.fromEntries([
  ...Array.from(',;。.!…\n', (mark) => [mark, ',']),
  [':', ':'],
  ['?', '?'],
  [' ', ''],
])
/** By its code, whether a character begins anything: most of a paper do not. */
const begins = new Uint8Array(0x10000)
for (const char of [
  ...entries.keys(),
  ...BEGINS_MACHINE,
  ...Object.entries(QUOTES).flat(),
  ...Object.keys(MARKS),
])
  begins[char.charCodeAt(0)] = 1

/** What is in quotes is quoted, unless it is nearly all that there is. */
const MOST_QUOTED = 0.75

/**
 * The signs of an unmasked sentence: the letter of each word's class, small within quotes where it is one; `,` `?` `:` `“`
 * `”` for marks, `.` for any other character or Latin word.
 */
export function signsOf(plain: string): string {
  let signs = ''
  let closing: string | undefined
  for (let i = 0; i < plain.length;) {
    const char = plain.charAt(i)
    if (!begins[char.charCodeAt(0)] && !isLatin(char)) {
      signs += '.'
      i++
      continue
    }
    if (closing === undefined) {
      const end = QUOTES[char] ? plain.indexOf(QUOTES[char], i + 1) : -1
      if (end > 0 && end - i < plain.length * MOST_QUOTED) {
        closing = QUOTES[char]
        signs += '“'
        i++
        continue
      }
    } else if (char === closing) {
      closing = undefined
      signs += '”'
      i++
      continue
    }
    const found = wordAt(plain, i)
    if (found) signs += closing === undefined ? found.sign : found.sign.toLowerCase()
    else if (!isLatin(char) || !isLatin(plain.charAt(i - 1))) signs += MARKS[char] ?? '.'
    i += found?.length ?? 1
  }
  return signs
}

function wordAt(plain: string, at: number): { sign: string; length: number } | undefined {
  const char = plain.charAt(at)
  if (isLatin(char) && isLatin(plain.charAt(at - 1))) return undefined
  if (BEGINS_MACHINE.has(char)) {
    MACHINE.lastIndex = at
    const machine = MACHINE.exec(plain)
    if (machine) return { sign: 'M', length: machine[0].length }
  }
  for (const { word, sign } of entries.get(char) ?? []) {
    if (!plain.startsWith(word, at)) continue
    if (isLatin(word.at(-1)!) && isLatin(plain.charAt(at + word.length))) continue
    return { sign, length: word.length }
  }
  return undefined
}

const isLatin = (char: string) => char >= 'a' && char <= 'z'
