import type { Passage } from '../../corpus.ts'

/** Labels passages from 1 in order of use. */
export function labelled() {
  const passages: Passage[] = []
  return {
    passages,
    of: (passage: Passage): number => {
      const at = passages.findIndex(({ id }) => id === passage.id)
      return at >= 0 ? at + 1 : passages.push(passage)
    },
  }
}
