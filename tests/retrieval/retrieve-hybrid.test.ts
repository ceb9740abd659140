import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openEmbeddedIndex } from '../../src/retrieval/embedded-index.ts'
import type { EmbedQuestion } from '../../src/retrieval/embed-question.ts'
import { createRetrieve } from '../../src/retrieval/retrieve.ts'
import { axis, batchOf } from '../support/passages.ts'
import { tempFolder } from '../support/temp.ts'

async function retrieveWith(embedQuestion: EmbedQuestion) {
  const index = openEmbeddedIndex(join(tempFolder(), 'index.sqlite'))
  onTestFinished(() => index.close())
  await index.putBatches('a.txt', [
    batchOf(
      { id: 'power', source: 'a.txt', body: [['高压用户业扩配套工程由供电部门投资。', axis(0)]] },
      { id: 'fair', source: 'a.txt', n: 2, body: [['展会将于下月在会展中心开幕。', axis(1)]] },
    ),
  ])
  return createRetrieve({ index, embedQuestion })
}

const question = { question: '厂里的变压器归谁出钱' }

test('a question is searched by its vector too', async () => {
  const retrieve = await retrieveWith(async () => ({ vector: axis(0) }))
  const { results, degraded } = await retrieve(question, 1)
  expect(results.map(({ passage }) => passage.id)).toEqual(['power-0'])
  expect(degraded).toBeUndefined()
})

test('without its endpoint the search goes on by words, and says so', async () => {
  const retrieve = await retrieveWith(async () => ({ degraded: 'the endpoint is down' }))
  const { results, degraded } = await retrieve({ question: '展会什么时候开幕' }, 1)
  expect(results.map(({ passage }) => passage.id)).toEqual(['fair-0'])
  expect(degraded).toBe('the endpoint is down')
})
