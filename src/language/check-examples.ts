import { type Governors, governorsOf, governs } from './governors.ts'
import type { Entry, WordClass } from './lexicon.ts'
import { pieces } from './pieces.ts'
import { readSentence } from './read-sentence.ts'
import { type Word, wordsOf } from './words.ts'

/** How code asks for a class: of a clause's words together, or of each alone. */
export type Ask = (has: (words: readonly Word[]) => boolean, words: readonly Word[]) => boolean

export const together: Ask = (has, words) => has(words)
export const eachAlone: Ask = (has, words) => words.some((word) => has([word]))

const ASKED_ALONE = new Set(['linking', 'fronting', 'frequency', 'by-agent'])

/** How code asks for a class of `governors.txt`. */
export const askGovernor = ({ name }: WordClass): Ask =>
  ASKED_ALONE.has(name) ? eachAlone : together

/**
 * What the examples of a word of a class do not show, a sentence each: each right one must have the
 * class by this word alone, each wrong one holds the word and has the class not.
 */
export function checkExamples(
  classes: readonly WordClass[],
  wordClass: WordClass,
  entry: Entry,
  ask: Ask = askGovernor(wordClass),
): string[] {
  const { word, right, wrong } = entry
  const less = governorsOf(
    classes.map((of) => ({
      ...of,
      entries: of.entries.filter((other) => of !== wordClass || other.word !== word),
    })),
  )
  const all = governorsOf(classes)
  const has = (among: Governors, words: readonly Word[]) =>
    ask((some) => among(wordClass.name, some), words)
  return [
    ...(right.length > 0 ? [] : [`“${word}”没有 ✓ 例句`]),
    ...right.flatMap((example) => {
      const words = marked(example)
      if (!words) return [NO_CLAUSE(example)]
      if (!has(all, words)) return [`✓ 例句里的“${word}”认不出来：${example}`]
      return has(less, words) ? [`✓ 例句没有“${word}”也会被认出来，换一句：${example}`] : []
    }),
    ...wrong.flatMap((example) => {
      const words = marked(example)
      if (!words) return [NO_CLAUSE(example)]
      if (!textOf(words).includes(word)) return [`✗ 例句【】里没有“${word}”：${example}`]
      return has(all, words) ? [`✗ 例句里的“${word}”还是被认出来了：${example}`] : []
    }),
  ]
}

const NO_CLAUSE = (example: string) => `例句里要用【】标出一个完整的分句：${example}`
const textOf = (words: readonly Word[]) => words.map(({ text }) => text).join('')

/** The words of the clause or bracket between 【】 in an example; of a heading, all; none when that is no clause. */
function marked(example: string): readonly Word[] | undefined {
  const [before, inside, after] = example.split(/[【】]/u)
  if (inside === undefined) return wordsOf(example)
  const text = [before, inside, after].join('')
  const [start, end] = [before!.length, before!.length + inside.length]
  const { clauses, structure } = readSentence(text, pieces(text), governs)
  const clause = clauses.find(({ clause: of }) => of.start === start && of.end === end)
  if (clause) return clause.words
  const isBracket = structure.enclosed.some((pair) => pair.start === start - 1 && pair.end === end)
  return isBracket ? wordsOf(inside) : undefined
}
