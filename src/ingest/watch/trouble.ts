/** Something that keeps work from being done, and passes: tried again with growing waits, told once. */
import { clock } from '../../clock.ts'

export interface Trouble {
  /** It was met. */
  readonly met: (what: string) => void
  /** The work was done. */
  readonly over: () => void
  /** Whether it is too early to try again. */
  readonly isResting: () => boolean
  /** What it is, and since when, in milliseconds since 1970; null while all is well. */
  readonly now: () => { readonly what: string; readonly since: number } | null
}

export function createTrouble({
  firstMs,
  mostMs,
  onMet,
  onOver,
  now = clock.now,
}: {
  /** How long it rests after the first time, and at most. */
  readonly firstMs: number
  readonly mostMs: number
  readonly onMet: (what: string) => void
  readonly onOver: (what: string, ms: number) => void
  readonly now?: () => number
}): Trouble {
  let current: { what: string; since: number } | null = null
  let restMs = 0
  let until = 0

  return {
    met(what) {
      if (current?.what !== what) onMet(what)
      current = { what, since: current?.since ?? now() }
      // What was under way when it was met says the same again.
      if (now() < until) return
      restMs = Math.min(Math.max(firstMs, restMs * 2), mostMs)
      until = now() + restMs
    },
    over() {
      if (current) onOver(current.what, now() - current.since)
      current = null
      restMs = 0
      until = 0
    },
    isResting: () => now() < until,
    now: () => current,
  }
}
