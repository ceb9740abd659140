import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearest, normalized, scoreBlock } from '../../src/retrieval/dense-scan.ts'

const number = fc.double({ min: -1, max: 1, noNaN: true })
const rows = (dimensions: number) =>
  fc.array(fc.array(number, { minLength: dimensions, maxLength: dimensions }), { maxLength: 11 })

test('a block scores as its vectors do one by one, wherever it begins', () => {
  const cases = fc.integer({ min: 1, max: 9 }).chain((dimensions) =>
    fc.record({
      query: fc.array(number, { minLength: dimensions, maxLength: dimensions }),
      block: rows(dimensions),
      at: fc.nat(3),
    }),
  )
  fc.assert(
    fc.property(cases, ({ query, block, at }) => {
      const scores = new Float32Array(at + block.length + 1).fill(9)
      scoreBlock(Float32Array.from(block.flat()), Float32Array.from(query), scores, at)
      block.forEach((row, i) => {
        const dot = row.reduce((sum, value, k) => sum + value * query[k]!, 0)
        expect(scores[at + i]).toBeCloseTo(dot, 4)
      })
      expect([scores.at(-1), ...scores.slice(0, at)].every((score) => score === 9)).toBe(true)
    }),
  )
})

test('the nearest come by score, then by position, and none that points away', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -3, max: 3 })), (given) => {
      const expected = given
        .map((score, i) => ({ score, i }))
        .filter(({ score }) => score > 0)
        .toSorted((a, b) => b.score - a.score || a.i - b.i)
      expect([...nearest(Float32Array.from(given))]).toEqual(expected.map(({ i }) => i))
    }),
  )
})

test.each([
  [
    [3, 4],
    [0.6, 0.8],
  ],
  [
    [0, 0],
    [0, 0],
  ],
])('%o is %o at unit length', (vector, expected) => {
  const found = [...normalized(vector)]
  expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 6))
})
