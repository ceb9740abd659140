import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '../config.ts'
import { createConversation } from '../conversation/conversation.ts'
import { type Ledger, openLedger } from '../ingest/ledger.ts'
import { type Logger, createLog } from '../log.ts'
import { openEmbeddedIndex } from '../retrieval/embedded-index.ts'
import type { PassageIndex } from '../retrieval/passage-index.ts'
import { createRetrieve } from '../retrieval/retrieve.ts'
import { createAnswer } from '../answer/answer.ts'
import type { Failure } from '../answer/generate/failure.ts'
import type { Drafted } from '../answer/generate/generate.ts'
import type { Writer } from '../answer/generate/writer.ts'
import { showProgress, summaryLine } from './progress.ts'

const SEEDS = fileURLToPath(new URL('../../seeds', import.meta.url))

export interface Stores {
  readonly index: PassageIndex
  readonly ledger: Ledger
  readonly close: () => Promise<void>
}

/** Opens the index and what ingest remembers, as the settings say. */
export async function openStores(config: Config): Promise<Stores> {
  const file = (name: string) => join(config.WENCE_DATA_DIR, name)
  const index = openEmbeddedIndex(file('index.sqlite'), {
    onNotice: (notice) => console.error(notice),
  })
  const ledger = openLedger(file('ingest.sqlite'), await index.identity())
  return {
    index,
    ledger,
    async close() {
      ledger.close()
      await index.close()
    },
  }
}

/** The stores with something in them: with nothing ingested yet, the seeds are read first. */
export async function openFilledStores(config: Config): Promise<Stores> {
  const stores = await openStores(config)
  if (await isEmpty(stores.index)) {
    console.error('Nothing ingested yet: reading seeds/ …')
    // What reads pages takes longer to load than a question takes to answer.
    const { ingest } = await import('../ingest/ingest.ts')
    const started = performance.now()
    const outcomes = await ingest([SEEDS], { ...stores, report: showProgress().report })
    console.error(summaryLine(outcomes, performance.now() - started))
  }
  return stores
}

/** Everything that a command or a door asks, wired as the settings say. */
export async function openWence(config: Config) {
  const log = createLog(config.LOG_LEVEL)
  const { index, close } = await openFilledStores(config)
  const retrieve = createRetrieve({ index })
  const writer = await openWriter(config)
  const answer = createAnswer({
    index,
    retrieve,
    ...(writer && { writer }),
    onWritten: (written) => logWritten(log, written),
  })
  const conversation = createConversation({ answer, passages: (id) => index.passages(id) })
  return { log, index, retrieve, answer, conversation, close }
}

/** The model that writes answers, if there is one; its client takes long to load. */
async function openWriter(config: Config): Promise<Writer | undefined> {
  if (!config.CHAT_MODEL) return undefined
  const { createWriter } = await import('../answer/generate/writer.ts')
  return createWriter({
    model: config.CHAT_MODEL,
    apiKey: config.OPENAI_API_KEY,
    baseURL: config.OPENAI_BASE_URL,
    timeoutMs: config.CHAT_TIMEOUT_MS,
  })
}

function logWritten(log: Logger, written: Drafted | Failure) {
  if (written.status === 'failed') {
    log.warn({ reason: written.reason, detail: written.detail }, 'no answer from the model')
    return
  }
  const kinds = (rejected: Drafted['dropped']) =>
    rejected.map(({ kind, detail }) => ({ kind, detail }))
  const { repaired, dropped, promptVersion } = written
  log.info({ promptVersion, repaired: kinds(repaired), dropped: kinds(dropped) }, 'answer written')
}

async function isEmpty(index: PassageIndex): Promise<boolean> {
  for await (const _ of index.articles()) return false
  return true
}
