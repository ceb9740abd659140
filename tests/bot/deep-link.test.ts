import fc from 'fast-check'
import { expect, test } from 'vitest'
import { START_LENGTH, parseStart, startOfTyped, startOfWords } from '../../src/bot/deep-link.ts'

const references = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/)
const spans = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 40_000_000 }), fc.integer({ min: 1, max: 400 }))
    .map(([start, length]) => ({ start, end: start + length })),
  { minLength: 1, maxLength: 8 },
)

test('a link to words leads back to them, to the first where it cannot hold all', () => {
  fc.assert(
    fc.property(references, spans, (reference, all) => {
      const start = startOfWords(reference, all)
      expect(start.length).toBeLessThanOrEqual(START_LENGTH)
      const link = parseStart(start)
      expect(link).toMatchObject({ kind: 'words', reference })
      const given = link?.kind === 'words' ? link.spans : []
      expect(given.length).toBeGreaterThan(0)
      expect(given).toEqual(all.slice(0, given.length))
    }),
  )
})

test('a quote of a few pieces is in a link whole', () => {
  const all = [0, 90, 180, 270].map((at) => ({ start: 12_000 + at, end: 12_040 + at }))
  expect(parseStart(startOfWords('ee90d12f0b89', all))).toMatchObject({ spans: all })
})

test('a citation without a place leads to its article', () => {
  expect(parseStart(startOfWords('abc', []))).toEqual({ kind: 'article', reference: 'abc' })
})

test.each([
  ['a_dengta-1', { kind: 'article', reference: 'dengta-1' }],
  [startOfTyped('x-_9'), { kind: 'typed', name: 'x-_9' }],
  ['inline', undefined],
  ['', undefined],
  ['s_zz', undefined],
  ['s_1-2-3_abc', undefined],
  ['s_12345678-1_abc', undefined],
  [`s_${'1-'.repeat(24)}`, undefined],
])('%s', (parameter, link) => {
  expect(parseStart(parameter)).toEqual(link)
})
