/**
 * Search terms for relative words of a text by its article's date (YYYY[-MM[-DD]]): 今年 of an
 * article of 2022 adds 2022年, 前4个月 adds 2022年1月 to 2022年4月. For the index, never for a quote.
 */
export function resolvePeriods(text: string, date: string | null): string[] {
  const year = Number(date?.slice(0, 4))
  if (!date || !year) return []
  const terms = new Set<string>()
  const month = Number(date.slice(5, 7)) || undefined
  for (const [word, offset] of YEARS) if (text.includes(word)) terms.add(`${year + offset}年`)
  for (const [, last] of text.matchAll(/前(\d{1,2})个?月/gu))
    addMonths(terms, year, 1, Number(last))
  for (const [, first, last] of text.matchAll(
    /(?<![\d年])(\d{1,2})月?[至到—~-]{1,2}(\d{1,2})月(?!\d)/gu,
  ))
    addMonths(terms, year, Number(first), Number(last))
  for (const [, said] of text.matchAll(/(?<![\d年至到—-])(\d{1,2})月(?:份|底|初|\d{1,2}日)/gu))
    addMonths(terms, year, Number(said), Number(said))
  if (month && /截至目前|目前|本月/u.test(text)) terms.add(`${year}年${month}月`)
  for (const [word, [first, last]] of Object.entries(PARTS))
    if (text.includes(word)) addMonths(terms, year, first, last)
  return [...terms]
}

const YEARS: readonly [string, number][] = [
  ['今年', 0],
  ['年初', 0],
  ['年底', 0],
  ['去年', -1],
  ['上年', -1],
  ['前年', -2],
  ['明年', 1],
  ['后年', 2],
]

const PARTS: Readonly<Record<string, readonly [number, number]>> = {
  一季度: [1, 3],
  二季度: [4, 6],
  三季度: [7, 9],
  四季度: [10, 12],
  上半年: [1, 6],
  下半年: [7, 12],
}

function addMonths(terms: Set<string>, year: number, first: number, last: number): void {
  if (first < 1 || last > 12 || first > last) return
  terms.add(`${year}年`)
  for (let month = first; month <= last; month++) terms.add(`${year}年${month}月`)
}
