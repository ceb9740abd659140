import { expect, test } from 'vitest'
import { openFilledIndex } from '../../src/cli/open.ts'
import { parseConfig } from '../../src/config.ts'
import { startQdrant } from '../support/qdrant.ts'
import { tempFolder } from '../support/temp.ts'

test('into an empty Qdrant nothing is written that nobody ingested', async () => {
  const { url: QDRANT_URL, requests, collections } = await startQdrant()
  const config = parseConfig({ QDRANT_URL, WENCE_DATA_DIR: tempFolder() })
  const { index, close } = await openFilledIndex(config)
  expect(requests.filter(({ method }) => method === 'PUT')).toEqual([])
  expect(collections.size).toBe(0)
  await expect(index.search({ text: '', terms: [] }, 5)).rejects.toThrow(/run npm run ingest/)
  await close()
})
