import type { Passage } from '../../corpus.ts'
import type { Understood } from '../../retrieval/understand.ts'
import type { Extraction } from '../extract/extract.ts'
import { nearestNotice } from '../notices/nearest.ts'
import { placeNotice } from '../notices/place.ts'
import { staleNotice } from '../notices/stale.ts'
import type { Draft, DraftNotice } from '../verify/draft.ts'
import type { Drafted } from './generate.ts'

/** A draft, and the passages in order of its labels. */
export interface Noticed {
  readonly draft: Draft
  readonly passages: readonly Passage[]
}

/**
 * A model's draft with the notices that data give and no model: another place, what time has overtaken,
 * a conflict of what it cites with another article, what comes near where it found nothing. `today` is
 * YYYY-MM-DD.
 */
export function withNotices(
  { draft, passages }: Pick<Drafted, 'draft' | 'passages'>,
  extraction: Extraction,
  places: Understood['places'],
  today: string,
): Noticed {
  const labelled = [...passages]
  const labelOf = (passage: Passage) => {
    const at = labelled.findIndex(({ id }) => id === passage.id)
    return at < 0 ? labelled.push(passage) : at + 1
  }
  const quoted = draft.statements.flatMap(({ evidence }) =>
    evidence.flatMap(({ label, quote }) => {
      const passage = passages[label - 1]
      return passage ? [{ quote, passage }] : []
    }),
  )
  const cited = new Set(quoted.map(({ passage }) => passage.id))
  const notices =
    draft.statements.length === 0
      ? nearestNotice(extraction.facets, labelOf)
      : [
          ...conflictsWith(cited, extraction, labelOf),
          ...placeNotice(quoted, places, labelOf),
          ...staleNotice(quoted, today, labelOf),
        ]
  return { draft: { ...draft, notices }, passages: labelled }
}

/** The extraction's conflicts that concern a passage which is cited, under the labels of here. */
function conflictsWith(
  cited: ReadonlySet<string>,
  { draft, passages }: Extraction,
  labelOf: (passage: Passage) => number,
): DraftNotice[] {
  return (draft.notices ?? []).flatMap((notice) => {
    const sides = notice.evidence.flatMap(({ label, quote }) => {
      const passage = passages[label - 1]
      return passage ? [{ passage, quote }] : []
    })
    const concerns = sides.some(({ passage }) => cited.has(passage.id))
    if (notice.kind !== 'conflict' || !concerns) return []
    const evidence = sides.map(({ passage, quote }) => ({ label: labelOf(passage), quote }))
    return [{ ...notice, evidence }]
  })
}
