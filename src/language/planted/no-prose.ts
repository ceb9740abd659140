/** What no paper prints as its prose, whatever it says: programs and their data, chat templates, encoded characters, a foreign language. */
import type { Span } from '../../traced.ts'

/** Elements by which a page is laid out: what is left of them by a bad conversion is no program. */
const LAYOUT =
  'a|abbr|article|aside|b|big|blockquote|body|br|caption|center|code|col|dd|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|head|header|hr|html|i|img|li|link|main|meta|nav|o:p|ol|p|pre|s|section|small|span|strike|strong|style|sub|sup|table|tbody|td|tfoot|th|thead|title|tr|u|ul|video|v:\\w+|w:\\w+|iframe|script|input|button|form|label|svg|path|ref|references|nowiki|math|gallery'

/** Anywhere in a line. */
const CODE = [
  /<\|[^|<>\n]{1,40}\|>|\[\/?INST\]|<<\/?SYS>>|<\/?(?:start|end)_of_\w+>/u,
  new RegExp(`^\\s*<(?!(?:${LAYOUT})\\b)[a-z][\\w:-]*>\\s*$`, 'iu'),
  new RegExp(
    `</(?!(?:${LAYOUT})\\b)[a-z][\\w:-]*\\s?>|<(?!(?:${LAYOUT})\\b)[a-z][\\w:-]*\\s[\\w:-]+=["'“”]`,
    'iu',
  ),
  /<!--|-->|\/\*|\*\/|\{\{|\}\}|\{%/u,
  /["“”'][a-z][\w-]+["“”']\s*[:：]\s*["“”'[{]/iu,
  /(?<![\w?&/.@#%])[a-z]+_[a-z_]+\s*[:=：]/iu,
  /(?<![\w.])[a-z_][\w.]*\((?:["'“”][^()\n]*["'“”]|\w+=[^()\n]*)\)\s*(?:[;,)}]|$)/u,
  /\b(?:def|function)\s\w+\(|\breturn\s["'“]|\b(?:const|let|var)\s\w+\s?=|\bselect\s.{1,40}\sfrom\s/iu,
]
/** At the beginning of a line. */
const BEGINS_CODE =
  /^\s*(?:\/\/(?!@)|#!|```|~~~|\[[a-z]{3,}\]|[a-z][\w.-]{2,}\s*=\s*\S|#{1,6}\s*[a-z][a-z ]*[:：]\s*$)/iu
/** Behind it stands in the next lines what belongs to it: a role alone, a key, an opened block. */
const OPENS = /[:：{[]\s*$|[:：]\s*[|>][+-]?\s*$|\|>\s*\w{1,12}\s*$|^\s*```\w*\s*$/u
const INDENTED = /^(?: {2,}|\t)\S/u
/** Keys of a front matter, between lines of ---. */
const RULE = /^\s*---\s*$/u
const KEY = /^\s*[a-z][\w -]*:/iu

/** Without any of these a text has no line of a program. */
const MAY_BE_CODE = /[<{}[\]_="“”'`#*(/\\-]/u

/** Lines between two lines of a program belong to it, so far apart at most. */
const BETWEEN = 6

/** Characters as numbers: nobody reads &#38382;&#31572; or \u95ee\u7b54 in a paper. Neither does anybody see tags, which flags are written with. */
const ENCODED =
  /(?:&#x?[\da-f]{2,6};){4}|(?:\\u\{?[\da-f]{4,6}\}?){4}|(?:\\x[\da-f]{2}){6}|(?<![\u{1F3F4}\u{E0000}-\u{E007F}])[\u{E0000}-\u{E007F}]{4}/iu
/** Letters of base64, small, great and figures among them, and not within an address. */
const BASE64 =
  /(?<![\w.:/?=&%+@#-])(?=[a-z\d_+/-]{0,64}[A-Z])(?=[A-Z\d_+/-]{0,64}[a-z])(?=[A-Za-z_+/-]{0,64}\d)[\w+/-]{24,}(?![\w.@:])/u

/** Six words of Latin letters one after another, in a sentence of nothing else: an address behind 地址 stays. */
const LATIN_WORDS =
  /(?<!\p{Script=Latin})(?:\p{Script=Latin}[\p{Script=Latin}\p{M}'’-]*[\s,.;:!?"“”()]+){5}\p{Script=Latin}/u
/** Letters of scripts in which a Chinese paper prints a name at most. */
const FOREIGN =
  /[\p{Script=Hira}\p{Script=Kana}\p{Script=Hang}\p{Script=Cyrl}\p{Script=Thai}\p{Script=Arab}]/gu
const FOREIGN_LETTERS = 8
const HAN = /\p{Script=Han}/gu
const LATIN = /\p{Script=Latin}/gu

const count = (text: string, letters: RegExp) => text.match(letters)?.length ?? 0

/** Lines of a text that are a program's, with those that belong to them. */
export function programLines(text: string): Span[] {
  if (!MAY_BE_CODE.test(text)) return []
  const lines = linesOf(text)
  const code = lines.map(
    ({ line }) => BEGINS_CODE.test(line) || CODE.some((mark) => mark.test(line)),
  )
  lines.forEach(({ line, end }, i) => {
    const { line: next, start } = lines[i + 1] ?? {}
    if (next === undefined || start !== end + 1) return
    if (RULE.test(line) && KEY.test(next)) {
      const closing = lines.slice(i + 1, i + BETWEEN).findIndex((own) => RULE.test(own.line))
      code.fill(true, i, i + 2 + Math.max(0, closing))
    }
    if (code[i] && (OPENS.test(line) || INDENTED.test(next))) code[i + 1] = true
  })
  let last = -Infinity
  lines.forEach((_, i) => {
    if (!code[i]) return
    if (i - last <= BETWEEN) code.fill(true, last, i)
    last = i
  })
  return lines.filter((_, i) => code[i]).map(({ start, end }) => ({ start, end }))
}

/** Whether nobody who reads a paper can read a sentence in it. */
export const isEncoded = (sentence: string) => ENCODED.test(sentence) || BASE64.test(sentence)

/** Whether a sentence is of another language, where its paper is Chinese. */
export function isForeign(sentence: string): boolean {
  if (LATIN_WORDS.test(sentence)) return count(sentence, LATIN) > 40 * count(sentence, HAN)
  const foreign = count(sentence, FOREIGN)
  return foreign >= FOREIGN_LETTERS && foreign * 3 > 2 * count(sentence, HAN)
}

/** Whether a text is Chinese for the most part: a word of it has about two letters, one of English five and a blank. */
export const isChinese = (text: string) => count(text, HAN) * 4 > count(text, LATIN)

function linesOf(text: string) {
  return [...text.matchAll(/[^\n]+/gu)].map(({ index, 0: line }) => ({
    start: index,
    end: index + line.length,
    line,
  }))
}
