/** Aborted by the first SIGTERM or SIGINT. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => controller.abort())
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
