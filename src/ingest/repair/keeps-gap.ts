import { rememberLast } from '../../language/remember.ts'
import { isName, isSurname } from './chinese-name.ts'

const HAN = /\p{Script=Han}/u
const LETTER_OR_FIGURE = /[A-Za-z0-9]/

/** Chinese punctuation, which stands on a width of its own and takes no space on either side. */
const MARK = /[，。、；：？！“”‘’（）《》〈〉「」『』【】〔〕…—～·％‰℃]/

/** Signs that open an item or part a credit, as 文/图 and ■ do: their space is printed. */
const ORNAMENT = /[#*>|/\\■●◆▲▼△▽★☆○◎◇□※►▶]/

/** Whoever wrote or took it: a credit is set apart from the sentence before. */
const CREDIT =
  /^(?:本报|特约|见习|实习|全媒体|首席)?(?:记者|通讯员|评论员|摄影|作者|编辑|责任编辑|校对|撰文|供图|来源)(?!从|了解|在|看到|获悉)/
const ROLE_BEFORE =
  /(?:记者|通讯员|评论员|作者|编辑|摄影|校对|策划|撰稿|撰文|文|图|摄)((?:[ \u3000\u00A0、/]+\p{Script=Han}{1,4})*)$/u
const BY = /^[摄文图画绘供编](?:[/\s）)]|$)/

/** 第一条, 第二章: a law prints its numbers apart from what they number. */
const NUMBER_OF_PART = /^\s*(?:#+\s*)?第[一二三四五六七八九十百零〇\d]{1,6}[编章节条]$/u

/** What makes a line prose rather than a headline, a name or a list. */
const SENTENCE = /[，。；,;]|[？！].*\S|、$/

const isProse = rememberLast((line) => SENTENCE.test(line))

/** Words that lean on the next or the last one, so that nothing parts them. */
const LEANS_ON_NEXT = /[的和与及或在对为把被从向将于是并让使]$/
const LEANS_ON_LAST = /^[的了着们等]/

const UNITS =
  /^(?:[kMGT]?[Ww][hp]?|k?V|k?VA|[km]?g|[kcm]?m[²³23]?|[km]?L|t|T|G|GB|MB|MPa|km\/h|h|min|s|Hz|℃|°C|dB|ppm)(?![A-Za-z])/

/** What stands at the edge of a page, each part by itself: 某某日报 2023年5月6日 星期六 第2版. */
const RUNNING_HEAD =
  /星期[一二三四五六日天]|第[\d〇一二三四五六七八九十]+版|(?:^|\s)\d{1,2}版|版式|责编|邮箱|投稿|E-?mail/i

const isRunningHead = rememberLast((line) => RUNNING_HEAD.test(line) && !isProse(line))

/** Characters on either side of a space that say what it means; a line may be a whole article. */
const NEAR = 1000

const isWithinDate = (before: string, right: string) =>
  (/\d$/.test(before) && /[年月日时]/.test(right)) || (/[年月]$/.test(before) && /\d/.test(right))

/** Whether the space `line[start, end)` carries meaning. */
export function keepsGap(line: string, start: number, end: number): boolean {
  const left = line[start - 1]!
  const right = line[end]!
  const before = line.slice(Math.max(0, start - NEAR), start)
  const after = line.slice(end, end + NEAR)
  if (ORNAMENT.test(left) || ORNAMENT.test(right)) return true
  if (left === '·' && before.trim() === '·') return true
  if (CREDIT.test(after)) return !/[（(]$/.test(before)
  if (NUMBER_OF_PART.test(before)) return true
  if (MARK.test(left) || MARK.test(right)) return isRemark(before, right)
  if (isAsciiMark(left, right)) return keepsByAsciiMark(before, left, right)
  if (isRunningHead(line)) return !isWithinDate(before, right)
  if (HAN.test(left) && HAN.test(right)) return keepsBetweenWords(line, before, after)
  if (HAN.test(left) || HAN.test(right)) {
    return !isOneSided(left, right) || (LETTER_OR_FIGURE.test(left) && BY.test(after))
  }
  return !/\d/.test(left) || !UNITS.test(after)
}

/** A remark behind a name, as in 王某某〔执笔〕 市总工会: what follows is another column. */
function isRemark(before: string, right: string): boolean {
  return (
    HAN.test(right) &&
    /^\s*\p{Script=Han} ?\p{Script=Han}{1,3}[〔（]\p{Script=Han}{1,6}[〕）]$/u.test(before)
  )
}

const isAsciiMark = (left: string, right: string) =>
  /[,;:!?)"'%+=]/.test(left) || /[,;:!?("'%+=]/.test(right) || right === '.'

/** ASCII punctuation in Chinese text takes no space; in Latin text it does. */
function keepsByAsciiMark(before: string, left: string, right: string): boolean {
  if (HAN.test(left) || HAN.test(right)) return false
  if (/\d/.test(left) && /[%.]/.test(right)) return false
  return !(/[,;:!?)]/.test(left) && /\p{Script=Han}["')]?[,;:!?)]$/u.test(before))
}

/** A Chinese character on one side, a letter, a figure or a sign of measure on the other. */
const isOneSided = (left: string, right: string) =>
  /[A-Za-z0-9%+＋]/.test(left) || /[A-Za-z0-9+＋]/.test(right)

function keepsBetweenWords(line: string, before: string, after: string): boolean {
  const [word = ''] = /^\p{Script=Han}+/u.exec(after) ?? []
  const names = ROLE_BEFORE.exec(before)
  if (names && (isName(word) || BY.test(after))) return true
  if (isListOfNames(before, after)) return true
  if (isSpreadName(before, after)) return false
  if (isBalanced(before, after)) return true
  return !isProse(line) && !LEANS_ON_NEXT.test(before) && !LEANS_ON_LAST.test(after)
}

/** 王 丽、张建国: a name of two characters spread to three, in a list. */
function isSpreadName(before: string, after: string): boolean {
  const [surname] = /(?<=^|[、，：；（(\s])\p{Script=Han}$/u.exec(before) ?? []
  return (
    surname !== undefined &&
    isSurname(surname) &&
    /^\p{Script=Han}(?=[、，。；）)/]|$)/u.test(after) &&
    !BY.test(after)
  )
}

/** （王某某 李某某）: within brackets nothing but names. */
function isListOfNames(before: string, after: string): boolean {
  const [inside] = /(?<=[（(])[^（()）]*$/.exec(before) ?? []
  const [rest] = /^[^（()）]*(?=[）)])/.exec(after) ?? []
  if (inside === undefined || rest === undefined) return false
  return `${inside} ${rest}`
    .split(/[\s、]+/)
    .every((word) => isName(word) || /(?:记者|通讯员|文|图|摄影?)$/.test(word))
}

/** A slogan of two halves of one length, which the space parts as a comma would: 聚力惠企纾困 助推复工复产. */
function isBalanced(before: string, after: string): boolean {
  const [left] = /(?<=^\s*|[“‘《「『"'])\p{Script=Han}{4,12}$/u.exec(before) ?? []
  const [right] = /^\p{Script=Han}{4,12}(?=$|[”’》」』"'])/u.exec(after) ?? []
  return left !== undefined && right !== undefined && left.length === right.length
}
