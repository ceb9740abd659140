import {
  type ReadClause,
  type ReadSentence,
  isCounting,
  isNamed,
  isVerb,
} from '../../language/read-sentence.ts'

/**
 * Clauses without which one that is told would be read as said of something else. No weights decide
 * these: 专利融资3亿元，…；商标融资2亿元，增长率为50% must not become 专利融资3亿元；增长率为50%.
 */
export function belonging(
  told: ReadonlySet<number>,
  { clauses }: Pick<ReadSentence, 'clauses'>,
): number[] {
  return [...told]
    .flatMap((at) => [...openings(at, told, clauses), ...owners(at, told, clauses)])
    .filter((other) => !told.has(other))
}

/** Behind `；` another thing may be spoken of; a thing alone in front (县域内的开发区，…) is whose all this is. */
function openings(
  at: number,
  told: ReadonlySet<number>,
  clauses: readonly ReadClause[],
): readonly number[] {
  const { segment } = clauses[at]!.clause
  const opening = clauses.findIndex(({ clause }) => clause.segment === segment)
  if (opening === at) return []
  const isElsewhere = [...told].some((i) => i < opening)
  if (isThing(clauses[opening]!)) return [opening]
  if (!isElsewhere) return []
  const framed = clauses.slice(opening, at).findIndex(({ frame }) => frame === null)
  return [opening, ...(framed > 0 ? [opening + framed] : [])]
}

/** 张三管招商，李四管环保，每月巡查: without the second the last would be the first's. */
function owners(
  at: number,
  told: ReadonlySet<number>,
  clauses: readonly ReadClause[],
): readonly number[] {
  const { subject, frame, clause } = clauses[at]!
  const leans = subject === 'none' || subject === 'property'
  if (frame !== null || (!leans && isNamed(clauses[at]!))) return []
  const owner = clauses.findLastIndex(
    (other, i) =>
      i < at &&
      other.frame === null &&
      other.subject === 'full' &&
      (leans || isNamed(other)) &&
      other.clause.segment === clause.segment,
  )
  if (owner < 0 || told.has(owner)) return []
  const taken = [...told].some((i) => i < owner && clauses[i]!.subject === 'full')
  return taken ? [owner] : []
}

/** Names something, and says nothing of it. */
function isThing({ subject, frame, words, clause, has }: ReadClause): boolean {
  const names = frame === null && (subject === 'full' || subject === 'generic')
  return names && !clause.leads && !has('byline') && !words.some((w) => isVerb(w) || isCounting(w))
}
