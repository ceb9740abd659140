import { slice, trim } from '../../traced.ts'
import type { Traced } from '../../traced.ts'

const GAP = '[ \\u3000、]+'
const NAME = '(?:[\\p{Script=Han}·]{2,5}|\\p{Script=Han}[ \\u3000]+\\p{Script=Han})'
const NAMES = `${NAME}(?:${GAP}${NAME}){0,7}`
const ROLE =
  '(?:本报|本刊|通讯员|特约|首席|见习|实习|全媒体)*(?:记者|通讯员|评论员|实习生)[ \\u3000：:]*'
const PEOPLE = `${ROLE}${NAMES}(?:[ \\u3000]*${ROLE}${NAMES})*`
const PHOTO = '(?:摄影报道|摄影|摄|供图|文\\/?图|图\\/?文)'
const MARK = '[■●◆▲□]'
const BY = `[ \\u3000]*[/／]?[ \\u3000]*${PHOTO}`
const LABEL =
  /^[■●◆▲□]\s*(?:相关|新闻)?(?:链接|阅读|背景|提示|延伸阅读|编后|短评|点评|解读|快评|名词解释|记者手记|数据)/u

const AT_END = new RegExp(
  `(?<=[。！？!?…”"』」）)])\\s*(?:${MARK}\\s*(?:${PEOPLE}|${NAMES})|${PEOPLE}(?:${BY})?|${NAMES}${BY}|[（(](?:${PEOPLE}|${NAMES})(?:${BY})?[）)])\\s*$`,
  'u',
)
const WHOLE = [
  new RegExp(`^${MARK}\\s*\\S.{1,24}$`, 'u'),
  new RegExp(`^(?:《[^》]{2,12}》\\s*)?${PEOPLE}(?:${BY})?(?:[ \\u3000].{0,24})?$`, 'u'),
  new RegExp(
    `^[（(](?:${PEOPLE}|${NAMES}|作者[^）)]*|(?:责任)?编辑[^）)]*|整理[^）)]*)(?:${BY})?[）)]$`,
    'u',
  ),
  new RegExp(`^${NAMES}${BY}$`, 'u'),
  /^(?:作者|撰稿|文|图|摄影|执笔|整理)[：:/／ ].{2,30}$/u,
  /^\d{4}年\d{1,2}月\d{1,2}日$/u,
  /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?(?:\s.{0,40})?$/u,
  /^.{0,40}(?:来源|发布时间|发布日期|稿源)[：:].{1,40}$/u,
]
const CREDITED_CAPTION =
  /[ \u3000][\p{Script=Han}]{2,4}[ \u3000]*[/／][ \u3000]*摄$|[（(][^（）()]{0,12}摄[）)]$/u

/** How many characters from a paragraph's end its credit can begin. */
export const CREDIT_TAIL = 80

/** Credits of photographs and of reports in pictures. */
export const PHOTO_CREDIT = /(?:摄影报道|摄影|摄|供图|图\/文|文\/图)\s*[）)]?$/u

/** Whether a whole line names who wrote, photographed or published, or when. */
export const isCredit = (text: string): boolean =>
  text.length <= CREDIT_TAIL && !LABEL.test(text) && WHOLE.some((pattern) => pattern.test(text))

/** Whether a line is a caption that ends in its photographer. */
export const isCreditedCaption = (text: string): boolean => CREDITED_CAPTION.test(text)

/** Parts a caption from its photographer: [caption, credit or null]. */
export const partCaption = (text: Traced): [Traced, Traced | null] =>
  partAt(text, CREDITED_CAPTION.exec(text.text)?.index ?? 0)

/** Parts the names at the end of a paragraph from it: [paragraph, names or null]. */
export function partEndCredit(text: Traced): [Traced, Traced | null] {
  const from = Math.max(0, text.text.length - CREDIT_TAIL)
  const match = AT_END.exec(text.text.slice(from))
  return partAt(text, match ? from + match.index : 0)
}

const partAt = (text: Traced, at: number): [Traced, Traced | null] =>
  at === 0 ? [text, null] : [trim(slice(text, 0, at)), trim(slice(text, at))]
