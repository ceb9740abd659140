import { askGovernor } from '../../language/check-examples.ts'
import { governorsOf } from '../../language/governors.ts'
import { type WordClass, matcher } from '../../language/lexicon.ts'
import { pieces } from '../../language/pieces.ts'
import { readSentence } from '../../language/read-sentence.ts'
import type { Word } from '../../language/words.ts'
import { findKnown } from '../../retrieval/thesaurus.ts'
import { normalize } from '../../retrieval/tokens.ts'
import { CLASSES, type Words, headOf } from './lists.ts'

/** What some words make of a sentence. */
export interface SentenceRead {
  /** The places that are named, each with all that its name may mean. */
  readonly places: readonly { readonly text: string; readonly paths: readonly string[] }[]
  /** Words that are looked for in other words too, were it a question. */
  readonly widened: readonly { readonly word: string; readonly others: readonly string[] }[]
  /** Its clauses in order, each with the words that govern, and by which class. */
  readonly clauses: readonly {
    readonly text: string
    readonly marks: readonly { readonly head: string; readonly word: string }[]
  }[]
}

export function readWith(words: Words, sentence: string): SentenceRead {
  return {
    places: words.gazetteer
      .find(sentence)
      .map(({ text, places }) => ({ text, paths: places.map(({ path }) => path.join('')) })),
    widened: widened(words, sentence),
    clauses: clausesOf(words, sentence),
  }
}

export function widened({ thesaurus }: Words, question: string): SentenceRead['widened'] {
  const text = normalize(question)
  return findKnown(text, thesaurus)
    .filter(({ others }) => others.length > 0)
    .map(({ start, end, others }) => ({ word: text.slice(start, end), others }))
}

export function clausesOf({ governors }: Words, sentence: string): SentenceRead['clauses'] {
  const { clauses } = readSentence(sentence, pieces(sentence), governorsOf(governors))
  const asked = /[，；。]/u.test(sentence) ? governors.filter((of) => !isOfHeadings(of)) : governors
  return clauses.map(({ clause, words }) => ({
    text: clause.text,
    marks: asked.flatMap((wordClass) => {
      const word = marking(wordClass, words)
      return word === undefined ? [] : [{ head: headOf(wordClass), word }]
    }),
  }))
}

/** Nobody asks a sentence for what a heading says. */
const isOfHeadings = (wordClass: WordClass) =>
  CLASSES.some(({ head, title }) => head === headOf(wordClass) && title.endsWith('标题'))

/** The longest word of a class that a clause has where it counts, if any. */
function marking(wordClass: WordClass, words: readonly Word[]): string | undefined {
  const ask = askGovernor(wordClass)
  if (!ask(matcher(wordClass), words)) return undefined
  return wordClass.entries
    .filter((entry) => ask(matcher({ ...wordClass, entries: [entry] }), words))
    .map(({ word }) => word)
    .toSorted((a, b) => b.length - a.length)[0]
}
