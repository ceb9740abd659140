/**
 * What a helpful clerk says to what is no question for the articles: a greeting, thanks, a word
 * alone, pinyin or English. Data for whoever shows it; the doors decide how.
 */
import { readLexicon, type WordClass } from '../language/lexicon.ts'
import { normalize } from './tokens.ts'
import { readTurn } from './follow-up/read-turn.ts'

export const COURTESIES: readonly WordClass[] = readLexicon(
  new URL('courtesies.txt', import.meta.url),
)

const SPOKEN_KINDS = ['greeting', 'thanks', 'farewell', 'who'] as const
export type CourtesyKind = (typeof SPOKEN_KINDS)[number] | 'word' | 'latin'

export interface Courtesy {
  readonly kind: CourtesyKind
  /** What to say, in Chinese. */
  readonly text: string
  /** Questions to tap, two or three, where a word alone may mean several things. */
  readonly readings: readonly string[]
}

/** What the articles know of a word: their headlines and terms that have it, the likeliest first. */
export interface CourtesyKnowledge {
  readonly headlines: readonly string[]
}

const SAID: Readonly<Record<Exclude<CourtesyKind, 'word'>, string>> = {
  greeting: '您好！想了解本地的经济政策，直接问就行，例如“新办企业接电要交钱吗”。',
  thanks: '不客气，还有想了解的接着问。',
  farewell: '再见，有需要随时来问。',
  who: '我是问策，用本地报纸的原话回答经济政策问题，每句都注明出处。可以问怎么办理、多少钱、找谁、在哪里。',
  latin: '这里读的是中文报道，请用汉字提问，例如“新办企业接电要交钱吗”。',
}

const MOST_READINGS = 3

/** The answer to what is no question; nothing where the articles should be asked. */
export function courtesyFor(
  message: string,
  { headlines }: CourtesyKnowledge = { headlines: [] },
): Courtesy | undefined {
  const said = letters(message)
  const kind = SPOKEN_KINDS.find((name) => saysOnly(said, wordsOfKind(name)))
  if (kind) return { kind, text: SAID[kind], readings: [] }
  if (isLatin(message)) return { kind: 'latin', text: SAID.latin, readings: [] }
  const word = wordAlone(message)
  return word === undefined ? undefined : offer(word, headlines)
}

const wordsOfKind = (kind: string) =>
  COURTESIES.filter(({ name }) => name === kind).flatMap(({ entries }) =>
    entries.map(({ word }) => word),
  )

const letters = (text: string) => normalize(text).replace(/[^\p{L}\p{N}]/gu, '')

/** Particles may follow: 谢谢啦, 你好呀. */
function saysOnly(said: string, words: readonly string[]): boolean {
  const rest = said.replace(/[啊呀啦了哈呢哦噢吧]+$/u, '')
  return words.some((word) => said === word || rest === word)
}

/** Letters and no Chinese, but for an abbreviation or a figure: GDP, 5G. */
function isLatin(message: string): boolean {
  const text = message.trim()
  return (
    !/\p{Script=Han}/u.test(text) &&
    /[a-z]{2}.*[a-z]/iu.test(text) &&
    !/^[A-Z\d+.-]{1,6}$/u.test(text)
  )
}

/** A thing named and nothing asked of it: 用电？ */
function wordAlone(message: string): string | undefined {
  const parts = readTurn(message.trim()).filter(({ role }) => role !== 'mark')
  const names =
    parts.length > 0 && parts.length <= 2 && parts.every(({ role }) => role === 'content')
  const word = parts.map(({ text }) => text).join('')
  return names && word.length <= LONGEST_WORD ? word : undefined
}
const LONGEST_WORD = 6

/** Two or three questions that the articles' own headlines suggest. */
function offer(word: string, headlines: readonly string[]): Courtesy {
  const about = [...new Set(headlines)].filter((headline) =>
    normalize(headline).includes(normalize(word)),
  )
  const readings =
    about.length > 0
      ? about.slice(0, MOST_READINGS).map((headline) => `《${headline}》说了什么？`)
      : [`${word}怎么办理？`, `${word}有什么政策？`, `${word}要多少钱？`]
  return { kind: 'word', text: `想了解“${word}”的哪一方面？`, readings }
}
