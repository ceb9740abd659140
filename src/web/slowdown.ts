const FIRST_MS = 500
const LONGEST_MS = 60_000
const FORGOTTEN_MS = 3600 * 1000
/** So many addresses are remembered; beyond that all of them wait alike. */
const MOST = 10_000

/**
 * Makes guessing slow: each wrong try from an address doubles how long it must wait for the next, up
 * to a minute. Nobody waits for the tries of others, unless very many addresses guess at once.
 */
export function createSlowdown(now: () => number = Date.now) {
  const tries = new Map<string, { wrong: number; until: number }>()
  const keyOf = (address: string) =>
    tries.has(address) || tries.size < MOST ? address : 'all the others'

  return {
    /** Milliseconds that an address has to wait before it is listened to again. */
    wait: (address: string): number => Math.max(0, (tries.get(keyOf(address))?.until ?? 0) - now()),
    wrong(address: string): void {
      for (const [old, { until }] of tries) if (until + FORGOTTEN_MS < now()) tries.delete(old)
      const key = keyOf(address)
      const wrong = (tries.get(key)?.wrong ?? 0) + 1
      tries.set(key, { wrong, until: now() + Math.min(FIRST_MS * 2 ** (wrong - 1), LONGEST_MS) })
    },
    right: (address: string): void => void tries.delete(keyOf(address)),
  }
}
