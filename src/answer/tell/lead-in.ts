import type { Context, Sentence } from '../context/context.ts'

/** An item of a list by its mark. */
const ENUMERATED =
  /^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、]|[（(]?\d{1,2}[)）.．、](?!\d)|[①-⑳]|[-•·]\s)/u
/** What announces a list. */
const ANNOUNCES = /[：:]\s*$/u
/** A heading that turns what stands under it round: 不予补贴的情形. */
const DENIES = /不予|不得|不享受|不适用|不受理|停发|停止|取消|除外|禁止|免收|免缴|免于/u
/** Characters: an item without a mark is a short line of its own. */
const ITEM = 60
/** No list that people read on a telephone is longer. */
const MOST = 30

/**
 * What governs an item of a list: the sentence that announces it (下列用户不享受优惠：), or a heading that
 * denies. Told without it, 餐饮企业 would say the opposite. Null for any other sentence.
 */
export function leadIn(sentence: Sentence, { articles }: Context): Sentence | null {
  if (!isItem(sentence)) return null
  const sentences =
    articles.find((article) => article.sentences.includes(sentence))?.sentences ?? []
  const at = sentences.indexOf(sentence)
  for (let i = at - 1; i >= Math.max(0, at - MOST); i--) {
    const before = sentences[i]!
    if (before.passage.part !== 'body') return null
    if (ANNOUNCES.test(before.text)) return before
    if (before.text === before.passage.subhead) return DENIES.test(before.text) ? before : null
    if (!isItem(before)) return null
  }
  return null
}

function isItem({ text, passage, start }: Sentence): boolean {
  if (passage.part !== 'body' || passage.kind === 'table') return false
  if (ENUMERATED.test(text)) return true
  const isLine = start === 0 || passage.text[start - 1] === '\n'
  return isLine && text.length <= ITEM && text !== passage.subhead
}
