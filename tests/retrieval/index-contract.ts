import { describe, expect, test } from 'vitest'
import type { Batch, IndexQuery, PassageIndex } from '../../src/retrieval/passage-index.ts'
import { termsOf } from '../../src/retrieval/tokens.ts'
import { axis, batchOf } from '../support/passages.ts'

const ask = (text: string, more: Partial<IndexQuery> = {}): IndexQuery => ({
  text,
  terms: termsOf(text).map((term) => ({ term, weight: 1 })),
  ...more,
})

const found = async (index: PassageIndex, query: IndexQuery, limit = 10) =>
  (await index.search(query, limit)).hits.map(({ passage }) => passage.id)

const power = batchOf({
  id: 'power',
  source: 'a/濮阳.txt',
  headline: '用电报装不收费',
  place: ['河南省', '濮阳市'],
  date: '2025-03-12',
  body: [
    ['高铁片区企业用电报装即来即办。', axis(0)],
    ['办电全程不收取任何费用。', axis(1)],
  ],
})
const loans = batchOf(
  {
    id: 'loan',
    source: 'b.txt',
    place: ['山东省', '聊城市'],
    date: '2024-11',
    body: [['企业可凭知识产权质押融资。', axis(2)]],
  },
  { id: 'tax', source: 'b.txt', n: 2, body: ['企业所得税减半征收。'] },
)

async function fill(index: PassageIndex) {
  await index.putBatches('b.txt', [loans])
  await index.putBatches('a/濮阳.txt', [power])
  return index
}

/** What every index does; `open` gives an empty one, for vectors of four numbers. */
export function indexContract(open: () => Promise<PassageIndex>): void {
  const filled = async () => fill(await open())

  describe('an empty index', () => {
    test('of which all was removed finds nothing, and says so without an error', async () => {
      const index = await filled()
      await index.remove(['a/濮阳.txt', 'b.txt'])
      const { hits, rarities } = await index.search(ask('企业', { vector: axis(0) }), 5)
      expect(hits).toEqual([])
      expect([...rarities.of]).toEqual([])
      expect(await index.article('power')).toBeUndefined()
      expect(await index.passages('power')).toEqual([])
      expect(await Array.fromAsync(index.articles())).toEqual([])
      expect(await index.articleIds()).toEqual([])
    })

    test('has an identity, which stays while it is written to', async () => {
      const index = await open()
      const before = await index.identity()
      await fill(index)
      expect(await index.identity()).toBe(before)
    })
  })

  describe('what was put', () => {
    test('comes back whole, articles in order of source and place in it', async () => {
      const index = await filled()
      const articles = await Array.fromAsync(index.articles())
      expect(articles).toEqual([...power.articles, ...loans.articles])
      expect(await index.article('tax')).toEqual(loans.articles[1])
      expect(await index.passages('power')).toEqual(power.passages)
      expect(await index.size()).toBe(power.passages.length + loans.passages.length)
      expect((await index.articleIds()).toSorted()).toEqual(['loan', 'power', 'tax'])
    })

    test('is listed as it is, also after more was put, and however much it is', async () => {
      const index = await open()
      const ids = Array.from({ length: 200 }, (_, i) => `many-${String(i).padStart(3, '0')}`)
      const batch = (some: readonly string[]) =>
        batchOf(...some.map((id, i) => ({ id, source: 'm.txt', n: i + 1, body: ['用电。'] })))
      const listed = async () => (await Array.fromAsync(index.articles())).map(({ id }) => id)
      await index.putBatches('m.txt', [batch(ids.slice(0, 3))])
      expect(await listed()).toEqual(ids.slice(0, 3))
      await index.putBatches('m.txt', [batch(ids)])
      expect(await listed()).toEqual(ids)
      for await (const { id } of index.articles()) {
        expect(id).toBe(ids[0])
        break
      }
    })

    test('is seen in a state, which changes with it and with nothing else', async () => {
      const index = await open()
      const states = [await index.state()]
      await index.putBatches('b.txt', [loans])
      states.push(await index.state())
      expect(await index.state()).toBe(states[1])
      await index.remove(['b.txt'])
      states.push(await index.state())
      expect(new Set(states).size).toBe(3)
    })

    test('of an article that an older version put, what that did not know is empty', async () => {
      const index = await open()
      const [article] = loans.articles
      const { runs: _, repairs: __, ...older } = article!
      // @ts-expect-error: as an older version's Article was.
      await index.put('b.txt', [older], [])
      expect(await index.article('loan')).toEqual({ ...article, runs: [], repairs: [] })
    })

    test('is found, best first, as many as asked for, each with its score and its parts', async () => {
      const index = await filled()
      const { hits } = await index.search(ask('企业质押融资'), 2)
      expect(hits).toHaveLength(2)
      expect(hits[0]!.passage).toEqual(loans.passages[0])
      expect(hits[0]!.score).toBeGreaterThan(hits[1]!.score)
      expect(Object.keys(hits[0]!.parts).length).toBeGreaterThan(0)
    })

    test('is counted: a term is worth the more the fewer passages have it', async () => {
      const index = await filled()
      const terms = ['企业', '质押', '没有'].map((term) => ({ term, weight: 0.5 }))
      const { of, nowhere } = (await index.search({ text: '', terms }, 1)).rarities
      expect([...of.keys()].toSorted()).toEqual(['企业', '质押'].toSorted())
      expect(of.get('企业')).toBeGreaterThan(0)
      expect(of.get('质押')).toBeGreaterThan(of.get('企业')!)
      expect(nowhere).toBeGreaterThan(of.get('质押')!)
    })

    test('is the better found the more of the question its article has elsewhere', async () => {
      const index = await open()
      const articles = [
        { id: 'other', source: 'x.txt', body: ['融资办法。', '公告。'] },
        { id: 'whole', source: 'x.txt', n: 2, body: ['融资办法。', '用电报装。'] },
      ]
      await index.putBatches('x.txt', [batchOf(...articles)])
      expect(await found(index, ask('用电融资'), 2)).toEqual(['whole-1', 'whole-0'])
    })

    test('is found by its headline too', async () => {
      expect((await found(await filled(), ask('报装'))).toSorted()).toEqual(['power-0', 'power-1'])
    })

    test('is found by a term that counts more before one that counts less', async () => {
      const index = await filled()
      const terms = (loan: number, tax: number) => ({
        text: '',
        terms: [
          { term: '质押', weight: loan },
          { term: '减半', weight: tax },
        ],
      })
      expect(await found(index, terms(1, 0.2), 1)).toEqual(['loan-0'])
      expect(await found(index, terms(0.2, 1), 1)).toEqual(['tax-0'])
    })
  })

  test('articles that are named are searched alone', async () => {
    const index = await filled()
    const within = { articles: ['tax', 'power', 'gone'] }
    expect((await found(index, ask('企业', within))).toSorted()).toEqual(['power-0', 'tax-0'])
    expect(await found(index, ask('企业', { articles: [] }))).toEqual([])
  })

  describe('a vector', () => {
    test('finds what shares no word with the question', async () => {
      const index = await filled()
      expect(await found(index, ask('厂子通电', { vector: axis(1) }), 1)).toEqual(['power-1'])
      expect(await found(index, { text: '', terms: [], vector: axis(2) }, 1)).toEqual(['loan-0'])
    })

    test('and words agree: what both find is first', async () => {
      const query = ask('企业', { vector: axis(2) })
      expect(await found(await filled(), query, 1)).toEqual(['loan-0'])
    })

    test('of another length is not compared: words alone decide', async () => {
      const query = ask('减半征收', { vector: axis(0, 7) })
      expect(await found(await filled(), query, 1)).toEqual(['tax-0'])
    })

    test('keeps to the articles that are named', async () => {
      const query = ask('企业', { vector: axis(2), articles: ['power'] })
      expect(await found(await filled(), query)).not.toContain('loan-0')
    })
  })

  describe('putting a source again', () => {
    const shorter = batchOf({ id: 'power', source: 'a/濮阳.txt', body: ['停电公告。'] })

    test('replaces all it held, and nothing of the others', async () => {
      const index = await filled()
      await index.putBatches('a/濮阳.txt', [shorter])
      expect(await index.passages('power')).toEqual(shorter.passages)
      expect(await found(index, ask('报装'))).toEqual([])
      expect(await found(index, ask('质押'))).toEqual(['loan-0'])
    })

    test('twice the same is the same as once', async () => {
      const index = await fill(await filled())
      expect((await found(index, ask('企业'))).toSorted()).toEqual(['loan-0', 'power-0', 'tax-0'])
      expect(await Array.fromAsync(index.articles())).toHaveLength(3)
    })

    test('in several batches shows the old until the last is in', async () => {
      const index = await filled()
      const seen: string[][] = []
      async function* batches(): AsyncGenerator<Batch> {
        yield shorter
        seen.push(await found(index, ask('停电')), await found(index, ask('报装')))
        yield batchOf({ id: 'more', source: 'a/濮阳.txt', n: 2, body: ['停电时间。'] })
      }
      await index.putBatches('a/濮阳.txt', batches())
      expect(seen.map((ids) => ids.toSorted())).toEqual([[], ['power-0', 'power-1']])
      expect((await found(index, ask('停电'))).toSorted()).toEqual(['more-0', 'power-0'])
    })

    test('that breaks off leaves what was there, also after the next one', async () => {
      const index = await filled()
      async function* broken(): AsyncGenerator<Batch> {
        yield shorter
        throw new Error('the disk is full')
      }
      await expect(index.putBatches('a/濮阳.txt', broken())).rejects.toThrow('the disk is full')
      expect(await found(index, ask('停电'))).toEqual([])
      await index.putBatches('c.txt', [batchOf({ id: 'c', source: 'c.txt', body: ['停电'] })])
      expect(await found(index, ask('停电'))).toEqual(['c-0'])
      expect(await index.passages('power')).toEqual(power.passages)
    })

    test('calls that do not wait for each other all count', async () => {
      const index = await open()
      await Promise.all(
        ['一', '二', '三'].map((name) =>
          index.putBatches(name, [batchOf({ id: name, source: name, body: ['停电'] })]),
        ),
      )
      expect((await found(index, ask('停电'))).toSorted()).toEqual(
        ['一-0', '三-0', '二-0'].toSorted(),
      )
    })
  })

  test('a source that is removed is gone, one that never was there is no error', async () => {
    const index = await filled()
    await index.remove(['b.txt', 'never.txt'])
    await index.remove([])
    expect(await found(index, ask('企业', { vector: axis(2) }))).not.toContain('loan-0')
    expect(await index.article('loan')).toBeUndefined()
    expect((await index.search(ask('质押'), 1)).rarities.of.has('质押')).toBe(false)
  })

  test('an article names the other sources that print it, and stays as it is otherwise', async () => {
    const index = await filled()
    await index.setAlso('loan', ['c.txt', 'd.txt'])
    await index.setAlso('never', ['c.txt'])
    expect(await index.article('loan')).toEqual({ ...loans.articles[0], also: ['c.txt', 'd.txt'] })
    expect(await found(index, ask('质押'))).toEqual(['loan-0'])
  })
}
