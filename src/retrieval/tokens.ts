/**
 * Terms as the lexical side sees them: character bigrams of Chinese, figures and Latin words whole,
 * after NFKC, lower case and traditional folded to simplified. Bigrams need no dictionary, find
 * names nobody listed, and beat words on news and on policy notices.
 */
import { Converter } from 'opencc-js/t2cn'

/** Bumped whenever the same text would give other terms, so that an index knows it is older. */
export const TOKENS_VERSION = 1

const simplified = foldingTable()

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
  for (const [run] of normalize(text).matchAll(RUNS)) {
    if (!HAN.test(run)) terms.push(run.replaceAll(',', ''))
    else if (run.length === 1) terms.push(run)
    else for (let i = 0; i + 2 <= run.length; i++) terms.push(run.slice(i, i + 2))
  }
  return terms
}

/** A stretch of Chinese; a figure with its decimals; a word of letters and digits. */
const RUNS =
  /[\p{Script=Han}々〇]+|\d+(?:,\d{3})*(?:\.\d+)?(?![a-z])|[[\p{L}\p{N}]--[\p{Script=Han}々〇]]+/gv

const HAN = /^[\p{Script=Han}々〇]/v

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
