import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fuse } from '../../src/retrieval/fuse.ts'

const ids = (rankings: readonly (readonly string[])[]) => fuse(rankings).map(({ id }) => id)

test.each([
  ['nothing', [], []],
  ['one ranking keeps its order', [['b', 'a']], ['b', 'a']],
  [
    'agreement beats one first place',
    [
      ['a', 'b'],
      ['c', 'b'],
    ],
    ['b', 'a', 'c'],
  ],
  [
    'the same ranks swapped tie, and ties break on id',
    [
      ['b', 'a'],
      ['a', 'b'],
    ],
    ['a', 'b'],
  ],
  ['an empty ranking changes nothing', [['b', 'a'], []], ['b', 'a']],
  ['a repeated id counts where it stands first', [['a', 'b', 'a']], ['a', 'b']],
])('%s', (_name, rankings, expected) => {
  expect(ids(rankings)).toEqual(expected)
})

test('scores by the formula and tells the ranks', () => {
  expect(fuse([[7, 9], [9]], 60)).toEqual([
    { id: 9, score: 1 / 61 + 1 / 62, ranks: [2, 1] },
    { id: 7, score: 1 / 61, ranks: [1, undefined] },
  ])
})

describe('for any rankings', () => {
  const rankings = fc.array(fc.uniqueArray(fc.nat(30), { maxLength: 20 }), { maxLength: 4 })

  test('holds every id once', () => {
    fc.assert(
      fc.property(rankings, (given) => {
        const fused = fuse(given).map(({ id }) => id)
        expect(fused.toSorted((a, b) => a - b)).toEqual(
          [...new Set(given.flat())].toSorted((a, b) => a - b),
        )
      }),
    )
  })

  test('does not care which retriever comes first', () => {
    fc.assert(
      fc.property(rankings, (given) => {
        const order = (r: number[][]) => fuse(r).map(({ id }) => id)
        expect(order(given.toReversed())).toEqual(order(given))
      }),
    )
  })
})
