import { structureOf } from '../../language/clauses.ts'
import { GOVERNORS, governorsOf } from '../../language/governors.ts'
import { negations } from '../../language/negations.ts'
import { wordsOf } from '../../language/words.ts'
import type { Span } from '../../traced.ts'
import type { Sentence } from '../context/context.ts'

const governs = governorsOf(GOVERNORS)

/** Frames that say why, not when or for whom. */
const IDLE = ['purpose', 'plain', 'source', 'idle']
/** Classes of words that limit what stands beside them. */
const LIMITING = [
  'condition',
  'phase',
  'plan',
  'duty',
  'encourage',
  'exclude',
  'contrast',
  'cap',
  'deadline',
  'proposal',
  'say',
  'reports',
  'respectively',
]

/**
 * Of the pieces that telling puts back, those without which a claim says more than is printed: a
 * limit wherever it stands; who and when it is about, where that leads the sentence. The others
 * (the rest of a list, what is leant on, why) are context: without them a claim says less.
 */
export function limits(
  i: number,
  { text, pieces }: Pick<Sentence, 'text' | 'pieces'>,
  kept: ReadonlySet<number>,
): boolean {
  const { clauseOf, clauses, enclosed } = structureOf(text, pieces)
  const wordsIn = ({ start, end }: Span) =>
    wordsOf(text).filter((w) => start <= w.start && w.end <= end && w.tag !== 'x')
  const words = wordsIn(pieces[i]!)
  const has = (name: string) => governs(name, words)
  if (IDLE.some(has)) return false
  if (LIMITING.some(has) || negations(text.slice(pieces[i]!.start, pieces[i]!.end)).length > 0)
    return true
  const [own, first] = [clauses[clauseOf[i]!]!, clauses[clauseOf[Math.min(...kept)]!]!]
  if (own.start < first.start) return !own.leads
  const respectively = [...kept].some((k) => governs('respectively', wordsIn(clauses[clauseOf[k]!]!)))
  return (
    respectively ||
    enclosed.some(
      ({ kind, pieces: both }) =>
        kind === 'phrase' && both.includes(i) && both.some((k) => kept.has(k)),
    )
  )
}
