import { Worker } from 'node:worker_threads'
import type { Config } from '../config.ts'
import type { Outcome } from '../ingest/ingest.ts'
import { oneAtATime } from '../retrieval/one-at-a-time.ts'

/** What is asked of one ingest. */
export type IngestJob =
  /** What a file would be read as; nothing is changed. */
  | { readonly kind: 'try'; readonly path: string }
  /** A file of the index is read again, under the name that it has. */
  | { readonly kind: 'again'; readonly path: string }
  /** A file is moved to where it stays, and read from there. */
  | { readonly kind: 'take'; readonly from: string; readonly path: string }

export type IngestSaid = { readonly outcomes: Outcome[] } | { readonly failed: string }

/**
 * The ingest of `npm run ingest`, in a thread of its own: nobody who is served waits for it, and beside
 * others it keeps to what they do. One job at a time.
 * @throws Error in a sentence, when a job could not be done at all.
 */
export function openIngest(config: Config) {
  const inTurn = oneAtATime()
  let thread: Worker | undefined
  let said = Promise.withResolvers<IngestSaid>()

  return {
    ingest: (job: IngestJob) => inTurn(() => run(job)),
    close: () => void thread?.terminate(),
  }

  async function run(job: IngestJob): Promise<Outcome[]> {
    thread ??= start()
    said = Promise.withResolvers()
    thread.ref()
    thread.postMessage(job)
    const answer = await said.promise
    // It stays, with what it loaded, for the next, and keeps nobody from ending.
    thread?.unref()
    if ('failed' in answer) throw new Error(answer.failed)
    return answer.outcomes
  }

  function start(): Worker {
    const started = new Worker(new URL('ingest-thread.ts', import.meta.url), { workerData: config })
    started.on('message', (answer: IngestSaid) => said.resolve(answer))
    started.on('error', (error) => said.resolve({ failed: String(error) }))
    started.on('exit', () => {
      thread = undefined
      said.resolve({ failed: 'The ingest has ended without a word.' })
    })
    return started
  }
}
