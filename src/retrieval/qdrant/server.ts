/** One Qdrant server: where it is, how long it is waited for, how often it is asked again. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, createClient, hostOf } from './client.ts'
import { explain, isPassing } from './failure.ts'

export interface ServerSettings {
  readonly url: string
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
  /** As it is shown to people: never with a key. */
  readonly host: string
  /** Asks, and once more at once when the connection broke. */
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
  const host = hostOf(url)
  const reader = createClient({ url, apiKey, timeoutMs: readTimeoutMs })
  const writer = createClient({ url, apiKey, timeoutMs: writeTimeoutMs })

  return {
    host,
    async read(ask) {
      try {
        return await ask(reader).catch((error: unknown) => {
          if (!(error instanceof TypeError)) throw error
          return ask(reader)
        })
      } catch (error) {
        throw explain(error, host, readTimeoutMs)
      }
    },
    async write(ask) {
      const last = performance.now() + patienceMs
      for (let pause = pauseMs; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
        try {
          return await ask(writer)
        } catch (error) {
          if (!isPassing(error) || performance.now() + pause > last)
            throw explain(error, host, writeTimeoutMs)
          await sleep(pause)
        }
      }
    },
  }
}
