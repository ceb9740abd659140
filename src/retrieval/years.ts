/** A year that a question speaks of. A relative one (今年) is a wish: it is counted from the day of asking, and may be meant from the article's. */
export interface AskedYear {
  readonly year: number
  readonly relative: boolean
}

const DIGITS = '〇一二三四五六七八九'
const RELATIVE: Readonly<Record<string, number>> = {
  今年: 0,
  本年: 0,
  当年: 0,
  去年: -1,
  上年: -1,
  上一年: -1,
  前年: -2,
  明年: 1,
  后年: 2,
}

/** Four digits that are a year and not a quantity: 2023年, 2022—2024, 2023河南百强, not 2000万元. */
const NAMED = /(?<![\d.])(?:19|20)\d{2}(?![\d.%万亿千百元家个件人余多亩吨台座条项名户期平公])/g

/** The years a normalized question names: 2022年, 二〇二二年, 22年, 今年, 去年. `today` is YYYY-MM-DD. */
export function askedYears(question: string, today: string): AskedYear[] {
  const named = Array.from(question.matchAll(NAMED), ([year]) => Number(year))
  const short = Array.from(question.matchAll(/(?<!\d)([012]\d)年(?!前|来|内|后|以|间)/g)).map(
    ([, year]) => 2000 + Number(year),
  )
  const written = Array.from(question.matchAll(/[一二][〇零一二三四五六七八九]{3}(?=年)/g)).map(
    ([year]) => Number(Array.from(year.replaceAll('零', '〇'), (d) => DIGITS.indexOf(d)).join('')),
  )
  const relative = Object.entries(RELATIVE)
    .filter(([word]) => question.includes(word))
    .map(([, offset]) => Number(today.slice(0, 4)) + offset)
  return [
    ...[...new Set([...named, ...short, ...written])].map((year) => ({ year, relative: false })),
    ...relative.map((year) => ({ year, relative: true })),
  ]
}
