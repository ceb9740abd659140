import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { connect, openFile } from '../../src/retrieval/embedded/file.ts'
import { createDenseReader, createDenseWriter } from '../../src/retrieval/dense-blocks.ts'
import { openEmbeddedIndex } from '../../src/retrieval/embedded-index.ts'
import type { Found } from '../../src/retrieval/passage-index.ts'
import { termsOf } from '../../src/retrieval/tokens.ts'
import { axis, batchOf } from '../support/passages.ts'
import { tempFolder } from '../support/temp.ts'

const file = () => join(tempFolder(), 'index.sqlite')
const query = (text: string, vector?: Float32Array) => ({
  text,
  terms: termsOf(text).map((term) => ({ term, weight: 1 })),
  ...(vector && { vector }),
})

function openIndex(path: string, embedding?: string) {
  const index = openEmbeddedIndex(path, { ...(embedding && { embedding }) })
  onTestFinished(() => index.close())
  return index
}

const both = batchOf(
  { id: 'power', source: 'a.txt', body: [['企业用电报装不收费。', axis(0)]] },
  {
    id: 'loan',
    source: 'a.txt',
    n: 2,
    body: [['质押融资不要抵押物。', axis(1)], '没有向量的一段。'],
  },
)
const ids = ({ hits }: Found) => hits.map(({ passage }) => passage.id)

test('a vector finds what shares no word with the question, and parts say that it was the first', async () => {
  const index = openIndex(file())
  await index.putBatches('a.txt', [both])
  expect(ids(await index.search(query('厂子接电'), 5))).toEqual([])
  const [hit] = (await index.search(query('厂子接电', axis(0)), 5)).hits
  expect(hit).toMatchObject({ passage: { id: 'power-0' }, parts: { rrf: 1 / 61 } })
})

test('what both sides find comes first', async () => {
  const index = openIndex(file())
  await index.putBatches('a.txt', [both])
  const [hit] = (await index.search(query('没有抵押物', axis(1)), 5)).hits
  expect(hit!.passage.id).toBe('loan-0')
  expect(Object.keys(hit!.parts).toSorted()).toEqual(['article', 'bm25', 'rrf'])
})

test('vectors of another model or length are not looked at: terms alone decide', async () => {
  const path = file()
  const before = openIndex(path, 'old/4')
  await before.putBatches('a.txt', [both])
  const after = openIndex(path, 'new/4')
  expect(ids(await after.search(query('质押融资', axis(0)), 5))).toEqual(['loan-0'])
  expect(ids(await before.search(query('质押融资', axis(0, 8)), 5))).toEqual(['loan-0'])
  expect(await after.identity()).not.toBe(await before.identity())
})

test('articles that are named are searched alone on both sides', async () => {
  const index = openIndex(file())
  await index.putBatches('a.txt', [both])
  const search = async (...articles: string[]) =>
    ids(await index.search({ ...query('企业用电', axis(1)), articles }, 5))
  expect(await search('loan')).toEqual(['loan-0'])
  expect(await search('power')).toEqual(['power-0'])
  expect(await search()).toEqual([])
})

test('a source that is put again or removed takes its vectors along', async () => {
  const index = openIndex(file())
  await index.putBatches('a.txt', [both])
  await index.putBatches('a.txt', [
    batchOf({ id: 'power', source: 'a.txt', body: [['企业用电报装。', axis(2)]] }),
  ])
  expect(ids(await index.search(query('厂子', axis(0)), 5))).toEqual([])
  expect(ids(await index.search(query('厂子', axis(2)), 5))).toEqual(['power-0'])
  await index.remove(['a.txt'])
  expect(ids(await index.search(query('厂子', axis(2)), 5))).toEqual([])
})

test('a put that fails leaves no vector behind, and the next one is whole', async () => {
  const index = openIndex(file())
  const broken = async function* () {
    yield batchOf({ id: 'a', source: 'a.txt', body: ['零', ['一', axis(0)]] })
    throw new Error('cut off')
  }
  await expect(index.putBatches('a.txt', broken())).rejects.toThrow('cut off')
  await index.putBatches('b.txt', [
    batchOf({ id: 'b', source: 'b.txt', body: ['一', ['二', axis(3)]] }),
  ])
  expect(ids(await index.search(query('问', axis(0)), 5))).toEqual([])
  expect(ids(await index.search(query('问', axis(3)), 5))).toEqual(['b-1'])
})

test('a budget of memory changes nothing but speed, and gaps stay empty', () => {
  const path = file()
  openFile(path, () => {}).close()
  const db = connect(path)
  onTestFinished(() => db.close())
  const writer = createDenseWriter(db, 'm')
  const there = (i: number) => i % 600 !== 7
  for (let i = 1; i < 1500; i++) writer.push(i, there(i) ? axis(i % 4) : undefined)
  writer.flush()
  const [roomy, tight] = [createDenseReader(db, 'm'), createDenseReader(db, 'm', 0)]
  const scores = roomy.scores(axis(3), 1500)!
  expect(tight.scores(axis(3), 1500)).toEqual(scores)
  const expected = Array.from({ length: 1500 }, (_, i) => Number(i > 0 && there(i) && i % 4 === 3))
  expect([...scores]).toEqual(expected)
})
