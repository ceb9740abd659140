import { type WordClass, matcher, readLexicon } from './lexicon.ts'
import type { Word } from './words.ts'

/** Asks of a clause's words whether they have a word of a class. */
export type Governors = (name: string, words: readonly Word[]) => boolean

export const GOVERNORS: readonly WordClass[] = readLexicon(
  new URL('governors.txt', import.meta.url),
)

/** The classes of a lexicon, to be asked by name; classes of one name are one. */
export function governorsOf(classes: readonly WordClass[]): Governors {
  const asked = Map.groupBy(
    classes.map((of) => ({ name: of.name, has: matcher(of) })),
    ({ name }) => name,
  )
  return (name, words) => asked.get(name)?.some(({ has }) => has(words)) ?? false
}
