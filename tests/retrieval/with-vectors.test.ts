import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { EmbedError } from '../../src/retrieval/embed.ts'
import { openEmbeddedIndex } from '../../src/retrieval/embedded-index.ts'
import { withVectors } from '../../src/retrieval/with-vectors.ts'
import { axis, batchOf } from '../support/passages.ts'
import { tempFolder } from '../support/temp.ts'

function openIndex() {
  const index = openEmbeddedIndex(join(tempFolder(), 'index.sqlite'))
  onTestFinished(() => index.close())
  return index
}

const batch = batchOf({
  id: 'a',
  source: 'a.txt',
  headline: '用电报装',
  body: ['不收费。', '即办。'],
})
const near = { text: '', terms: [], vector: axis(1) }

test('what is put is embedded with its headline, and found by it', async () => {
  const asked: string[] = []
  const index = withVectors(openIndex(), async (texts) => {
    asked.push(...texts)
    return texts.map((_, i) => axis(i))
  })
  await index.put('a.txt', batch.articles, batch.passages)
  expect(asked).toEqual(['用电报装\n不收费。', '用电报装\n即办。'])
  expect((await index.search(near, 1))[0]?.passage.id).toBe('a-1')
})

test('a source that cannot be embedded leaves what was there', async () => {
  const plain = openIndex()
  await plain.putBatches('a.txt', [batch])
  const index = withVectors(plain, async () => {
    throw new EmbedError('down')
  })
  await expect(
    index.putBatches('a.txt', [batchOf({ id: 'b', source: 'a.txt', body: ['新'] })]),
  ).rejects.toThrow('down')
  expect(await index.article('a')).toBeDefined()
  expect(await index.article('b')).toBeUndefined()
})

test('small batches are embedded together, large sources in portions, each text for itself', async () => {
  const portions: number[] = []
  const index = withVectors(openIndex(), async (texts) => {
    portions.push(texts.length)
    return texts.map((text) => axis(text === '第299条' ? 2 : 0))
  })
  const batches = Array.from({ length: 300 }, (_, i) =>
    batchOf({ id: `a${i}`, source: 'a.jsonl', n: i + 1, body: [`第${i}条`] }),
  )
  await index.putBatches('a.jsonl', batches)
  expect(portions).toEqual([200, 100])
  expect(await Array.fromAsync(index.articles())).toHaveLength(300)
  const [hit] = await index.search({ text: '', terms: [], vector: axis(2) }, 1)
  expect(hit?.passage.id).toBe('a299-0')
})
