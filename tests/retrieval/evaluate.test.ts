import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate, judge } from '../../src/retrieval/evaluate.ts'

test('finds where each piece of evidence is held', () => {
  const holds = (result: string, piece: string) => result.includes(piece)
  expect(judge(['甲乙', '丙', '乙'], ['乙', '丁'], holds)).toEqual([[1, 3], []])
})

test('averages over the questions that have evidence', () => {
  const scores = evaluate([[[1], [3]], [[2]], [[]], []], [1, 5])
  expect(scores.questions).toBe(3)
  expect(scores.some).toEqual({ 1: 1 / 3, 5: 2 / 3 })
  expect(scores.all).toEqual({ 1: 0, 5: 2 / 3 })
  expect(scores.recall[1]).toBeCloseTo(1 / 6)
  expect(scores.mrr).toBeCloseTo((1 + 1 / 2) / 3)
})

test('looks no further than the largest k', () => {
  expect(evaluate([[[6]]], [1, 5])).toMatchObject({ mrr: 0, ndcg: 0 })
})

test.each([
  ['all evidence first is perfect', [[1], [2]], 1],
  ['one passage that holds both is no better than perfect', [[1], [1]], 1],
  ['nothing found is nothing', [[], []], 0],
  ['second place', [[2]], 1 / Math.log2(3)],
])('nDCG: %s', (_name, ranks, expected) => expect(evaluate([ranks]).ndcg).toBeCloseTo(expected))

test('every score is between 0 and 1, and more depth never finds less', () => {
  const ranks = fc.array(fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 3 }), {
    maxLength: 4,
  })
  fc.assert(
    fc.property(fc.array(ranks, { maxLength: 6 }), (judged) => {
      const { some, all, recall, mrr, ndcg } = evaluate(judged, [1, 5, 10])
      for (const by of [some, all, recall]) {
        expect(by[1]).toBeLessThanOrEqual(by[5]!)
        expect(by[5]).toBeLessThanOrEqual(by[10]!)
      }
      for (const score of [some[10], all[10], recall[10], mrr, ndcg]) {
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
      }
    }),
  )
})
