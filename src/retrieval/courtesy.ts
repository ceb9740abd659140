/**
 * What a helpful clerk says to what is no question for the articles: a greeting, thanks, a word alone,
 * pinyin or English, or a wish that quoting articles cannot grant. Doors decide how it is shown.
 */
import type { Passage, Turn } from '../corpus.ts'
import { readLexicon, type WordClass } from '../language/lexicon.ts'
import { followUp } from './follow-up.ts'
import { type Part, readTurn } from './follow-up/read-turn.ts'
import { letters } from './follow-up/asks-the-same.ts'
import { textOf } from './follow-up/topic.ts'
import type { RetrievedPassage } from './retrieve.ts'
import { normalize } from './tokens.ts'

export const COURTESIES: readonly WordClass[] = readLexicon(
  new URL('courtesies.txt', import.meta.url),
)

/** Of several kinds in one message the first is answered: 好的，谢谢. */
const SPOKEN = ['thanks', 'farewell', 'who', 'greeting', 'ack'] as const
/** What quoting articles cannot give. */
const OUTSIDE = ['machinery', 'writing', 'legal', 'opinion', 'personal', 'chat'] as const

const EXAMPLE = '“新办企业接电要交钱吗”'
/** What is said, in one or two short sentences. */
const SAID = {
  greeting: `您好！想了解本地的经济政策，直接问就行，例如${EXAMPLE}。`,
  thanks: '不客气，还有想了解的接着问。',
  farewell: '再见，有需要随时来问。',
  ack: '好的，有想了解的直接问就行。',
  who: '我是问策，用本地报纸的原话回答经济政策问题，每句都注明出处。可以问怎么办理、多少钱、找谁、在哪里。',
  writing: '这里只引用报道原文回答问题，不代写文稿，也不替任何人作出承诺。',
  machinery: '这里只根据收录的本地报道回答经济政策问题。',
  opinion: '这里只引用报道原文，不作评价和推荐。可以问报道写了什么。',
  legal: '这里只引用报道原文，不判断个案结果。请咨询律师或当地法律援助机构。',
  personal: '这里只引用报道原文，不提供个人建议。可以问报道里的政策和数据。',
  chat: '这里根据收录的本地报道回答经济政策问题，例如怎么办理、多少、哪里、谁。',
  latin: `这里读的是中文报道，请用汉字提问，例如${EXAMPLE}。Please ask in Chinese.`,
  empty: `没有读到问题。想了解本地的经济政策，直接问就行，例如${EXAMPLE}。`,
} as const

export type CourtesyKind = keyof typeof SAID

/** What a message is that asks nothing of the articles; a word alone is offered what they have of it. */
export type Courtesy = { readonly kind: CourtesyKind; readonly text: string } | WordAlone

/** A thing named and nothing asked of it, and the words it is made of: 专利贷款, 专利 and 贷款. */
export interface WordAlone {
  readonly kind: 'word'
  readonly word: string
  readonly parts: readonly string[]
}

export type ReadCourtesy = (message: string, history?: readonly Turn[]) => Courtesy | undefined

/** Makes a reader of courtesies from a lexicon. */
export function createReadCourtesy(classes: readonly WordClass[]): ReadCourtesy {
  const wordsOf = (name: string) =>
    classes.filter((of) => of.name === name).flatMap(({ entries }) => entries.map((e) => e.word))
  const spoken = SPOKEN.map((kind) => ({ kind, words: wordsOf(kind).map(letters) }))
  const outside = OUTSIDE.map((kind) => ({
    kind,
    patterns: classes
      .filter(({ name }) => name === kind)
      .flatMap(({ where, entries }) =>
        entries.map(({ word }) => patternOf(word, where === 'start', wordsOf)),
      ),
  }))

  return function readCourtesy(message, history = []) {
    const kind =
      spokenKind(letters(message), spoken) ??
      outside.find(({ patterns }) => patterns.some((one) => one.test(normalize(message))))?.kind ??
      (isLatin(message) ? 'latin' : undefined)
    if (kind) return { kind, text: SAID[kind] }
    const alone = wordAlone(message)
    if (alone?.word === '') return { kind: 'empty', text: SAID.empty }
    return alone && !followUp(message, history).follows ? alone : undefined
  }
}

export const readCourtesy = createReadCourtesy(COURTESIES)

interface Spoken {
  readonly kind: (typeof SPOKEN)[number]
  readonly words: readonly string[]
}

/** The kind of a message that consists of courtesies and particles: 你好呀, 好的谢谢啦. */
function spokenKind(said: string, spoken: readonly Spoken[]): Spoken['kind'] | undefined {
  const words = spoken.flatMap((of) => of.words.map((word) => ({ kind: of.kind, word })))
  const found = new Set<Spoken['kind']>()
  let rest = said
  while (rest !== '') {
    const [longest] = words
      .filter(({ word }) => rest.startsWith(word))
      .toSorted((a, b) => b.word.length - a.word.length)
    if (!longest) return undefined
    found.add(longest.kind)
    rest = rest.slice(longest.word.length).replace(/^[啊呀啦了哈呢哦噢吧]+/u, '')
  }
  return SPOKEN.find((kind) => found.has(kind))
}

/** An entry as a pattern over a normalized message: … is a gap, <name> a word of a class. */
function patternOf(entry: string, atStart: boolean, wordsOf: (name: string) => string[]): RegExp {
  const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)
  const parts = entry.split(/(…|<[a-z]+>)/u).map((part) => {
    if (part === '…') return '[^，,。；;？?！!：:]{0,8}?'
    const name = /^<([a-z]+)>$/u.exec(part)?.[1]
    return name ? `(?:${wordsOf(name).map(escaped).join('|') || '(?!)'})` : escaped(part)
  })
  return new RegExp(`${atStart ? String.raw`(?<![\p{L}\p{N}])` : ''}${parts.join('')}`, 'u')
}

/** Letters and no Chinese, but for an abbreviation or a figure: GDP, 5G. */
function isLatin(message: string): boolean {
  const text = message.trim()
  return !/\p{Script=Han}/u.test(text) && /[a-z]/iu.test(text) && !/^[A-Z\d+.-]{1,6}$/u.test(text)
}

/** Things that papers name stand in one word or two: 用电？, 专利贷款. */
const MOST_WORDS = 2
const LONGEST_WORD = 6

/** 用电？ and nothing else; its word is empty where nothing is said at all. */
function wordAlone(message: string): WordAlone | undefined {
  const read = readTurn(message.trim())
  const isSaid = ({ role, tag }: Part) =>
    role !== 'mark' && !(role === 'light' && /^[uyeo]/u.test(tag))
  const parts = read.filter(isSaid)
  const texts = parts.map(({ text }) => text)
  // 等 within 电等企业 is of its name.
  const word = textOf(read.slice(read.findIndex(isSaid), read.findLastIndex(isSaid) + 1))
  const names = parts.every(({ role }) => role === 'content')
  return names && parts.length <= MOST_WORDS && word.length <= LONGEST_WORD
    ? { kind: 'word', word, parts: word === texts.join('') ? texts : [word] }
    : undefined
}

export interface Offer {
  readonly text: string
  /** Questions to choose from, as one would ask them. */
  readonly readings: readonly string[]
}

const MOST_READINGS = 3

/** What was found for a word, and what of it a passage lacks in any of its names. */
export type FoundForWord = Pick<RetrievedPassage, 'lacking'> & {
  readonly passage: Pick<Passage, 'headline' | 'text'>
}

/** What is offered for a word alone: questions about the articles that speak of it, best first. */
export function offerFor({ word, parts }: WordAlone, found: readonly FoundForWord[]): Offer {
  const has = (text: string | null) =>
    parts.every((part) => normalize(text ?? '').includes(normalize(part)))
  const speaking = found.filter(({ passage, lacking }) => has(passage.text) || lacking.length === 0)
  const titled = found.filter(({ passage }) => has(passage.headline))
  const headlines = [...titled, ...speaking].flatMap(({ passage }) => passage.headline ?? [])
  const about = [...new Set(headlines)].slice(0, MOST_READINGS)
  if (about.length > 0)
    return {
      text: `想了解“${word}”的哪一方面？可以这样问：`,
      // The word first: a follow-up goes on from what a question begins with.
      readings: about.map((headline) => `关于${word}，《${headline}》讲了什么内容？`),
    }
  return {
    text:
      speaking.length > 0
        ? `想了解“${word}”的哪一方面？请写成一句话，例如“${word}怎么办理”。`
        : `没有找到说“${word}”的报道。可以换个说法，或把想问的写成一句话。`,
    readings: [],
  }
}
