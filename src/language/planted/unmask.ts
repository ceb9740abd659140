import { Converter } from 'opencc-js/t2cn'

const toSimplified = Converter({ from: 't', to: 'cn' })

/** Letters of other scripts that are drawn as Latin ones, each before the letter that it is drawn as. */
const DRAWN_ALIKE = 'аaеeоoрpсcгrхxуyіiѕsјjкkмmтtнhԁdԛqԝwαaοoρpνvιiκkτtυu'
const LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from(DRAWN_ALIKE.matchAll(/(.)(.)/gu), ([, drawn, letter]) => [drawn!, letter!]),
)
const ALIKE = new RegExp(`[${Object.keys(LATIN).join('')}]`, 'gu')

const UNSEEN = /[\p{Cf}\p{Mn}\p{Me}]/gu
/** 忽·略·以·上, i g n o r e: letters one by one with marks between them. */
const PARTED =
  /(?<![\p{L}\p{N}])(?:[\p{Script=Han}a-z][^\p{L}\p{N}]{1,3}){3,}[\p{Script=Han}a-z](?![a-z])/gu

/**
 * A text in small letters of one width and in simplified forms, without what hides its words from
 * whoever compares them: invisible characters, lookalikes of other scripts, marks between its letters.
 */
export function unmask(text: string): string {
  const seen = text.normalize('NFKC').toLowerCase().replaceAll(UNSEEN, '')
  const latin = /[a-z]/.test(seen) ? seen.replaceAll(ALIKE, (letter) => LATIN[letter]!) : seen
  const simple = isTraditional(latin) ? toSimplified(latin) : latin
  return simple.replaceAll(PARTED, (letters: string) => letters.replaceAll(/[^\p{L}\p{N}]/gu, ''))
}

/** Marks that no list has, between letter and letter. */
const PARTED_OFTEN =
  /(?<![\p{L}\p{N}])(?:[\p{Script=Han}A-Za-zＡ-Ｚａ-ｚ][^\p{L}\p{N}\s、，,；;.。：:“”《》（）()…—]{1,3}){3,}[\p{L}]/u

/** Whether marks stand between the letters of some words. */
export const isParted = (text: string) => PARTED_OFTEN.test(text)

const UNKNOWN = 0
const SIMPLE = 1
const TRADITIONAL = 2
/** Of each character what it was found to be: converting a text takes longer than reading it. */
const known = new Uint8Array(0x10000)

function isTraditional(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x2e80) continue
    if (known[code] === UNKNOWN) {
      const char = text.charAt(i)
      known[code] = toSimplified(char) === char ? SIMPLE : TRADITIONAL
    }
    if (known[code] === TRADITIONAL) return true
  }
  return false
}
