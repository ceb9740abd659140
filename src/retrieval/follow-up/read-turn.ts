import { readLexicon, type WordClass } from '../../language/lexicon.ts'
import { findPlaces, placesNamed } from '../../language/places.ts'
import { type Word, wordsOf } from '../../language/words.ts'
import type { Span } from '../../traced.ts'

export const TURN_WORDS: readonly WordClass[] = readLexicon(
  new URL('turn-words.txt', import.meta.url),
)

/** What a part of a question does: the lexicon's classes, and what needs no list. */
const ROLES = [
  // Names where or when it is about.
  'place',
  'time',
  // Asks who, what, how many; asks whether; what one may, must or wants.
  'asks',
  'whether',
  'modal',
  // Points at what was said: it, this, just now.
  'pronoun',
  'this',
  'before',
  // Points at what is left, asks for more of the same.
  'rest',
  'also',
  // The whole of a place that is not named: 全市.
  'whole',
  // A part or property of something: the cost, the documents.
  'property',
  // Speaks of the answer and where it was printed.
  'source',
  // Wants the last answer again, or told in another way.
  'again',
  'retell',
  'doubt',
  'corrects',
  'anew',
  'courtesy',
  'opener',
  // Closes a clause, and behind a name alone asks the same of that: 聊城呢.
  'particle',
  // Says little: speakers, verbs of any matter.
  'light',
  'mark',
  'content',
] as const
export type Role = (typeof ROLES)[number]

/** Where these begin, what a question is about has been said. */
export const ASKS: ReadonlySet<Role> = new Set(['asks', 'whether', 'modal'])

function roleNamed(name: string): Role {
  const role = ROLES.find((known) => known === name)
  if (!role) throw new Error(`turn-words.txt: no role is called ${name}`)
  return role
}

export interface Part extends Span {
  readonly text: string
  readonly tag: string
  readonly role: Role
}

/** What some characters of a question do, whatever words they are parts of. */
type Claim = Span & { readonly role: Role }

/** Reads what the parts of a question do. */
export type ReadTurn = (question: string) => readonly Part[]

/** Numbers with 年, 月, 日 and what people say for a time; relative ones a dictionary knows. */
const TIME =
  /(?:\d{2,4}|[一二][〇零一二三四五六七八九]{3}|[去今明前后]|[上下]半)年(?:同期|度|底|初|末|[上下]半年|第?[一二三四1-4]季度|(?:\d{1,2}[到至—-])?\d{1,2}月份?(?:\d{1,2}[日号])?)*|(?:\d{1,2}[到至—-])?\d{1,2}月份?(?:\d{1,2}[日号])?|(?:十[一二]?|[二三四五六七八九])月份?|(?<!\d)\d{1,2}[日号](?!线)|(?:五一|十一|国庆|春节|元旦|端午|中秋|清明)(?:假期|期间|节)?|[上下前]半年|全年|[上下前本这]个?(?:月|季度|周|星期)|第?[一二三四]季度|[这近前][几两些一]?[一二三四五\d]*(?:年|个月|天|阵子|段时间)(?:以来|来|里)?|截至目前|以来|(?<=\p{L})那几天/gu

/** 是不是, 要不要, 有没有, 多不多: a word, denied. */
const WHETHER = /(\p{Script=Han}{1,2})[不没]\1/gu

const CONTENT = /^(?:n|v|a|j|l|i|b|s|eng|x|t|z|zg|df)/u
const FUNCTION = /^(?:vshi|vyou)/u

/** Makes a reader of questions from a lexicon. */
export function createReadTurn(classes: readonly WordClass[]): ReadTurn {
  const entries = classes.flatMap(({ name, where, entries: words }) =>
    words.map(({ word }) => ({ role: roleNamed(name), where, word })),
  )
  const openers = entries.filter(({ role }) => role === 'opener' || role === 'courtesy')
  const asking = entries.filter(({ role, word }) => role === 'asks' && word.length > 1)
  const known = Map.groupBy(entries, ({ word }) => word.charAt(0))

  return function readTurn(question) {
    const claimed: (Claim | undefined)[] = Array.from({ length: question.length })
    const claim = (start: number, end: number, role: Role) => {
      if (claimed.slice(start, end).some(Boolean)) return
      const made = { start, end, role }
      for (let at = start; at < end; at++) claimed[at] = made
    }
    const words = wordsOf(question)
    const begins = new Set(words.map(({ start }) => start))
    const ends = new Set(words.map(({ end }) => end))

    for (const { start, end } of findPlaces(question))
      claim(start, wordEnd(question, start, end, ends), 'place')
    for (const { index, 0: text } of question.matchAll(TIME))
      claim(index, index + text.length, 'time')
    for (const { index, 0: text } of question.matchAll(WHETHER))
      claim(index, index + text.length, 'whether')
    // 多大 and 面积 in 多大面积: what asks parts words that a dictionary joins.
    for (const { word } of asking) {
      for (let at = question.indexOf(word); at >= 0; at = question.indexOf(word, at + 1)) {
        ends.add(at)
        begins.add(at + word.length)
      }
    }
    const starts = clauseStarts(question, openers)
    const matches = Array.from({ length: question.length }, (_, at) => question.charAt(at)).flatMap(
      (char, at) =>
        (known.get(char) ?? [])
          .filter(
            ({ word, where }) =>
              question.startsWith(word, at) &&
              (where === 'within' || (begins.has(at) && ends.has(at + word.length))) &&
              (where !== 'start' || starts.has(at)) &&
              (where !== 'end' || endsClause(question, at + word.length)),
          )
          .map(({ word, role }) => ({ start: at, end: at + word.length, role })),
    )
    for (const { start, end, role } of matches.toSorted(
      (a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start,
    ))
      claim(start, end, role)

    return partsOf(question, words, claimed)
  }
}

/** 濮阳 and not 濮阳市 in 濮阳市长: a place ends where a word does, if its shorter name does. */
function wordEnd(question: string, start: number, end: number, ends: ReadonlySet<number>): number {
  const shorter = end - 1
  // 濮阳市区 is the urban area of 濮阳.
  const urban = question.slice(shorter, end + 1) === '市区'
  if (ends.has(end) && !urban) return end
  return (urban || ends.has(shorter)) && placesNamed(question.slice(start, shorter)).length > 0
    ? shorter
    : end
}

/** Cuts words where something else is claimed of them; `claimed` has for each character what is. */
function partsOf(text: string, words: readonly Word[], claimed: readonly (Claim | undefined)[]) {
  const parts: Part[] = []
  for (const { start: from, end: to, tag } of words) {
    for (let start = from, end; start < to; start = end) {
      const claim = claimed[start]
      end = start + 1
      while (end < to && claimed[end] === claim) end++
      const said = claim ?? { start, end, role: roleOf(text.slice(start, end), tag) }
      if (said.start === start) parts.push({ ...said, text: text.slice(start, said.end), tag })
    }
  }
  return parts
}

function roleOf(text: string, tag: string): Role {
  if (!/[\p{L}\p{N}]/u.test(text)) return 'mark'
  if (tag === 'r' && /^[这那](?![么样])/u.test(text)) return 'this'
  if (tag === 't' && text.length > 1) return 'time'
  // 要钱, 能贷: one word with its modal.
  if (tag === 'v' && text.length > 1 && /^[要能]/u.test(text)) return 'modal'
  return CONTENT.test(tag) && !FUNCTION.test(tag) ? 'content' : 'light'
}

/** Where clauses begin, and go on behind what only opens them: 诶还有, 谢谢啊对了. */
function clauseStarts(text: string, openers: readonly { word: string }[]): ReadonlySet<number> {
  const starts = new Set<number>()
  const add = (at: number) => {
    if (starts.has(at)) return
    starts.add(at)
    for (const { word } of openers) if (text.startsWith(word, at)) add(at + word.length)
  }
  for (let at = 0; at < text.length; at++) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]!)) add(at)
  }
  return starts
}

const endsClause = (text: string, end: number) =>
  end >= text.length || !/[\p{L}\p{N}]/u.test(text[end]!)

export const readTurn = createReadTurn(TURN_WORDS)
