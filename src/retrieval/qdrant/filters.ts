/** Which points a request is about, in Qdrant's terms. */
import type { Schemas } from '@qdrant/js-client-rest'
import { daysOf } from '../days.ts'
import type { IndexQuery } from '../passage-index.ts'
import { FOREVER } from './points.ts'

type Filter = Schemas['Filter']
type Condition = Schemas['FieldCondition']

/** What a reader at a generation sees. */
export function live(generation: number, ...conditions: readonly Condition[]): Filter {
  return { must: [...alive(generation), ...conditions] }
}

const alive = (generation: number): Condition[] => [
  { key: 'from', range: { lte: generation } },
  { key: 'until', range: { gt: generation } },
]

export const is = (key: string, value: string | number): Condition => ({ key, match: { value } })

export const oneOf = (key: string, values: readonly string[]): Condition => ({
  key,
  match: { any: [...values] },
})

/** What a search may find. */
export function searched(generation: number, filter: IndexQuery['filter'] = {}): Filter {
  const { sources, articles, places, dates } = filter
  const [from, to] = [daysOf(dates?.from ?? null), daysOf(dates?.to ?? null)]
  return live(
    generation,
    ...(sources ? [oneOf('source', sources)] : []),
    ...(articles ? [oneOf('articleId', articles)] : []),
    ...(places ? [oneOf('place', places)] : []),
    ...(dates ? [{ key: 'lastDay', range: { gte: from?.first ?? 0 } }] : []),
    ...(to ? [{ key: 'firstDay', range: { lte: to.last } }] : []),
  )
}

/** What a write that was never committed has left behind. */
export const uncommitted = (generation: number): Filter => ({
  must: [{ key: 'from', range: { gt: generation } }],
})

/** What such a write has marked as over, though it is not. */
export const wronglyOver = (generation: number): Filter => ({
  must: [{ key: 'until', range: { gt: generation, lt: FOREVER } }],
})

/** What no reader sees any more, not even one that last looked some time ago. */
export const overSince = (generation: number, seconds: number): Filter => ({
  must: [
    { key: 'until', range: { lte: generation } },
    { key: 'expired', range: { lt: seconds } },
  ],
})
