import { constants } from 'node:os'

/** A terminal's Ctrl+C comes from the terminal, from npm and from whatever else stands between, in one moment. */
const ONE_MOMENT_MS = 500

const SIGNALS = ['SIGTERM', 'SIGINT'] as const
const codeOf = (signal: (typeof SIGNALS)[number]) => 128 + constants.signals[signal]

/**
 * Has a signal that nothing else listens for end the process: of the first process of a container the
 * system keeps such signals away.
 */
export function endBySignals(pid = process.pid): void {
  if (pid !== 1) return
  for (const signal of SIGNALS)
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) process.exit(codeOf(signal))
    })
}

/** What was done is done, and what was said written, long before. */
const LINGER_MS = 300

/** Ends the process, whose work is done, though a server that nobody waits for any more holds a connection to it. */
export function endSoon(): void {
  setTimeout(() => process.exit(), LINGER_MS).unref()
}

/** Aborted by the first SIGTERM or SIGINT; one that comes later ends the process at once. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController()
  let first: number | undefined
  for (const signal of SIGNALS)
    process.on(signal, () => {
      first ??= performance.now()
      if (performance.now() - first > ONE_MOMENT_MS) process.exit(codeOf(signal))
      controller.abort()
    })
  return controller.signal
}

/**
 * What some work gives, unless a signal is aborted before: whoever does the work may notice later.
 * @throws the reason of the signal.
 */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  await Promise.race([work, aborted(signal)])
  signal.throwIfAborted()
  return work
}

/** Resolves when a signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
