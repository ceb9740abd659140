import { clock } from '../clock.ts'

const FIRST_MS = 500
const LONGEST_MS = 60_000
const FORGOTTEN_MS = 3600 * 1000
/** So many addresses are remembered; beyond that all of them wait alike. */
const MOST = 10_000
/** So many wrong tries a minute are heard of all addresses together: behind some proxies addresses are anybody's word. */
const MOST_A_MINUTE = 60
const MINUTE_MS = 60_000

/**
 * Makes guessing slow: each wrong try from an address doubles how long it must wait for the next, up
 * to a minute. Nobody waits for the tries of others, unless very many are wrong at once.
 */
export function createSlowdown(now: () => number = clock.now) {
  /** When the last wrong tries came. */
  const heard: number[] = []
  const tries = new Map<string, { wrong: number; until: number }>()
  const keyOf = (address: string) =>
    tries.has(address) || tries.size < MOST ? address : 'all the others'

  return {
    /** Milliseconds that an address has to wait before it is listened to again. */
    wait(address: string): number {
      const own = (tries.get(keyOf(address))?.until ?? 0) - now()
      const all = heard.length < MOST_A_MINUTE ? 0 : heard[0]! + MINUTE_MS - now()
      return Math.max(0, own, all)
    },
    wrong(address: string): void {
      heard.push(now())
      if (heard.length > MOST_A_MINUTE) heard.shift()
      for (const [old, { until }] of tries) if (until + FORGOTTEN_MS < now()) tries.delete(old)
      const key = keyOf(address)
      const wrong = (tries.get(key)?.wrong ?? 0) + 1
      tries.set(key, { wrong, until: now() + Math.min(FIRST_MS * 2 ** (wrong - 1), LONGEST_MS) })
    },
    right: (address: string): void => void tries.delete(keyOf(address)),
  }
}
