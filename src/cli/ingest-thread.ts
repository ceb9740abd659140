/** A thread that ingests for whoever must not be held up, one job after the other; see `run-ingest.ts`. */
import { existsSync, linkSync, unlinkSync } from 'node:fs'
import { basename } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import type { Config } from '../config.ts'
import { type Outcome, ingest } from '../ingest/ingest.ts'
import { openReaders } from '../ingest/reading/open-readers.ts'
import { inIngestTurn } from './one-ingest.ts'
import { openStores } from './open.ts'
import { useProxy } from '../proxy.ts'
import type { IngestJob, IngestSaid } from './run-ingest.ts'
import { messageOf } from '../message-of.ts'

const config: Config = workerData
useProxy(config)
const readers = openReaders('articles', { size: 1 })

parentPort!.on('message', (job: IngestJob) => {
  done(job).then(
    (outcomes) => say({ outcomes }),
    (error) => say({ failed: messageOf(error) }),
  )
})

const say = (said: IngestSaid) => parentPort!.postMessage(said)

/** Somebody at the desk is told sooner that others ingest. */
const PATIENCE_MS = 5_000

async function done(job: IngestJob): Promise<Outcome[]> {
  const work = () => perform(job)
  return job.kind === 'try'
    ? work()
    : inIngestTurn(config, work, { patienceMs: PATIENCE_MS, tell: () => {} })
}

/** Opened for each job: an index may have been made anew since. */
async function perform(job: IngestJob): Promise<Outcome[]> {
  const stores = await openStores(config, readers)
  try {
    switch (job.kind) {
      case 'try':
        return await ingest([job.path], stores, { dryRun: true })
      case 'again':
        stores.ledger.readAgain(job.path)
        return await ingest([], stores)
      case 'take': {
        const { from, path } = job
        if (existsSync(path)) throw new Error(`${path}: another file lies there by now.`)
        // Noted before it lies there: whatever ends this, the next ingest finds it.
        stores.ledger.begin({ path, source: basename(path) })
        // Never over another, as renaming would.
        linkSync(from, path)
        unlinkSync(from)
        return await ingest([path], stores)
      }
    }
  } finally {
    await stores.close()
  }
}
