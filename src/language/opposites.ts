import { governorsOf } from './governors.ts'
import { readLexicon } from './lexicon.ts'
import type { Word } from './words.ts'

export const OPPOSITES = readLexicon(new URL('opposites.txt', import.meta.url))

const says = governorsOf(OPPOSITES)
/** Classes that are contrary, in pairs as the file has them. */
const CONTRARY = OPPOSITES.flatMap(({ name }, i) =>
  i % 2 === 0 ? [[name, OPPOSITES[i + 1]!.name] as const] : [],
)

/** Whether one of two stretches says up, most, before … where the other says the contrary. */
export function areContrary(one: readonly Word[], other: readonly Word[]): boolean {
  return CONTRARY.some(
    ([a, b]) => (says(a, one) && says(b, other)) || (says(b, one) && says(a, other)),
  )
}
