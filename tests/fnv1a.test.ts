import { expect, test } from 'vitest'
import { fnv1a } from '../src/fnv1a.ts'

// The reference vectors of the algorithm's authors.
test.each([
  ['', 0x811c9dc5],
  ['a', 0xe40c292c],
  ['foobar', 0xbf9cf968],
])('hashes %j as published', (text, expected) => {
  expect(fnv1a(text) >>> 0).toBe(expected)
})

test('hashes a stretch as it hashes the stretch alone', () => {
  expect(fnv1a('xfoobary', 1, 7)).toBe(fnv1a('foobar'))
})
