import { expect, test } from 'vitest'
import { fitBoosted } from '../../src/learn/boost.ts'
import { Boosted, boostedProbability } from '../../src/learn/trees.ts'

const OPTIONS = { linear: 1e-2, rounds: 60, depth: 2, rate: 0.2, leaf: 5, penalty: 1, features: 1 }
const NAMES = ['left', 'right', 'idle']

/** Right where one of two features is great and the other is not: no line parts that. */
const ROWS = Array.from({ length: 200 }, (_, i) => {
  const [left, right] = [(i * 7) % 10, (i * 3) % 7]
  return { row: [left, right, (i * 13) % 5], right: left > 4 !== right > 3, weight: 1 }
})

test('trees learn what a linear model cannot', () => {
  const model = fitBoosted(ROWS, NAMES, OPTIONS)
  const likely = boostedProbability(model, NAMES)
  const wrong = ROWS.filter(({ row, right }) => likely(row) > 0.5 !== right)
  expect(wrong.length).toBeLessThan(10)
  const linear = boostedProbability({ ...model, trees: [] }, NAMES)
  expect(ROWS.filter(({ row, right }) => linear(row) > 0.5 !== right).length).toBeGreaterThan(50)
})

test('the same rows make the same trees, which a file keeps', () => {
  const model = fitBoosted(ROWS, NAMES, OPTIONS)
  expect(fitBoosted(ROWS, NAMES, OPTIONS)).toEqual(model)
  expect(Boosted.parse(JSON.parse(JSON.stringify(model)))).toEqual(model)
})

test('no leaf has fewer rows than it must', () => {
  const few = ROWS.slice(0, 9)
  expect(fitBoosted(few, NAMES, OPTIONS).trees.every((tree) => typeof tree === 'number')).toBe(true)
})
