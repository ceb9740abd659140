import { type JudgedQuestion, UNANSWERABLE } from '../../answer/evaluate/judged-question.ts'

/** More of a text, and more texts, than this are not read in a sentence about them. */
const LONGEST = 36
const MOST = 3

/** What a judged question checks from now on, in one sentence. */
export function checksOf(judged: JudgedQuestion): string {
  const { kind, must_contain: must, must_contain_any: any, must_not_contain: not } = judged
  if (kind === UNANSWERABLE) return '以后这样核对：直说没有，不作回答。'
  const quotes = [...new Set(judged.evidence.map(({ quote }) => quote))]
  const checks = [
    must.length > 0 && `说到${listed(must)}`,
    ...any.map((group) => [group].flat()).map((group) => `说到${oneOf(group)}`),
    quotes.length > 0 && `引用${oneOf(quotes)}`,
    not.length > 0 && `不说${listed(not)}`,
  ].filter(Boolean)
  const isRough = must.length + any.length + quotes.length === 0
  return `以后这样核对：${['要回答', ...checks].join('，')}${isRough ? '（没有点出对的原文，只能粗略地核对）' : ''}。`
}

const listed = (texts: readonly string[]) =>
  `${texts.slice(0, MOST).map(quoted).join('')}${texts.length > MOST ? `等 ${texts.length} 处` : ''}`
const oneOf = (texts: readonly string[]) => `${listed(texts)}${texts.length > 1 ? '中的一处' : ''}`

function quoted(text: string): string {
  const letters = Array.from(text)
  return `“${letters.slice(0, LONGEST).join('')}${letters.length > LONGEST ? '……' : ''}”`
}
