import { expect, test } from 'vitest'
import { createPseudonym } from '../../src/conversation/pseudonym.ts'

test('a pseudonym depends on the salt and on all it is made of', () => {
  const names = [
    createPseudonym('a')('user', 1),
    createPseudonym('b')('user', 1),
    createPseudonym('a')('user', 12),
  ]
  expect(new Set(names).size).toBe(3)
  expect(createPseudonym('a')('user', 1)).toBe(names[0])
})
