import type { Passage } from '../../corpus.ts'
import type { FacetScores } from '../extract/select.ts'
import type { DraftNotice } from '../verify/draft.ts'

/** Less of the question's words than this, and a sentence comes nowhere near. */
const NEAR = 0.3
const LENGTH = 90

/** What the articles do say next to a question that they do not answer, worded as that. */
export function nearestNotice(
  facets: readonly FacetScores[],
  labelOf: (passage: Passage) => number,
): DraftNotice[] {
  const [best] = facets
    .flatMap(({ scored }) => scored.slice(0, 1))
    .toSorted((a, b) => b.coverage - a.coverage)
  if (!best || best.coverage < NEAR || best.candidate.text.length < 8) return []
  const { passage, text } = best.candidate
  const quote = firstClauses(text, LENGTH)
  const where = passage.place.at(-1)
  return [
    {
      kind: 'nearest',
      text: `相近的报道${where ? `（${where}）` : ''}写的是：${quote.replace(/[，；、：。\s]+$/u, '')}。`,
      evidence: [{ label: labelOf(passage), quote }],
    },
  ]
}

function firstClauses(text: string, length: number): string {
  if (text.length <= length) return text
  const end = Math.max(
    ...['，', '；', '。', '、', ','].map((sign) => text.lastIndexOf(sign, length)),
  )
  return text.slice(0, end > 10 ? end : length)
}
