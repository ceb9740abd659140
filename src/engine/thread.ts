import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { FromCall, FromThread, ToThread } from './messages.ts'

export interface ThreadOptions {
  /** The file that it runs, which opens an engine and serves it (`serve-engine.ts`), and what that is given. */
  readonly entry: URL
  readonly given: unknown
  /** How long it may compute without a pause, in milliseconds. */
  readonly heldMs: number
  readonly on: {
    readonly free: (thread: Thread) => void
    readonly said: (thread: Thread, message: FromCall) => void
    /** Once, as soon as it has ended or is given up. */
    readonly end: (thread: Thread, why: Error) => void
  }
}

/** A thread that computes. It ends when it is too busy to say that it is free, and when it fails. */
export interface Thread {
  /** Settles when it can be given something, or never will. */
  readonly opened: Promise<void>
  /** Whether it has nothing to compute. */
  readonly isFree: () => boolean
  /** Says something to it; a call or a knock makes it busy until it says that it is free. */
  readonly say: (message: ToThread) => void
  readonly close: () => Promise<void>
}

/** An embedding endpoint that does not answer is waited for. */
const OPENING_MS = 120_000
const CLOSING_MS = 1_000
/** Four times what it holds with 20,000 articles: what goes on growing ends here. */
const HEAP_MB = 512

export function openThread({ entry, given, heldMs, on }: ThreadOptions): Thread {
  const worker = new Worker(entry, {
    workerData: given,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  })
  const opened = Promise.withResolvers<void>()
  const exited = new Promise((resolve) => worker.once('exit', resolve))
  let ended = false
  let timer: NodeJS.Timeout | undefined
  const thread: Thread = { opened: opened.promise, isFree: () => !timer && !ended, say, close }
  busy(OPENING_MS)
  worker.on('message', (message: FromThread) => {
    if (ended) return
    if (message.kind !== 'free') return on.said(thread, message)
    clearTimeout(timer)
    timer = undefined
    opened.resolve()
    on.free(thread)
  })
  worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', () => end(new Error('It ended by itself')))
  return thread

  function say(message: ToThread): void {
    if (message.kind === 'call' || message.kind === 'knock') busy(heldMs)
    worker.postMessage(message)
  }

  function busy(ms: number): void {
    timer = setTimeout(() => end(new Error(`It computed for ${ms} ms without a pause`)), ms)
  }

  function end(why: Error): void {
    if (ended) return
    ended = true
    clearTimeout(timer)
    opened.reject(why)
    // What runs in a library may take a while to notice; nobody waits for that.
    void worker.terminate()
    on.end(thread, why)
  }

  async function close(): Promise<void> {
    ended = true
    clearTimeout(timer)
    say({ kind: 'close' })
    await Promise.race([exited, sleep(CLOSING_MS, undefined, { ref: false })])
    await worker.terminate()
  }
}
