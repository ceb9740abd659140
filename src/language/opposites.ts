import { governorsOf } from './governors.ts'
import { readLexicon } from './lexicon.ts'
import type { Word } from './words.ts'

export const OPPOSITES = readLexicon(new URL('opposites.txt', import.meta.url))

const says = governorsOf(OPPOSITES)
/** Classes that are contrary, in pairs as the file has them. */
const CONTRARY = OPPOSITES.flatMap(({ name }, i) =>
  i % 2 === 0 ? [[name, OPPOSITES[i + 1]!.name] as const] : [],
)

/** Whether one of two stretches says up, most, before … and the other the contrary; what says both says neither. */
export function areContrary(one: readonly Word[], other: readonly Word[]): boolean {
  const only = (name: string, not: string, words: readonly Word[]) =>
    says(name, words) && !says(not, words)
  return CONTRARY.some(
    ([a, b]) => (only(a, b, one) && only(b, a, other)) || (only(b, a, one) && only(a, b, other)),
  )
}
