/** What code may add in full-width brackets right behind a word. */
export interface Explanation {
  readonly kind: 'time' | 'place' | 'misprint'
  readonly start: number
  readonly end: number
  readonly inside: string
}

const LONGEST = 24
const PLACE = /^\p{Script=Han}{1,12}[省市县区州盟旗镇乡村]$/u
const TIME = /^(?=.)(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?$/u
const DAY_OR_MONTH = /(?<!年)(?<!\d)\d{1,2}(?:月份?|日)$/u
const TIME_WORDS = [
  '今年 去年 明年 前年 后年 上年 本年 当年 同年 次年 翌年 全年 半年 近年',
  '年初 年底 年末 年中 年内 年度 季度 同期 本月 上月 下月 当月 次月 个月 月初 月底 月末',
  '今日 昨日 明日 前日 当日 次日 即日 今天 昨天 明天 前天 当天 本周 上周 下周',
  '目前 当前 日前 近日 近期 此前 现在 如今 至今',
].flatMap((line) => line.split(' '))
const OWN = '我本全该咱当'
const SUSPECTED = '疑为“'

/** The explanation whose bracket opens here, if it is one and the word before it is of its kind. */
export function explanationAt(text: string, start: number): Explanation | null {
  if (text[start] !== '（') return null
  const close = text.indexOf('）', start)
  if (close < 0 || close - start > LONGEST) return null
  const inside = text.slice(start + 1, close)
  const kind = kindOf(text.slice(Math.max(0, start - LONGEST), start), inside)
  return kind && { kind, start, end: close + 1, inside }
}

function kindOf(before: string, inside: string): Explanation['kind'] | null {
  if (TIME.test(inside)) return namesTime(before) ? 'time' : null
  if (PLACE.test(inside)) return namesPlace(before, inside.at(-1)!) ? 'place' : null
  return isSuspected(before, inside) ? 'misprint' : null
}

const namesTime = (before: string) =>
  TIME_WORDS.some((word) => before.endsWith(word)) || DAY_OR_MONTH.test(before)

/** 我市 is a city, 我县 a county; 当地 may be either. */
function namesPlace(before: string, level: string): boolean {
  const [owner = '', kind = ''] = before.slice(-2)
  return OWN.includes(owner) && owner !== '' && (kind === level || kind === '地')
}

/** What is suspected resembles what is printed: a character of it stands there, but not all of them. */
function isSuspected(before: string, inside: string): boolean {
  if (!inside.startsWith(SUSPECTED) || !inside.endsWith('”')) return false
  const meant = inside.slice(SUSPECTED.length, -1)
  if (meant === '' || before.endsWith(meant)) return false
  const printed = before.slice(-meant.length - 1)
  return meant.length === 1 || Array.from(meant).some((char) => printed.includes(char))
}

/** The explanations of a text that none of the quotes prints itself. */
export function explanationsIn(text: string, quotes: readonly string[]): Explanation[] {
  const found: Explanation[] = []
  for (let at = text.indexOf('（'); at >= 0; at = text.indexOf('（', at + 1)) {
    const explanation = explanationAt(text, at)
    const printed = quotes.some((quote) => quote.includes(text.slice(at, explanation?.end)))
    if (explanation && !printed) found.push(explanation)
  }
  return found
}

/** A text without what explains its words: 今年（2022年）5月 says 今年5月. */
export function withoutExplanations(text: string, quotes: readonly string[]): string {
  return explanationsIn(text, quotes).reduceRight(
    (rest, { start, end }) => rest.slice(0, start) + rest.slice(end),
    text,
  )
}
