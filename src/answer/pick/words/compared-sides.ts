import { figures } from '../../../language/figures.ts'
import type { Chosen } from './chosen.ts'
import type { FacetScores } from './select.ts'

/** Words by which one thing is held against another. */
export const COMPARES =
  /比|差(?:多少|多远|几|不多|在哪)|跟.{1,12}(?:差|一样)|相比|对比|区别|不同|谁[多高大]|哪个[多高大贵便]|还是/u

/** Beside other places' figures, our own of the same kind, from the same article. */
export function ownSide(first: Chosen, { facet, scored }: FacetScores): Chosen | undefined {
  const units = unitsIn(first.candidate.text)
  if (units.size === 0 || OURS.test(first.candidate.text)) return undefined
  const own = scored.find(
    ({ candidate, own: share }) =>
      candidate.passage.articleId === first.candidate.passage.articleId &&
      candidate !== first.candidate &&
      OURS.test(candidate.text) &&
      share >= first.own * OUR_SHARE &&
      [...unitsIn(candidate.text)].some((unit) => units.has(unit)),
  )
  return own && { ...own, facet }
}

const OURS = /我[市县区省]|全[市县区省]|本[市县]/u
const OUR_SHARE = 0.3

function unitsIn(text: string): Set<string> {
  return new Set(
    figures(text).flatMap((f) => (f.kind === 'quantity' && f.unit !== '' ? [f.unit] : [])),
  )
}
