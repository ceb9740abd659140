import { describe, expect, test } from 'vitest'
import { relativeWords } from '../../src/answer/tell/explain.ts'
import { governorsOf, GOVERNORS } from '../../src/language/governors.ts'
import { readLexicon, type WordClass } from '../../src/language/lexicon.ts'
import { pieces } from '../../src/language/pieces.ts'
import { readSentence } from '../../src/language/read-sentence.ts'
import { type Word, wordsOf } from '../../src/language/words.ts'

const governs = governorsOf(GOVERNORS)
const lexicon = (name: string) =>
  readLexicon(new URL(`../../src/language/${name}`, import.meta.url))

/** How code asks for a class: of a clause's words together, or of each alone. */
type Ask = (has: (words: readonly Word[]) => boolean, words: readonly Word[]) => boolean

const together: Ask = (has, words) => has(words)
const eachAlone: Ask = (has, words) => words.some((word) => has([word]))
const eachRelative: Ask = (has, words) => eachAlone(has, relativeWords(words))
const ASKED_ALONE = new Set(['linking', 'fronting', 'frequency', 'by-agent'])

const LEXICONS: readonly [string, readonly WordClass[], (of: WordClass) => Ask][] = [
  ['governors.txt', GOVERNORS, ({ name }) => (ASKED_ALONE.has(name) ? eachAlone : together)],
  ['relative.txt', lexicon('relative.txt'), () => eachRelative],
  ['timed.txt', lexicon('timed.txt'), () => eachAlone],
  ['asked.txt', lexicon('../retrieval/asked.txt'), () => together],
]

/** The words of the clause or bracket between 【】 in an example; of a heading, all. */
function marked(example: string): readonly Word[] {
  const [before, inside, after] = example.split(/[【】]/u)
  if (inside === undefined) return wordsOf(example)
  const text = [before, inside, after].join('')
  const [start, end] = [before!.length, before!.length + inside.length]
  const { clauses, structure } = readSentence(text, pieces(text), governs)
  const clause = clauses.find(({ clause: of }) => of.start === start && of.end === end)
  if (clause) return clause.words
  if (structure.enclosed.some((pair) => pair.start === start - 1 && pair.end === end))
    return wordsOf(inside)
  throw new Error(`What is marked is no clause: ${example}`)
}

const textOf = (words: readonly Word[]) => words.map(({ text }) => text).join('')

describe.each(LEXICONS)('%s', (_file, classes, askOf) => {
  describe.each(classes)('$name $where', (wordClass) => {
    const ask = askOf(wordClass)
    const has = (among: readonly WordClass[], example: string) =>
      ask((words) => governorsOf(among)(wordClass.name, words), marked(example))

    test.each(wordClass.entries)('$word', (entry) => {
      const less = classes.map((of) => ({
        ...of,
        entries: of.entries.filter((e) => of !== wordClass || e !== entry),
      }))
      expect(entry.right.length).toBeGreaterThan(0)
      for (const example of entry.right) {
        expect(has(classes, example), example).toBe(true)
        expect(has(less, example), `${example} without ${entry.word}`).toBe(false)
      }
      for (const example of entry.wrong) {
        expect(textOf(marked(example)), example).toContain(entry.word)
        expect(has(classes, example), example).toBe(false)
      }
    })
  })
})
