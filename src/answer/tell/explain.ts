import { type Governors, governorsOf } from '../../language/governors.ts'
import { readLexicon } from '../../language/lexicon.ts'
import { misprints } from '../../language/misprints.ts'
import { type Word, wordsOf } from '../../language/words.ts'
import type { Span } from '../../traced.ts'

/** When and where an article was printed: YYYY[-MM[-DD]], and places from broad to narrow. */
export interface Printed {
  readonly date: string | null
  readonly place: readonly string[]
}

const RELATIVE = readLexicon(new URL('../../language/relative.txt', import.meta.url))
const asked: Governors = governorsOf(RELATIVE)
const WORDS = RELATIVE.flatMap(({ entries }) => entries.map(({ word }) => word))

/** What words mean, to be told behind them. */
interface Explanation extends Span {
  readonly text: string
}

/**
 * Explains the words of a statement that mean something by when and where they were printed (今年,
 * 我市) and those that look misread, each once: give it the statement's pieces one after the other.
 */
export function createExplain(printed: Printed): (piece: string) => string {
  const explained = new Set<string>()
  return (piece) => {
    const found = [...relativeIn(piece, printed), ...misreadIn(piece)]
      .filter(({ text }) => !explained.has(text) && explained.add(text))
      .toSorted((a, b) => b.end - a.end)
    return found.reduce(
      (text, { end, text: explanation }) =>
        `${text.slice(0, end)}（${explanation}）${text.slice(end)}`,
      piece,
    )
  }
}

/** Words that mean something by when and where they were printed, with what they mean: 今年 2022年, 我市 濮阳市. */
export function relativeIn(piece: string, printed: Printed): Explanation[] {
  if (!WORDS.some((word) => piece.includes(word))) return []
  return relativeWords(wordsOf(piece)).flatMap((word) => {
    const { start, end } = word
    if (/[（《]/u.test(piece.charAt(end)) || inTitle(piece, start)) return []
    const meant = MEANINGS.find(([name]) => asked(name, [word]))?.[1](printed)
    return meant ? [{ start, end, text: meant }] : []
  })
}

/** Words of the lexicon have two characters. */
const LENGTH = 2

/** What may be a word of the lexicon: 今年 of 今年以来, which a dictionary has as one; 我县, which it has as two. */
export function relativeWords(words: readonly Word[]): Word[] {
  return words.map((word, i) => {
    const next = words[i + 1]
    const joins = word.text.length === 1 && next?.text.length === 1 && next.start === word.end
    const text = joins ? word.text + next.text : word.text.slice(0, LENGTH)
    return { ...word, text, end: word.start + text.length }
  })
}

const inTitle = (text: string, at: number) =>
  text.lastIndexOf('《', at) > text.lastIndexOf('》', at) && text.includes('》')

function misreadIn(piece: string): Explanation[] {
  return misprints(piece).map(({ start, end, meant }) => ({ start, end, text: `疑为“${meant}”` }))
}

const MEANINGS: readonly (readonly [name: string, mean: (printed: Printed) => string | null])[] = [
  ['this-year', year(0)],
  ['last-year', year(-1)],
  ['year-before-last', year(-2)],
  ['next-year', year(1)],
  ['now', month],
  ['yesterday', day(-1)],
  ['today', day(0)],
  ['own-province', ({ place }) => place[0] ?? null],
  ['own-city', ({ place }) => place.findLast((name) => /[市州盟]$|地区$/u.test(name)) ?? null],
  ['own-county', ({ place }) => place.findLast((name) => /[县旗]$/u.test(name)) ?? null],
  ['own-district', ({ place }) => place.findLast((name) => name.endsWith('区')) ?? null],
]

function year(offset: number) {
  return ({ date }: Printed) => (date ? `${Number(date.slice(0, 4)) + offset}年` : null)
}

function month({ date }: Printed): string | null {
  const [y, m] = (date ?? '').split('-').map(Number)
  return y ? `${y}年${m ? `${m}月` : ''}` : null
}

function day(offset: number) {
  return ({ date }: Printed) => {
    if (!date || date.length < 10) return null
    const at = new Date(Date.parse(date) + offset * 86_400_000)
    return `${at.getUTCMonth() + 1}月${at.getUTCDate()}日`
  }
}
