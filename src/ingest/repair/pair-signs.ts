import { genuineWord } from './genuine-words.ts'
import type { Marks } from './marks.ts'

interface Pair {
  readonly open: string
  readonly close: string
  /** Whether an opening sign may stand without its partner, as quotes that run over paragraphs do. */
  readonly mayStayOpen: boolean
  /** Whether a closing sign may stand where its partner is lost. */
  readonly mayCloseAlone: boolean
}

/** “” 《》 （）: their shifted forms are rare as themselves. */
const PAIRS: readonly Pair[] = [
  { open: '野', close: '冶', mayStayOpen: true, mayCloseAlone: true },
  { open: '叶', close: '曳', mayStayOpen: false, mayCloseAlone: true },
  { open: '渊', close: '冤', mayStayOpen: true, mayCloseAlone: true },
  { open: '耶', close: '爷', mayStayOpen: false, mayCloseAlone: false },
]

/** What 也 goes on with when it is itself, and what 页 ends. */
const AFTER_YE = '(?![是有可能要在会将不没被给把就都还应需想曾对从为与和得让使以已正很更最只])'
const BEFORE_YE =
  '(?<![第两几多每这首主网分翻插扉活单彩黄内封整半全本该此版书前后末尾一二三四五六七八九十])'

/** Everyday words open a bracket only where no word can go on, and close it where none does. */
const OPENS = '(?<=[袁遥尧院曰冶曳渊\\s的是为叫]|^)'
const CLOSES = '(?=[袁遥尧院曰冶曳冤\\s的]|$)'

/** 〔〕 〈〉 「」 『』 〖〗 【】, of which at least one form is an everyday word. */
const BRACKETED = new RegExp(
  [
    // 〔2023〕, 〔执笔〕, 〔PTWC〕, but not 也 … 页 around a count or a web page
    '也[ ]?\\d{4}[ ]?页',
    `也[ ]?${AFTER_YE}[^\\s袁遥尧院曰野冶渊冤也页\\d]{1,8}${BEFORE_YE}页`,
    '也[ ]?[A-Za-z/ .]{1,12}页',
    `(?<=[遥冤曳][ ]?|^)也[ ]?${AFTER_YE}[\\p{Script=Han}A-Za-z/ ]{2,16}${BEFORE_YE}[ ]?页`,
    '揖[^\\n揖铱]{1,40}铱',
    '掖[^\\n掖业]{1,30}业',
    '腋[^\\n腋夜]{1,60}夜',
    `${OPENS}壹(?![佰仟万拾元])[^\\n壹医]{1,20}医${CLOSES}`,
    `${OPENS}液[^\\n液一]{1,30}一${CLOSES}`,
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
  { open, close, mayStayOpen, mayCloseAlone }: Pair,
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
      if (partner !== undefined || mayCloseAlone) marks[index] = 1
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
