import type { Sheet } from './box.ts'

/** A font that names no characters gives control characters, private ones, or letters of everywhere. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const NAMELESS = /[\u0000-\u0008\u000E-\u001F\u007F-\u009F\uFFFD\uE000-\uF8FF]/gu
const FOREIGN = /[\u00A1-\u024F\u0370-\u1FFF]/gu
const NAMELESS_SHARE = 0.3
const FOREIGN_SHARE = 0.4
/** Characters from which a page can be judged. */
const LEAST = 8

/** Whether a page's print is no text, because its fonts do not say which characters they draw. */
export function isRubbish({ prints }: Sheet): boolean {
  const text = prints.map((print) => print.text).join('')
  if (text.length < LEAST) return false
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0
  return (
    count(NAMELESS) > text.length * NAMELESS_SHARE ||
    (count(FOREIGN) > text.length * FOREIGN_SHARE && !/\p{Script=Han}/u.test(text))
  )
}

/** What staff must know of pages that could not be read, in Chinese. */
export function notesOn(sheets: readonly Sheet[]): string[] {
  const numbers = (test: (sheet: Sheet) => boolean) =>
    sheets.flatMap((sheet, i) => (test(sheet) ? [i + 1] : []))
  const pictures = numbers(({ prints }) => prints.length === 0)
  const rubbish = numbers((sheet) => isRubbish(sheet))
  const read = sheets.length - pictures.length - rubbish.length
  return [
    ...(pictures.length > 0 ? [`第${ranges(pictures)}页是图片，没有文字`] : []),
    ...(rubbish.length > 0 ? [`第${ranges(rubbish)}页的字体没有注明文字，读不出来`] : []),
    ...(read * 2 <= sheets.length ? [`全文${sheets.length}页，只有${read}页有文字`] : []),
  ]
}

/** 1、3—5 */
function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = []
  for (const number of numbers) {
    const last = runs.at(-1)
    if (last && number === last[1] + 1) last[1] = number
    else runs.push([number, number])
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}—${to}`)).join('、')
}
