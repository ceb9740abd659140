import { genuineWord } from './genuine-words.ts'
import type { Marks } from './marks.ts'

/** ， 。 、 ： ； ？ ！ … · ■ ／ and the wide space, whose shifted forms are rarely themselves in news. */
const PAUSES = /[袁遥尧院曰钥浴噎窑姻辕摇]/g

/** Of these, what extraction leaves no space behind. */
const UNSPACED = /[窑噎辕摇]/

/** What opens a quote or a bracket, so that no pause stands right behind it. */
const OPENING = /[野叶渊耶也掖腋液壹揖]/

/** What announces a colon, so that the word it seems to make with 院 is none (如下院 is not 下院). */
const ANNOUNCES =
  /(?:如下|以下|包括|例如|比如|分别是|分别为|表示|指出|强调|提出|介绍|认为|要求|建议|问题|成员|编辑|来源|时间|地点|电话|学名|日语|英语|说|即|办法|方法|做法|看法|说法|用法|玩法|译法|写法|决议)$/

/** A name: 袁 and one or two characters, then another name's mark, a bracket or an end. */
const NAME =
  /^袁(?![并也又还且就都只不已将曾正是在先再即])\p{Script=Han}{1,2}(?=\s*[尧渊\n]|[ \t]+\p{Script=Han}|$|说|介绍|表示|告诉|认为|强调|指出|带领|率|主持|出席)/u
const BEFORE_A_NAME =
  /(?:记者|通讯员|作者|编辑|摄影|局长|书记|主任|县长|市长|队长|经理|院长|同志|村民|居民)[ \t]?$/

/** After 龙窑, 官窑 and other kilns; what else follows makes the word two names and a dot (莱昂德罗·内托). */
const AFTER_A_KILN = /^(?:[址炉厂场的是烧制瓷为及与和在出遗村乡镇区等中内外作青白黑产\s]|$)/

/** Marks the signs that part sentences and their members, in place. */
export function markPauses(text: string, marks: Marks, spaced: boolean): void {
  for (const { index } of text.matchAll(PAUSES)) {
    if (isPause(text, index, marks, spaced)) marks[index] = 1
  }
}

function isPause(text: string, at: number, marks: Marks, spaced: boolean): boolean {
  const sign = text[at]!
  const next = text[at + 1] ?? '\n'
  if (sign === '袁' && isName(text, at, marks)) return false
  if (sign === '曰' && next === '院') return false
  if (sign === '窑' && !partsNames(text, at, marks)) return false
  if (sign === '尧' && next === '遥') return false
  if (sign === '院' && isAnnounced(text, at)) return true
  if (spaced) {
    if (/\s/.test(next)) return !endsWord(text, at)
    if (!UNSPACED.test(sign) && !/[袁遥尧院曰钥浴冶曳冤页爷]/.test(next)) return false
  }
  return !isWord(text, at)
}

/** 提出院一是 is 提出 and a colon, though 出院 is a word; 要求院长 is not. */
function isAnnounced(text: string, at: number): boolean {
  return (genuineWord(text, at)?.after ?? 0) === 0 && ANNOUNCES.test(flowBefore(text, at))
}

/** What stands before, without the line breaks that words run across. */
function flowBefore(text: string, at: number): string {
  return text.slice(Math.max(0, at - 8), at).replaceAll(/\s*\n\s*/g, '')
}

/** A dot stands between two names or titles, never beside a pause or what tells of a kiln. */
function partsNames(text: string, at: number, marks: Marks): boolean {
  if (marks[at - 1] === 1 && !/[曳冶冤]/.test(text[at - 1]!)) return false
  return (
    !/[的入进出该此座口在把\n]/.test(text[at - 1] ?? '\n') && !/[的内里外]/.test(text[at + 1] ?? '')
  )
}

function isWord(text: string, at: number): boolean {
  const word = genuineWord(text, at)
  if (!word) return false
  return text[at] !== '窑' || word.after > 0 || AFTER_A_KILN.test(text.slice(at + 1))
}

/** In a spaced text, a word like 研究院 before a figure, an opening bracket or the line's end is a word. */
function endsWord(text: string, at: number): boolean {
  const word = genuineWord(text, at)
  if (!word) return false
  return /^(?:\s*\n|\s*$|[ \t]+[\d野叶渊袁遥尧冶冤])/.test(text.slice(at + 1, at + 8))
}

/** 袁 as a surname: after an office, or where a comma cannot stand. */
function isName(text: string, at: number, marks: Marks): boolean {
  if (!NAME.test(text.slice(at, at + 8))) return false
  const before = text.slice(Math.max(0, at - 4), at)
  return BEFORE_A_NAME.test(before) || !canEndBefore(text, at, marks)
}

/** Whether a pause can stand here: not at a line's start, not right after another or an opening bracket. */
function canEndBefore(text: string, at: number, marks: Marks): boolean {
  let i = at - 1
  while (i >= 0 && /[ \t\u3000]/.test(text[i]!)) i--
  if (i < 0 || text[i] === '\n') return false
  return marks[i] !== 1 || (!/[袁尧院曰]/.test(text[i]!) && !OPENING.test(text[i]!))
}
