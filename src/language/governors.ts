import { type WordClass, lexiconReader, matcher } from './lexicon.ts'
import { wordList } from './word-lists.ts'
import type { Word } from './words.ts'

/** Asks of a clause's words whether they have a word of a class. */
export type Governors = (name: string, words: readonly Word[]) => boolean

/** The words that govern others, from the plain file `governors.txt` beside this one, and staff's own. */
export const GOVERNOR_LIST = wordList('governors.txt', new URL(import.meta.url), lexiconReader)

/** The project's own. */
export const GOVERNORS: readonly WordClass[] = GOVERNOR_LIST.with('').words

/** Asks by the words that hold, staff's among them. */
export const governs: Governors = (name, words) =>
  governorsOf(GOVERNOR_LIST.read().words)(name, words)

const made = new WeakMap<readonly WordClass[], Governors>()

/**
 * The classes of a lexicon, to be asked by name; classes of one name are one. Whoever asks of the same
 * classes shares one reading of them, and what was read of sentences with it.
 */
export function governorsOf(classes: readonly WordClass[]): Governors {
  const before = made.get(classes)
  if (before) return before
  const asking = make(classes)
  made.set(classes, asking)
  return asking
}

function make(classes: readonly WordClass[]): Governors {
  const asked = Map.groupBy(
    classes.map((of) => ({ name: of.name, has: matcher(of) })),
    ({ name }) => name,
  )
  return (name, words) => asked.get(name)?.some(({ has }) => has(words)) ?? false
}
