/** What a reader must know of when something held. */
import { governorsOf } from '../language/governors.ts'
import { readLexicon } from '../language/lexicon.ts'
import { type Word, wordsOf } from '../language/words.ts'
import { asksNow } from '../retrieval/asks-now.ts'
import type { Sentence } from './context/context.ts'
import type { Noticed } from './noticed.ts'
import { isNewer } from './printed.ts'
import type { Told } from './tell/tell.ts'
import { placeNameAt } from './which-place.ts'

const TIMED = governorsOf(readLexicon(new URL('../language/timed.txt', import.meta.url)))
const isTimed = (word: Word) => TIMED('timed', [word])
/** Days after which words that hold for a time only (目前, 预计) may have run out. */
const SOON = 180

/** `question` is the question as searched, `today` the day of asking. */
export function noticeAge(question: string, told: Told, today: string): Noticed[] {
  const timed = timedWords(told, today)
  if (!asksNow(question)) return timed
  return [...older(told), ...(timed.length > 0 ? timed : notOfNow(told, today))]
}

function timedWords({ sentences, statements }: Told, today: string): Noticed[] {
  for (const [i, sentence] of sentences.entries()) {
    if (!isOld(sentence, today)) continue
    const words = wordsOf(statements[i]!.text)
    // 2021年底 says when, however old the article is.
    const first = words.findIndex(
      (word, at) => isTimed(word) && !/\d$/u.test(words[at - 1]?.text ?? ''),
    )
    if (first < 0) continue
    // 截至目前 is two words to the dictionary, and one to a reader.
    const behind = words.slice(first).findIndex((word) => !isTimed(word))
    const timed = words.slice(first, behind < 0 ? undefined : first + behind)
    return stale(`“${timed.map(({ text }) => text).join('')}”指报道当时，以后可能有变化。`, [
      sentence,
    ])
  }
  return []
}

/** What is told behind the first, of the same city, and was printed before it. */
function older({ sentences: [first, ...more] }: Told): Noticed[] {
  if (!first) return []
  const cityOf = ({ passage }: Sentence) => placeNameAt('city', passage)
  const before = more.filter(
    (one) =>
      cityOf(one) === cityOf(first) && isNewer(first.passage.date.value, one.passage.date.value),
  )
  return before.length > 0 ? stale('这是更早的报道。', before) : []
}

/** What is told first says how things stood long ago, or nobody knows when. */
function notOfNow({ sentences: [first] }: Told, today: string): Noticed[] {
  if (!first) return []
  if (first.passage.date.value === null) return stale('报道日期不详，现在可能有变化。', [first])
  return isOld(first, today) ? stale('这是报道当时的情况，现在可能有变化。', [first]) : []
}

const stale = (text: string, sentences: readonly Sentence[]): Noticed[] => [
  { kind: 'stale', text, sentences },
]

function isOld({ passage: { date } }: Sentence, today: string): boolean {
  return date.value !== null && daysBetween(date.value, today) > SOON
}

function daysBetween(from: string, to: string): number {
  const day = (date: string) =>
    Date.parse(date.length === 4 ? `${date}-12-31` : date.length === 7 ? `${date}-28` : date)
  return (day(to) - day(from)) / 86_400_000
}
