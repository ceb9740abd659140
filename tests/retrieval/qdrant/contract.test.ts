import { describe, expect, onTestFinished, test } from 'vitest'
import { openQdrantIndex } from '../../../src/retrieval/qdrant-index.ts'
import { startQdrant } from '../../support/qdrant.ts'
import { realQdrant } from '../../support/real-qdrant.ts'
import { indexContract } from '../index-contract.ts'
import { batchOf } from '../../support/passages.ts'

const embedding = { model: 'test', dimensions: 4 }

describe('on a small one in memory', () => {
  indexContract(async () => {
    const { url } = await startQdrant()
    return opened({ url, collection: 'wence', embedding })
  })
})

describe.skipIf(!realQdrant)('on a real Qdrant', () => {
  indexContract(async () => opened({ ...realQdrant!.collection(), embedding }))

  test('what was put is there for whoever opens it next, under the same identity', async () => {
    const settings = { ...realQdrant!.collection(), embedding }
    const first = await openQdrantIndex(settings)
    await first.putBatches('a.txt', [batchOf({ id: 'a', source: 'a.txt', body: ['用电报装。'] })])
    const identity = await first.identity()
    await first.close()
    const next = await opened(settings)
    expect(await next.identity()).toBe(identity)
    expect(await next.articleIds()).toEqual(['a'])
  })
})

async function opened(settings: Parameters<typeof openQdrantIndex>[0]) {
  const index = await openQdrantIndex(settings)
  onTestFinished(() => index.close())
  return index
}
