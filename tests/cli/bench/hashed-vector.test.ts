import { expect, test } from 'vitest'
import { hashedVector } from '../../../src/cli/bench/hashed-vector.ts'

const like = (a: string, b: string) => {
  const other = hashedVector(b)
  return hashedVector(a).reduce((sum, value, i) => sum + value * other[i]!, 0)
}

test('texts that share words are near, others are not', () => {
  const question = '企业接电要多少钱'
  expect(like(question, question)).toBeCloseTo(1)
  expect(like(question, '企业接电不要钱，由电网出。')).toBeGreaterThan(0.3)
  expect(like(question, '小麦播种时节到了。')).toBeLessThan(0.2)
})
