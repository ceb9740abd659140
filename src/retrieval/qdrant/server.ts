/** A Qdrant, of one node or several: where it is, how long it is waited for, how often it is asked again. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, createClient, hostAndPortOf } from './client.ts'
import { explain, isPassing } from './failure.ts'

export interface ServerSettings {
  /** Where it is; of a cluster, its nodes: each is asked until it fails, then the next. */
  readonly url: string | readonly string[]
  readonly apiKey?: string | undefined
  /** How long a reader, and so somebody who asked, waits for one answer. */
  readonly readTimeoutMs?: number
  readonly writeTimeoutMs?: number
  /** The pause before a write is tried again; each next one is twice as long, up to `LONGEST_PAUSE_MS`. */
  readonly pauseMs?: number
  /** How long a write is tried again. */
  readonly patienceMs?: number
}

/** Sends one request of the client's. */
export type Ask = <T>(request: (client: Client) => Promise<T>) => Promise<T>

/** Errors of both are sentences; IndexUnavailableError where the server may be back at any time. */
export interface Server {
  /** The node that is asked just now, as it is shown to people: never with a key. */
  readonly host: string
  /** Asks, and once more at once when the connection broke; of a cluster every node, while each fails. */
  readonly read: Ask
  /** Asks until it succeeds or patience ends: everything that is written may be written twice. */
  readonly write: Ask
}

const LONGEST_PAUSE_MS = 10_000

export function createServer({
  url,
  apiKey,
  readTimeoutMs = 5_000,
  writeTimeoutMs = 60_000,
  pauseMs = 250,
  // A server that is started again reads its collections first.
  patienceMs = 60_000,
}: ServerSettings): Server {
  const nodes = [url].flat().map((at) => ({
    host: hostAndPortOf(at),
    reader: createClient({ url: at, apiKey, timeoutMs: readTimeoutMs }),
    writer: createClient({ url: at, apiKey, timeoutMs: writeTimeoutMs }),
  }))
  let at = 0
  const node = () => nodes[at]!

  /** Many may ask at once: only the first that fails turns to the next. */
  function leave(failed: ReturnType<typeof node>): void {
    if (node() === failed) at = (at + 1) % nodes.length
  }

  const isForAnother = (error: unknown) =>
    error instanceof TypeError || (nodes.length > 1 && isPassing(error))

  return {
    get host() {
      return node().host
    },
    async read(ask) {
      for (let left = Math.max(nodes.length, 2) - 1; ; left--) {
        const asked = node()
        try {
          return await ask(asked.reader)
        } catch (error) {
          if (isForAnother(error)) leave(asked)
          if (left === 0 || !isForAnother(error)) throw explain(error, asked.host, readTimeoutMs)
        }
      }
    },
    async write(ask) {
      const last = performance.now() + patienceMs
      for (let pause = pauseMs; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
        const asked = node()
        try {
          return await ask(asked.writer)
        } catch (error) {
          if (isPassing(error)) leave(asked)
          if (!isPassing(error) || performance.now() + pause > last)
            throw explain(error, asked.host, writeTimeoutMs)
          await sleep(pause)
        }
      }
    },
  }
}
