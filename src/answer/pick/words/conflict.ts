import { figures } from '../../../language/figures.ts'
import type { Quantity } from '../../../language/figures.ts'
import { compareFigures, sameUnit } from '../../../language/compare-figures.ts'
import type { Facet } from './facet.ts'
import type { Scored } from './score.ts'
import { normalize } from '../../../retrieval/tokens.ts'
import { type Stretch, within } from './stretch.ts'

/** Where two places give different figures for the same thing: the figure with what it counts. */
export interface Conflict {
  readonly first: Stretch
  readonly other: Stretch
}

/** The thing that is measured: this many letters alike, ending this near before the figure. */
const ALIKE = 5
const LEFT = 2
const NEAR = 4
/** The other side speaks of the question nearly as much. */
const AS_GOOD = 0.7

/**
 * A figure that answers, and another passage's for the same thing in the same scope: same unit, the
 * same words right before it, no word between that tells one from the other.
 */
export function findConflict(
  first: Scored,
  { want }: Facet,
  scored: readonly Scored[],
): Conflict | null {
  if (
    want &&
    !['count', 'money', 'share', 'rank', 'duration', 'whether', 'list'].includes(want.kind)
  )
    return null
  const measured = measuredIn(first)
  for (const other of scored.slice(0, 40)) {
    if (
      other.own < first.own * AS_GOOD ||
      other.candidate.passage.id === first.candidate.passage.id
    )
      continue
    if (!sameScope(first, other)) continue
    for (const a of measured) {
      const b = measuredIn(other).find((m) => conflicts(a, m))
      if (b) return { first: a.at, other: b.at }
    }
  }
  return null
}

interface Measured {
  readonly figure: Quantity
  /** The words right before the figure, without what only leads to it. */
  readonly thing: string
  readonly at: Stretch
}

const LEADING =
  /(?:数量|总数|个数|数|共有|共|达到|达|已经?|为|是|有|约|近|目前|现有|累计|余额为|超过|仅|就|同比|增长|下降|增速|完成)+$/u
const TELLING =
  /新增|新认定|其中|占|比重|国家级|省级|市级|县级|国家|全国|全省|全县|高技术|战略性|增长|下降|第一|[一二三四]季度|合同|计划|大中型|中型|小型|传统|线上|线下/gu

function measuredIn({ candidate }: Scored): Measured[] {
  const { text } = candidate
  return figures(text).flatMap((figure) => {
    if (figure.kind !== 'quantity' || figure.unit === '') return []
    const clause =
      Math.max(
        ...['，', '；', '。', '：', '、', '\n'].map((s) => text.lastIndexOf(s, figure.start - 1)),
      ) + 1
    const before = text.slice(clause, figure.start)
    const thing = normalize(before.replace(/\s|20\d{2}年?/gu, '')).replace(LEADING, '')
    return thing.length < ALIKE
      ? []
      : [{ figure, thing, at: within(candidate, { start: clause, end: figure.end }) }]
  })
}

function conflicts(a: Measured, b: Measured): boolean {
  if (!sameUnit(a.figure.unit, b.figure.unit) || compareFigures(a.figure, b.figure) !== 'differs')
    return false
  const shared = commonEnd(a.thing, b.thing)
  // What is left of either before the common words would tell the one thing from the other.
  const left = Math.min(a.thing.length, b.thing.length) - shared
  if (shared < ALIKE || left > LEFT) return false
  const telling = (thing: string) => [...new Set(thing.match(TELLING) ?? [])].toSorted().join()
  return telling(a.thing) === telling(b.thing)
}

/** Letters that two texts have in common right before their ends, a few letters off allowed. */
function commonEnd(a: string, b: string): number {
  let best = 0
  for (let i = 0; i <= NEAR && i < a.length; i++) {
    for (let j = 0; j <= NEAR && j < b.length; j++) {
      if (i > 0 && j > 0) continue
      let n = 0
      while (
        n < a.length - i &&
        n < b.length - j &&
        a[a.length - 1 - i - n] === b[b.length - 1 - j - n]
      )
        n++
      best = Math.max(best, n)
    }
  }
  return best
}

function sameScope(a: Scored, b: Scored): boolean {
  const place = ({ candidate }: Scored) => candidate.passage.place.at(-1) ?? ''
  const years = ({ candidate }: Scored) =>
    [...candidate.text.matchAll(/20\d{2}(?=年)/gu)].map(([y]) => y)
  const [x, y] = [years(a), years(b)]
  return (
    place(a) === place(b) &&
    (x.length === 0 || y.length === 0 || x.some((year) => y.includes(year)))
  )
}
