const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu
/** A cross before a sentence denies it, and no rule of words sees that. */
const PICTURE = /\p{Extended_Pictographic}\uFE0F?/gu
const TAG = /<\/?[a-zA-Z!?][^<>]*>/g
const LINK = /!?\[([^[\]]*)\]\([^()]*\)/g
const EMPHASIS = /\*{1,3}|_{2,}|~~|`+|^[ \t]*(?:#{1,6}|>+)[ \t]+/gm
const LIST_MARK = /^[ \t]*(?:\d{1,2}[.)、）](?!\d)|[（(]\d{1,2}[）)]|[①-⑳]|[-*•●▪])[ \t]*/gmu

/**
 * A text as a person should read it: without control and invisible characters, pictures, tags, Markdown and the
 * marks of lists, whose numbers would be taken for figures. One line, one space at a time.
 */
export function neutralise(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replaceAll(INVISIBLE, '')
    .replaceAll(PICTURE, '')
    .replaceAll(TAG, '')
    .replaceAll(LINK, '$1')
    .replaceAll(EMPHASIS, '')
    .replaceAll(LIST_MARK, '')
    .replaceAll(/[<>]/g, (sign) => (sign === '<' ? '＜' : '＞'))
    .replace(/\s+/gu, ' ')
    .trim()
}
