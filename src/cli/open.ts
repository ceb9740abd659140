import { join } from 'node:path'
import type { Config } from '../config.ts'
import { type Ledger, openLedger } from '../ingest/ledger.ts'
import { openEmbeddedIndex } from '../retrieval/embedded-index.ts'
import type { PassageIndex } from '../retrieval/passage-index.ts'

export interface Stores {
  readonly index: PassageIndex
  readonly ledger: Ledger
  readonly close: () => Promise<void>
}

/** Opens the index and what ingest remembers, as the settings say. */
export function openStores(config: Config): Stores {
  const index = openEmbeddedIndex(join(config.WENCE_DATA_DIR, 'index.sqlite'))
  const ledger = openLedger(join(config.WENCE_DATA_DIR, 'ingest.sqlite'))
  return {
    index,
    ledger,
    async close() {
      ledger.close()
      await index.close()
    },
  }
}
