import { randomUUID } from 'node:crypto'
import { afterAll, describe, onTestFinished } from 'vitest'
import { createClient } from '../../../src/retrieval/qdrant/client.ts'
import { openQdrantIndex } from '../../../src/retrieval/qdrant-index.ts'
import { indexContract } from '../index-contract.ts'

const { QDRANT_URL: url = '', QDRANT_API_KEY: apiKey } = process.env

/** Runs where a server is reachable, in collections of its own, which it removes. */
describe.skipIf(!url)('on a real Qdrant', () => {
  const prefix = `wence-test-${randomUUID().slice(0, 8)}`

  indexContract(async () => {
    const index = await openQdrantIndex({
      url,
      apiKey,
      collection: `${prefix}-${randomUUID().slice(0, 8)}`,
      embedding: { model: 'test', dimensions: 4 },
    })
    onTestFinished(() => index.close())
    return index
  })

  afterAll(async () => {
    const client = createClient({ url, apiKey, timeoutMs: 5_000 })
    const { collections } = await client.getCollections()
    for (const { name } of collections) {
      if (name.startsWith(prefix)) await client.deleteCollection(name)
    }
  })
})
