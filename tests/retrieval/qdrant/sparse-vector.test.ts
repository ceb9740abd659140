import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { countTerms } from '../../../src/retrieval/count-terms.ts'
import {
  articleVector,
  passageVector,
  queryVector,
  termIndex,
} from '../../../src/retrieval/qdrant/sparse-vector.ts'
import { batchOf } from '../../support/passages.ts'

const han = fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code))
const short = fc.oneof(
  fc.tuple(han, han).map((pair) => pair.join('')),
  han,
  fc.stringMatching(/^[0-9a-z]{1,2}$/),
)

test('two short terms never share a place, and none shares one with a long word', () => {
  const long = fc.stringMatching(/^[0-9a-z]{3,12}$/)
  fc.assert(
    fc.property(short, short, long, (a, b, word) => {
      expect(termIndex(a) === termIndex(b)).toBe(a === b)
      expect(termIndex(word)).not.toBe(termIndex(a))
    }),
  )
})

test('a place is a whole number of 32 bits, as Qdrant wants it', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (term) => {
      const index = termIndex(term)
      expect(index).toBe(index >>> 0)
    }),
  )
})

function weightOf(term: string, text: string, headline: string | null = null) {
  const { indices, values } = passageVector(
    countTerms(batchOf({ id: 'a', source: 'a', headline, body: [text] }).passages[0]!),
  )
  return values[indices.indexOf(termIndex(term))] ?? 0
}

/** Without a term that the tests ask for. */
const filler = (length: number) => '的'.repeat(length)

test('a term that stands once in a body of average length weighs 1', () => {
  expect(weightOf('质押', `质押${filler(206)}`)).toBeCloseTo(1, 6)
})

test('more often, in a shorter body or in the headline it weighs more, but never without end', () => {
  const once = weightOf('质押', `质押${filler(206)}`)
  const twice = weightOf('质押', `质押质押${filler(204)}`)
  expect(twice).toBeGreaterThan(once)
  expect(weightOf('质押', `质押${filler(120)}`)).toBeGreaterThan(once)
  expect(weightOf('质押', `质押${filler(206)}`, '质押融资')).toBeGreaterThan(once)
  expect(weightOf('质押', '质押'.repeat(100))).toBeLessThan(2.2)
  expect(weightOf('融资', filler(206))).toBe(0)
})

test('places are unique and ascend; a term asked twice counts as its heaviest', () => {
  const vector = queryVector([
    { term: '质押', weight: 0.3 },
    { term: '企业', weight: 1 },
    { term: '质押', weight: 0.5 },
  ])
  expect(vector).toEqual({
    indices: [termIndex('企业'), termIndex('质押')],
    values: [1, 0.5],
  })
})

test('an article has the terms of all its passages, a longer one less of each', () => {
  const vectorOf = (...body: string[]) =>
    articleVector(batchOf({ id: 'a', source: 'a', body }).passages.map(countTerms))
  const { indices, values } = vectorOf('质押', '质押')
  expect(indices).toEqual([termIndex('质押')])
  expect(vectorOf('质押').values[0]).toBeLessThan(values[0]!)
  const long = vectorOf('质押', '质押', filler(2_000))
  expect(long.values[long.indices.indexOf(termIndex('质押'))]).toBeLessThan(values[0]!)
})
