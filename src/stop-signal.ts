import { constants } from 'node:os'

/** A terminal's Ctrl+C comes from the terminal, from npm and from whatever else stands between, in one moment. */
const ONE_MOMENT_MS = 500

/** Aborted by the first SIGTERM or SIGINT; one that comes later ends the process at once. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController()
  let first: number | undefined
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      first ??= performance.now()
      if (performance.now() - first > ONE_MOMENT_MS) process.exit(128 + constants.signals[signal])
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
