import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openEmbeddedIndex } from '../../src/retrieval/embedded-index.ts'
import { tempFolder } from '../support/temp.ts'
import { indexContract } from './index-contract.ts'

indexContract(async () => {
  const index = openEmbeddedIndex(join(tempFolder(), 'index.sqlite'), { embedding: 'test/4' })
  onTestFinished(() => index.close())
  return index
})
