import { describe, expect, test } from 'vitest'
import { BM25, idf, saturate } from '../../../src/retrieval/bm25.ts'
import { PassageTable } from '../../../src/retrieval/embedded/passage-table.ts'
import { scorePassages } from '../../../src/retrieval/embedded/score-passages.ts'
import { packCounts } from '../../../src/retrieval/embedded/segment.ts'

const body = (count: number) => packCounts({ headline: 0, heading: 0, body: count })
const postings = (...found: [passage: number, counts: number][]) => ({
  passages: Uint32Array.from(found, ([passage]) => passage),
  counts: Uint8Array.from(found, ([, counts]) => counts),
})

describe('idf and saturation', () => {
  test('a rarer term is worth more, one that is everywhere still something', () => {
    expect(idf(100, 1)).toBeGreaterThan(idf(100, 50))
    expect(idf(100, 100)).toBeGreaterThan(0)
  })

  test('more occurrences count more, each less than the one before, and never beyond k1 + 1', () => {
    const weight = (count: number) => saturate({ headline: 0, heading: 0, body: count }, 1, BM25)
    expect(weight(2)).toBeGreaterThan(weight(1))
    expect(weight(3) - weight(2)).toBeLessThan(weight(2) - weight(1))
    expect(weight(1000)).toBeLessThan(BM25.k1 + 1)
  })

  test('the same count says more in a shorter body, down to a bound', () => {
    const weight = (relative: number) =>
      saturate({ headline: 0, heading: 0, body: 1 }, relative, BM25)
    expect(weight(0.8)).toBeGreaterThan(weight(2))
    expect(weight(0.01)).toBe(weight(BM25.shortest))
  })
})

/** Passages 1 and 2 are of one article, 3 of another; all of one length. */
const table = new PassageTable([
  {
    path: 'a.txt',
    first: 1,
    norms: PassageTable.encode([
      { article: 0, length: 100 },
      { article: 0, length: 100 },
      { article: 1, length: 100 },
    ]),
  },
])

test('the table knows articles, lengths and sources, and what is not there', () => {
  expect(table.size).toBe(3)
  expect(table.articleOf(1)).toBe(table.articleOf(2))
  expect(table.articleOf(3)).not.toBe(table.articleOf(1))
  expect(table.relativeLength(2)).toBe(1)
  expect([0, 4].map((passage) => table.alive(passage))).toEqual([false, false])
})

test('of two like passages the one whose article has the other words is first', () => {
  const lists = [
    { weight: 1, postings: postings([1, body(1)], [3, body(1)]) },
    { weight: 1, postings: postings([2, body(1)]) },
  ]
  const [first, ...rest] = scorePassages(lists, table, { ...BM25, article: 0.5 })
  expect(rest.find(({ passage }) => passage === 3)).toBeDefined()
  expect([1, 2]).toContain(first!.passage)
})

test('comes best first, each score the sum of its parts', () => {
  const lists = [{ weight: 1, postings: postings([1, body(1)], [2, body(3)], [3, body(2)]) }]
  const ranked = [...scorePassages(lists, table, { ...BM25, article: 0 })]
  expect(ranked.map(({ passage }) => passage)).toEqual([2, 3, 1])
  for (const { score, parts } of ranked) expect(parts.bm25 + parts.article).toBeCloseTo(score)
})

test('a term weighed less gives that much less', () => {
  const score = (weight: number) =>
    [...scorePassages([{ weight, postings: postings([1, body(1)]) }], table, BM25)][0]!.score
  expect(score(0.5)).toBeCloseTo(score(1) / 2)
})
