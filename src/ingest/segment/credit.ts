import { slice, trim } from '../../traced.ts'
import type { Traced } from '../../traced.ts'

const NAMES = '[\\p{Script=Han}·]{1,5}(?:[ 　、]+[\\p{Script=Han}·]{1,4}){0,7}'
const ROLE = '(?:本报)?(?:首席|见习|实习)?(?:全媒体)?(?:记者|通讯员|特约记者|评论员|实习生)'

const AT_END = new RegExp(
  `(?<=[。！？!?…”"』」）)])\\s*(?:[■●◆▲]\\s*(?:${ROLE}[ 　：:]*)?${NAMES}|${ROLE}[ 　：:]*${NAMES}(?:[ 　]+${ROLE}[ 　：:]*${NAMES})*(?:[ 　]*[\\/／]?[ 　]*(?:摄影报道|摄影|摄|文\\/?图|图\\/?文))?|[（(](?:${ROLE}[ 　]*)?[\\p{Script=Han}]{2,4}(?:[ 　、]+[\\p{Script=Han}]{1,4}){0,5}(?:[ 　]*(?:摄影报道|摄影|摄|文\\/?图))?[）)])\\s*$`,
  'u',
)
const WHOLE = new RegExp(
  `^(?:[■●◆▲□]\\s*.{2,30}|(?:《[^》]{2,12}》\\s*)?(?:特约)?${ROLE}[ 　：:]*${NAMES}.{0,40}|《[^》]{2,12}》\\s*特约评论员.{0,12}|[（(][^（）()]{2,30}[）)]|(?:作者|撰稿|文|图|摄影|执笔)[：:/／ ].{2,30})$`,
  'u',
)
export const PHOTO_CREDIT = /(?:摄影报道|摄影|摄|图\/文|文\/图)\s*[）)]?$/u
const CAPTION_CREDIT =
  /[ 　][\p{Script=Han}]{2,4}[ 　]*[\/／][ 　]*摄$|[（(][^（）()]{0,12}摄[）)]$/u

/** Whether a whole line names who wrote or photographed. */
export const isCredit = (text: string): boolean => WHOLE.test(text)

/** Whether a line is a caption that ends in its photographer. */
export const isCreditedCaption = (text: string): boolean => CAPTION_CREDIT.test(text)

/** Parts the names at the end of a paragraph from it: [paragraph, names or null]. */
export function partEndCredit(text: Traced): [Traced, Traced | null] {
  const match = AT_END.exec(text.text.slice(-80))
  if (!match) return [text, null]
  const at = text.text.length - Math.min(80, text.text.length) + match.index
  return at === 0 ? [text, null] : [trim(slice(text, 0, at)), trim(slice(text, at))]
}
