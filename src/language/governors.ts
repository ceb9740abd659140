import { type WordClass, matcher, readLexicon } from './lexicon.ts'
import type { Word } from './words.ts'

/** Asks of a clause's words whether they have a word of a class. */
export type Governors = (name: string, words: readonly Word[]) => boolean

export const GOVERNORS: readonly WordClass[] = readLexicon(
  new URL('governors.txt', import.meta.url),
)

const made = new WeakMap<readonly WordClass[], Governors>()

/**
 * The classes of a lexicon, to be asked by name; classes of one name are one. Whoever asks of the same
 * classes shares one reading of them, and what was read of sentences with it.
 */
export function governorsOf(classes: readonly WordClass[]): Governors {
  const before = made.get(classes)
  if (before) return before
  const governs = make(classes)
  made.set(classes, governs)
  return governs
}

function make(classes: readonly WordClass[]): Governors {
  const asked = Map.groupBy(
    classes.map((of) => ({ name: of.name, has: matcher(of) })),
    ({ name }) => name,
  )
  return (name, words) => asked.get(name)?.some(({ has }) => has(words)) ?? false
}
