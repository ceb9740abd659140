import { related } from '../../language/places.ts'
import type { Passage } from '../../corpus.ts'
import type { Understood } from '../../retrieval/understand.ts'
import type { DraftNotice } from '../verify/draft.ts'

/** Says that an answer comes from another place than the asker's, when no place was named. */
export function placeNotice(
  quoted: readonly { readonly quote: string; readonly passage: Passage }[],
  { paths, firm }: Understood['places'],
  labelOf: (passage: Passage) => number,
): DraftNotice[] {
  const [asked] = paths
  if (firm || !asked) return []
  const other = quoted.find(
    ({ passage }) => passage.place.length > 0 && !related(asked, passage.place),
  )
  if (!other) return []
  const where = other.passage.place.slice(-2).join('')
  return [
    {
      kind: 'place',
      text: `这是${where}的报道，不是您所在地的。`,
      evidence: [{ label: labelOf(other.passage), quote: other.quote }],
    },
  ]
}
