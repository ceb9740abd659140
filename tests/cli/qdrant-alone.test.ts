import { expect, test } from 'vitest'
import { openFilledIndex } from '../../src/cli/open.ts'
import { parseConfig } from '../../src/config.ts'
import { QDRANT_URL, mockQdrant } from '../support/qdrant.ts'
import { tempFolder } from '../support/temp.ts'

const startQdrant = mockQdrant()

test('into an empty Qdrant nothing is written that nobody ingested', async () => {
  const qdrant = startQdrant()
  const config = parseConfig({ QDRANT_URL, WENCE_DATA_DIR: tempFolder() })
  const { index, close } = await openFilledIndex(config)
  expect(qdrant.requests.filter(({ method }) => method === 'PUT')).toEqual([])
  expect([...qdrant.collections.keys()]).toEqual([])
  await expect(index.search({ text: '', terms: [] }, 5)).rejects.toThrow(/run npm run ingest/)
  await close()
})
