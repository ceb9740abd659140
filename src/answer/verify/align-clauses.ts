import { clauses } from './clauses.ts'
import type { Clause } from './clauses.ts'
import { bigrams, overlap } from '../../language/content.ts'

/** A clause of a quote with its words, and the quote it is of. */
export type Placed = Clause & { readonly of: string; readonly grams: ReadonlySet<string> }

/** Every clause of the quotes. */
export function placed(evidence: readonly string[]): Placed[] {
  return evidence.flatMap((text) =>
    clauses(text).map((clause) => ({ ...clause, of: text, grams: bigrams(clause.text) })),
  )
}

/** The clause that shares most words, and how many. */
export function closest(grams: ReadonlySet<string>, among: readonly Placed[]) {
  let best: { clause: Placed; shared: number } | undefined
  for (const clause of among) {
    const shared = overlap(grams, clause.grams)
    if (shared > (best?.shared ?? 0)) best = { clause, shared }
  }
  return best
}

/** Each clause of the text beside the clause of the quotes that it shares most words with. */
export function aligned(statement: string, evidence: readonly string[]) {
  const printed = placed(evidence)
  return clauses(statement).flatMap((clause) => {
    const grams = bigrams(clause.text)
    const best = closest(grams, printed)
    return best && best.shared >= 2 && best.shared * 3 >= grams.size
      ? [{ said: clause.text, source: best.clause.text }]
      : []
  })
}
