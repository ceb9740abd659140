import type { Passage } from '../corpus.ts'
import type { FieldCounts } from './embedded/segment.ts'
import { placeTerm } from './place-term.ts'
import { termsOf } from './tokens.ts'

export interface TermCounts {
  readonly terms: ReadonlyMap<string, FieldCounts>
  /** Of the body, in terms. */
  readonly length: number
}

/** What a passage is found by: its text, the headings that stand over it, its place, the years and months it means. */
export function countTerms(passage: Passage): TermCounts {
  const terms = new Map<string, { headline: number; heading: number; body: number }>()
  const add = (field: keyof FieldCounts, text: string | null) => {
    const found = text === null ? [] : termsOf(text)
    for (const term of found) {
      const count = terms.get(term) ?? { headline: 0, heading: 0, body: 0 }
      count[field]++
      terms.set(term, count)
    }
    return found.length
  }
  const length = add('body', passage.text)
  // A head prints its headline itself.
  if (passage.part === 'body') {
    add('headline', passage.headline)
    add('heading', passage.kicker)
    add('heading', passage.subhead)
  }
  for (const term of passage.periods.flatMap((period) => termsOf(period))) {
    if (!terms.has(term)) terms.set(term, { headline: 0, heading: 0, body: 1 })
  }
  for (const name of passage.place) {
    terms.set(placeTerm(name), { headline: 0, heading: 0, body: 1 })
  }
  return { terms, length }
}
