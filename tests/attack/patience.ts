import { setTimeout as sleep } from 'node:timers/promises'

/** What is killed over and over comes to its end in so long. */
export const PATIENCE_MS = 180_000

/** Waits until something holds, or for as long as is patient, by a clock that nobody shifts. */
export async function until(what: () => Promise<boolean> | boolean): Promise<void> {
  const end = performance.now() + PATIENCE_MS
  while (!(await what()) && performance.now() < end) await sleep(200)
}

/** Tries until it is done. */
export async function again<T>(work: () => Promise<T>): Promise<T> {
  const end = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (performance.now() > end) throw error
      await sleep(500)
    }
  }
}
