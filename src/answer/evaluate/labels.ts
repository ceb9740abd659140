import { lettersOf, tokensOf } from './cut-tokens.ts'

const FIXED = [
  '报告建议',
  '代表建议',
  '委员建议',
  '提案',
  '有人建议',
  '说法有误，报道写的是',
  '相近的报道写的是',
]
const NEAREST = /^相近的报道（\p{Script=Han}{1,12}[省市县区州盟旗镇乡村]）写的是$/u
const SPEECH = ['说', '表示', '介绍', '建议', '提出']
const PRINTED = '写的是：'
const MONTH = /（\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?）$/u
/** No label before a colon is longer. */
const LONGEST = 40

/** Where what was cut may begin: at once, behind a fixed label, behind a speaker of the quotes. */
export function labelEnds(text: string, quotes: readonly string[]): number[] {
  const colon = text.indexOf('：')
  const label = text.slice(0, Math.max(0, colon))
  const isLabel = FIXED.includes(label) || NEAREST.test(label) || isSpeaker(label, quotes)
  return isLabel ? [0, colon + 1] : [0]
}

/** Whether a label names who speaks in a quote, with the very verb. */
function isSpeaker(label: string, quotes: readonly string[]): boolean {
  const verb = SPEECH.find((word) => label.endsWith(word))
  if (!verb || label.length > LONGEST) return false
  const speaker = lettersOf(label.slice(0, -verb.length))
  return Array.from(speaker).length >= 2 && quotes.some((quote) => speaks(quote, speaker, verb))
}

/** The verb comes behind the speaker, before the next mark; an age in brackets may stand between. */
function speaks(quote: string, speaker: string, verb: string): boolean {
  const said: string[] = []
  const marks: number[] = []
  for (const token of tokensOf(quote)) {
    if (token.kind === 'letter') said.push(token.char)
    if (token.kind === 'mark') marks.push(said.join('').length)
  }
  const letters = said.join('')
  for (let at = letters.indexOf(speaker); at >= 0; at = letters.indexOf(speaker, at + 1)) {
    const end = at + speaker.length
    const next = marks.find((mark) => mark >= end)
    if (letters.slice(end, next).includes(verb)) return true
  }
  return false
}

/** 《标题》写的是： or 《标题》（2022年10月）写的是： in front of a text. */
export function titleLabel(
  text: string,
): { readonly headline: string; readonly end: number } | null {
  if (!text.startsWith('《')) return null
  const printed = text.indexOf(PRINTED)
  if (printed < 0) return null
  const title = text.slice(0, printed).replace(MONTH, '')
  return title.endsWith('》')
    ? { headline: lettersOf(title.slice(1, -1)), end: printed + PRINTED.length }
    : null
}
