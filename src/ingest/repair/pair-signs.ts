import type { Marks } from './marks.ts'
import { genuineWord } from './genuine-words.ts'

interface Pair {
  readonly open: string
  readonly close: string
  /** Whether an opening sign may stand without its partner, as quotes that run over paragraphs do. */
  readonly mayStayOpen: boolean
  readonly mayOpenBefore: boolean
}

/** “” 《》 （）: their shifted forms are rare as themselves. */
const PAIRS: readonly Pair[] = [
  { open: '野', close: '冶', mayStayOpen: true, mayOpenBefore: true },
  { open: '叶', close: '曳', mayStayOpen: false, mayOpenBefore: true },
  { open: '渊', close: '冤', mayStayOpen: true, mayOpenBefore: true },
  { open: '耶', close: '爷', mayStayOpen: false, mayOpenBefore: false },
]

/** 〔〕 〈〉 「」 『』 〖〗 【】, of which at least one form is an everyday word. */
const BRACKETED = new RegExp(
  [
    // 〔2023〕, 〔执笔〕, 〔PTWC〕, but not 也 … 页 around a count or a web page
    '也[ ]?\\d{4}[ ]?页',
    '也[ ]?[^\\s袁遥尧院曰野冶渊冤也页\\d]{1,8}(?<![第两几多每这首主网分])页',
    '也[ ]?[A-Za-z/ .]{1,12}页',
    '(?<=[遥冤曳][ ]?|^|\\n)也[ ]?[\\p{Script=Han}A-Za-z/ ]{2,16}(?<![第两几多每这首主网分 ])[ ]?页',
    '揖[^\\n揖铱]{1,40}铱',
    '壹[^\\n壹医]{1,20}医',
    '掖[^\\n掖业]{1,30}业',
    '腋[^\\n腋夜]{1,60}夜',
    '液[^\\n液一]{1,30}一',
  ].join('|'),
  'gmu',
)

/** Marks brackets and quotes by their partners, in place. */
export function markPairs(text: string, marks: Marks): void {
  for (const pair of PAIRS) markPair(text, marks, pair)
  for (const { index, 0: bracketed } of text.matchAll(BRACKETED)) {
    if (genuineWord(text, index)) continue
    marks[index] = 1
    marks[index + bracketed.length - 1] = 1
  }
}

/** An opening sign that may be a word's part: 田野 and 野田 are words, though 野田 may be “ and 田. */
interface Doubtful {
  readonly at: number
  readonly beginsWord: boolean
}

function markPair(
  text: string,
  marks: Marks,
  { open, close, mayStayOpen, mayOpenBefore }: Pair,
): void {
  let pending: number[] = []
  let doubtfulOpen: Doubtful[] = []
  let doubtfulClose: number | null = null
  for (const { index, 0: sign } of text.matchAll(new RegExp(`[${open}${close}]`, 'g'))) {
    const word = genuineWord(text, index)
    if (sign === open && word) {
      doubtfulOpen.push({ at: index, beginsWord: word.before === 0 })
    } else if (sign === open) {
      if (pending.length > 0 && doubtfulClose !== null) {
        marks[pending.pop()!] = 1
        marks[doubtfulClose] = 1
      }
      doubtfulClose = null
      pending.push(index)
    } else if (word) {
      if (pending.length > 0) doubtfulClose ??= index
    } else {
      const partner = pending.pop() ?? likeliest(doubtfulOpen, index)
      if (partner !== undefined) marks[partner] = 1
      if (partner !== undefined || mayOpenBefore) marks[index] = 1
      if (mayStayOpen) for (const at of pending) marks[at] = 1
      pending = []
      doubtfulOpen = []
      doubtfulClose = null
    }
  }
  if (mayStayOpen) for (const at of pending) marks[at] = 1
}

/** How far back a closing sign looks for a partner among characters that seem to be words. */
const QUOTE_LENGTH = 120

function likeliest(doubtful: readonly Doubtful[], close: number): number | undefined {
  const near = doubtful.filter(({ at }) => close - at <= QUOTE_LENGTH)
  return (near.findLast(({ beginsWord }) => beginsWord) ?? near.at(-1))?.at
}
