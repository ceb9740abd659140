/**
 * Terms as the lexical side sees them: character bigrams of Chinese, rare characters alone, figures
 * and Latin words whole, after NFKC, lower case and traditional folded to simplified. Bigrams need no dictionary, find
 * names nobody listed, and beat words on news and on policy notices.
 */
import { Converter } from 'opencc-js/t2cn'

/** Bumped whenever the same text would give other terms, so that an index knows it is older. */
export const TOKENS_VERSION = 4

const simplified = foldingTable()
const COMMON = commonCharacters()

/** A text as it is compared: NFKC, lower case, simplified; as long as it takes, offsets are lost. */
export function normalize(text: string): string {
  const lower = text.normalize('NFKC').toLowerCase()
  let from = 0
  let folded = ''
  for (let i = 0; i < lower.length; i++) {
    const code = lower.charCodeAt(i)
    const to = simplified[code]!
    if (to === code) continue
    folded += lower.slice(from, i) + String.fromCharCode(to)
    from = i + 1
  }
  return from === 0 ? lower : folded + lower.slice(from)
}

/** The terms of a text in order, repeated as they occur. */
export function termsOf(text: string): string[] {
  const terms: string[] = []
  eachTerm(normalize(text), (term) => terms.push(term))
  return terms
}

/** Visits the terms of a normalized text in order, each with where it stands. */
export function eachTerm(
  text: string,
  visit: (term: string, start: number, end: number) => void,
): void {
  for (const { index, 0: run } of text.matchAll(RUNS)) {
    const end = index + run.length
    if (!HAN.test(run)) visit(run.replaceAll(',', ''), index, end)
    else if (run.length === 1) visit(run, index, end)
    else
      for (let i = index; i < end; i++) {
        if (i + 1 < end) visit(text.slice(i, i + 2), i, i + 2)
        if (!COMMON[text.charCodeAt(i)]) visit(text.charAt(i), i, i + 1)
      }
  }
}

/** A stretch of Chinese; a figure with its decimals; a word of letters and digits. */
const RUNS =
  /[\p{Script=Han}々〇]+|\d+(?:,\d{3})*(?:\.\d+)?(?![a-z])|[[\p{L}\p{N}]--[\p{Script=Han}々〇]]+/gv

const HAN = /^[\p{Script=Han}々〇]/v

/**
 * The 3,755 characters of everyday writing, GB 2312's first level. Any other is telling enough to be
 * a term of its own, as in a name.
 */
function commonCharacters(): Uint8Array {
  const bytes = Array.from({ length: 40 * 94 }, (_, i) => [
    0xb0 + Math.floor(i / 94),
    0xa1 + (i % 94),
  ])
  const common = new Uint8Array(0x10000)
  for (const character of new TextDecoder('gb18030').decode(Uint8Array.from(bytes.flat()))) {
    common[character.charCodeAt(0)] = 1
  }
  return common
}

/**
 * Character by character, without the phrases of a full conversion: both sides of a comparison are
 * folded alike, so a rare wrong choice still matches, and a table of code units costs 16 ms once.
 */
function foldingTable(): Uint16Array {
  const convert = Converter({ from: 't', to: 'cn' })
  return Uint16Array.from({ length: 0x10000 }, (_, code) => {
    if (code < 0x3400 || code > 0x9fff) return code
    const to = convert(String.fromCharCode(code))
    return to.length === 1 ? to.charCodeAt(0) : code
  })
}
