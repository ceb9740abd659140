import type { Marks } from './decide-symbols.ts'
import { genuineWord } from './genuine-words.ts'

/** ， 。 、 ： ； ？ ！ … · ■ α, whose shifted forms are rarely themselves in news. */
const PAUSES = /[袁遥尧院曰钥浴噎窑姻琢]/g

/** These end or part something, so nothing but a word or a closing sign can stand before them. */
const NEEDS_WORD_BEFORE = /[袁遥尧院曰]/
const OPENING = /[野叶渊耶也掖腋液壹揖]/

const SURNAME = /^袁\p{Script=Han}{1,2}(?=[\s尧渊]|袁(?!\p{Script=Han}{1,2}[\s尧])|$)/u
const BEFORE_A_NAME =
  /(?:记者|通讯员|作者|编辑|摄影|局长|书记|主任|县长|市长|队长|经理|院长|同志|村民|居民)\s?$/

/** Marks the signs that part sentences and their members, in place. */
export function markPauses(text: string, marks: Marks, spaced: boolean): void {
  for (const { index } of text.matchAll(PAUSES)) {
    if (isPause(text, index, marks, spaced)) marks[index] = 1
  }
}

function isPause(text: string, at: number, marks: Marks, spaced: boolean): boolean {
  const sign = text[at]!
  if (NEEDS_WORD_BEFORE.test(sign) && !canEndBefore(text, at, marks)) return false
  const next = text[at + 1] ?? '\n'
  if (spaced) {
    if (/\s/.test(next)) return !endsWord(text, at)
    if (sign === '窑' || sign === '噎') return genuineWord(text, at) === null
    return marks[at + 1] === 1 && genuineWord(text, at) === null
  }
  if (sign === '袁' && isSurname(text, at)) return false
  return genuineWord(text, at) === null
}

/** In a spaced text, a word like 研究院 before a figure, an opening bracket or the line's end is a word. */
function endsWord(text: string, at: number): boolean {
  const word = genuineWord(text, at)
  if (!word) return false
  return /^(?:\s*\n|\s*$|[ \t]+[\d野叶渊])/.test(text.slice(at + 1, at + 8))
}

function canEndBefore(text: string, at: number, marks: Marks): boolean {
  const before = text[at - 1] ?? '\n'
  if (before === '\n') return false
  let i = at - 1
  while (i >= 0 && /[ \t\u3000]/.test(text[i]!)) i--
  if (i < 0 || text[i] === '\n') return false
  if (marks[i] !== 1) return true
  return !NEEDS_WORD_BEFORE.test(text[i]!) && !OPENING.test(text[i]!)
}

function isSurname(text: string, at: number): boolean {
  return (
    SURNAME.test(text.slice(at, at + 6)) && BEFORE_A_NAME.test(text.slice(Math.max(0, at - 4), at))
  )
}
