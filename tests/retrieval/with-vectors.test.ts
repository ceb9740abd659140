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
  expect((await index.search(near, 1)).hits[0]?.passage.id).toBe('a-1')
})

test('what cannot be embedded is found by its words, and told of', async () => {
  const index = withVectors(openIndex(), async () => {
    throw new EmbedError('down')
  })
  expect(await index.putBatches('a.txt', [batch])).toEqual({ passages: 2, failure: 'down' })
  const asked = { text: '', terms: [{ term: '收费', weight: 1 }] }
  expect((await index.search(asked, 1)).hits[0]?.passage.text).toBe('不收费。')
})

test('a text that alone is refused is told of, without a fault of the endpoint', async () => {
  const index = withVectors(openIndex(), async ([, ...rest]) => [
    undefined,
    ...rest.map(() => axis(1)),
  ])
  expect(await index.putBatches('a.txt', [batch])).toEqual({ passages: 1 })
  expect((await index.search(near, 1)).hits[0]?.passage.text).toBe('即办。')
})

test('a fault of ours is none of the endpoint', async () => {
  const index = withVectors(openIndex(), async () => {
    throw new RangeError('ours')
  })
  await expect(index.putBatches('a.txt', [batch])).rejects.toThrow('ours')
})

test('a long headline is cut before what it stands over, between characters', async () => {
  const asked: string[] = []
  const index = withVectors(openIndex(), async (texts) => {
    asked.push(...texts)
    return texts.map(() => axis(1))
  })
  const headline = '😀'.repeat(400)
  const body = ['长'.repeat(400)]
  await index.putBatches('a.txt', [batchOf({ id: 'a', source: 'a.txt', headline, body })])
  expect(asked).toEqual([`${'😀'.repeat(109)}\n${body[0]}`])
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
  const [hit] = (await index.search({ text: '', terms: [], vector: axis(2) }, 1)).hits
  expect(hit?.passage.id).toBe('a299-0')
})
