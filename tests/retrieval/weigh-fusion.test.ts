import { expect, test } from 'vitest'
import type { Hit } from '../../src/retrieval/passage-index.ts'
import { weighFusion } from '../../src/retrieval/weigh-fusion.ts'
import type { WeighedUnit } from '../../src/retrieval/weigh.ts'
import { batchOf } from '../support/passages.ts'

const passage = batchOf({ id: 'a', source: 'a', body: ['用电'] }).passages[0]!
const hit = (parts: Hit['parts']): Hit => ({ score: 1, parts, passage })
const units = [3, 4].map((mass): WeighedUnit => ({
  text: '用电',
  weight: 1,
  others: [],
  from: 'question',
  mass,
  words: [],
  known: true,
}))

test('the first place in both is worth the share that is given of what the question is worth', () => {
  const [weighed] = weighFusion([hit({ bm25: 5, rrf: 2 / 61 })], units, 0.5)
  expect(weighed!.parts['bm25']).toBe(5)
  expect(weighed!.parts['rrf']).toBeCloseTo(3.5, 10)
})

test('first in one alone is worth half, and order stays', () => {
  const weighed = weighFusion([hit({ rrf: 1 / 61 }), hit({ rrf: 1 / 62 })], units, 1)
  expect(weighed[0]!.parts['rrf']).toBeCloseTo(3.5, 10)
  expect(weighed[1]!.parts['rrf']).toBeLessThan(3.5)
})

test('what was not fused stays as it is', () => {
  const lexical = hit({ bm25: 5, article: 1 })
  expect(weighFusion([lexical], units)).toEqual([lexical])
})
