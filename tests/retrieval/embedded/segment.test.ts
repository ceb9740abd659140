import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  blockEntries,
  blockOf,
  findInBlock,
  mergeEntries,
  mergePostings,
  packCounts,
  SegmentBuilder,
  toBlocks,
  unpackCounts,
  type Postings,
} from '../../../src/retrieval/embedded/segment.ts'
import { measure } from '../../growth/grows.ts'
import { termKey } from '../../../src/retrieval/embedded/term-key.ts'

/** A model of a segment: of each term the passages and counts. */
type Plain = Map<number, [passage: number, counts: number][]>

const plain = (entries: Iterable<readonly [number, Postings]>): Plain =>
  new Map(
    Array.from(entries, ([key, { passages, counts }]) => [
      key,
      Array.from(passages, (passage, i) => [passage, counts[i]!]),
    ]),
  )

const documents = fc.uniqueArray(
  fc.record({
    passage: fc.nat({ max: 100_000 }),
    terms: fc.dictionary(
      fc.constantFrom('用电', '报装', '企业', '2.86', 'pa1313'),
      fc.integer({ min: 1, max: 255 }),
    ),
  }),
  { selector: ({ passage }) => passage, maxLength: 30 },
)
type Documents = { passage: number; terms: Record<string, number> }[]

function built(docs: Documents): SegmentBuilder {
  const builder = new SegmentBuilder()
  for (const { passage, terms } of docs.toSorted((a, b) => a.passage - b.passage)) {
    builder.add(passage, new Map(Object.entries(terms)))
  }
  return builder
}

function modelled(docs: Documents): Plain {
  const model: Plain = new Map()
  for (const { passage, terms } of docs.toSorted((a, b) => a.passage - b.passage)) {
    for (const [term, counts] of Object.entries(terms)) {
      const postings = model.get(termKey(term)) ?? []
      postings.push([passage, counts])
      model.set(termKey(term), postings)
    }
  }
  return model
}

test('what was built is read back from its blocks, by ascending key', () => {
  fc.assert(
    fc.property(documents, (docs) => {
      const entries = Array.from(toBlocks(built(docs).entries())).flatMap(({ data }) => [
        ...blockEntries(data),
      ])
      expect(plain(entries)).toEqual(modelled(docs))
      const keys = entries.map(([key]) => key)
      expect(keys).toEqual(keys.toSorted((a, b) => a - b))
    }),
  )
})

test('merged segments are one segment of what is still there, also when they interleave', () => {
  fc.assert(
    fc.property(
      documents,
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 2, max: 5 }),
      (docs, parts, gone) => {
        const alive = (passage: number) => passage % gone !== 0
        const segments = Array.from({ length: parts }, (_, part) =>
          built(docs.filter((_doc, i) => i % parts === part)).entries(),
        )
        const left = docs.filter(({ passage }) => alive(passage))
        expect(plain(mergeEntries(segments, alive))).toEqual(modelled(left))
      },
    ),
  )
})

test('what is gone is not sorted', async () => {
  const list = (from: number, length: number) => ({
    passages: Uint32Array.from({ length }, (_, i) => from + 2 * i),
    counts: new Uint8Array(length),
  })
  const time = async (second: (length: number) => number) => {
    const { ms } = await measure(
      (length) => mergePostings([list(0, length), list(second(length), length)], () => false),
      [400_000],
    )
    return ms[0]!
  }
  const neighbours = await time((length) => 2 * length)
  expect(await time(() => 1)).toBeLessThan(Math.max(40, 3 * neighbours))
})

describe('a segment of many blocks', () => {
  const builder = new SegmentBuilder()
  const words = Array.from({ length: 5_000 }, (_, i) => String.fromCharCode(0x4e00 + i, 0x4e01 + i))
  for (let passage = 1; passage <= 20; passage++) {
    builder.add(passage, new Map(words.map((word) => [word, passage])))
  }
  const blocks = [...toBlocks(builder.entries())]
  const firsts = Float64Array.from(blocks, ({ first }) => first)
  const find = (term: string) => {
    const at = blockOf(firsts, termKey(term))
    return at < 0 ? undefined : findInBlock(blocks[at]!.data, termKey(term))
  }

  test('is cut', () => expect(blocks.length).toBeGreaterThan(5))

  test('every term is found in the block where it must be', () => {
    for (const word of words) expect(find(word)?.passages).toHaveLength(20)
  })

  test.each(['啊', 'zzzzzzzz', '!'])('%s is not', (word) => {
    expect(find(word)?.passages ?? []).toHaveLength(0)
  })
})

test('counts fit a byte and stop at what it holds', () => {
  expect(unpackCounts(packCounts({ headline: 2, heading: 1, body: 9 }))).toEqual({
    headline: 2,
    heading: 1,
    body: 9,
  })
  expect(unpackCounts(packCounts({ headline: 9, heading: 9, body: 99 }))).toEqual({
    headline: 3,
    heading: 3,
    body: 15,
  })
})

test('short terms never share a key, and long ones hardly', () => {
  const some = Array.from({ length: 3_000 }, (_, i) => [
    `${i}`,
    `word${i}`,
    String.fromCharCode(0x4e00 + i) + '电',
  ])
  const terms = new Set(some.flat())
  expect(new Set(Array.from(terms, termKey)).size).toBe(terms.size)
})
