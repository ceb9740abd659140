/** Which points a request is about, in Qdrant's terms. */
import type { Schemas } from '@qdrant/js-client-rest'
import { FOREVER } from './points.ts'

type Filter = Schemas['Filter']
type Condition = Schemas['FieldCondition']

/** What a reader at a generation sees. */
export const live = (generation: number, ...conditions: readonly Condition[]): Filter => ({
  must: [
    { key: 'from', range: { lte: generation } },
    { key: 'until', range: { gt: generation } },
    ...conditions,
  ],
})

export const is = (key: string, value: string): Condition => ({ key, match: { value } })

export const oneOf = (key: string, values: readonly string[]): Condition => ({
  key,
  match: { any: [...values] },
})

/** What a write that was never committed has left behind. */
export const uncommitted = (generation: number): Filter => ({
  must: [{ key: 'from', range: { gt: generation } }],
})

/** What such a write has marked as over, though it is not. */
export const wronglyOver = (generation: number): Filter => ({
  must: [{ key: 'until', range: { gt: generation, lt: FOREVER } }],
})

/** What nobody sees from a generation on. */
export const overSince = (generation: number): Filter => ({
  must: [{ key: 'until', range: { lte: generation } }],
})
