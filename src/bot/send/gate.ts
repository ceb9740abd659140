import type { Transformer } from 'grammy'

export interface GateOptions {
  /** After so many ticks that somebody waited a second may be on its way, then one more for each quarter of that. */
  readonly patience?: number
  readonly most?: number
  readonly aSecond?: number
}

/** Counted in ticks, not in time: where this process was busy, what is on its way may have long arrived. */
const TICK_MS = 50
/** A line of 50 after a restart is through sooner: with 20, 4 kills of 160 found two on their way. */
const PATIENCE = 60
const MOST_ON_THE_WAY = 32
/** Telegram takes some 30 a second of one bot, and refuses for longer whoever goes on beyond. */
const MOST_A_SECOND = 30

/** What Telegram does anew each time it is asked. */
export const MAKES_A_MESSAGE: ReadonlySet<string> = new Set(['sendMessage'])

/**
 * Lets messages to Telegram one after the other: when the process is killed, those on their way may
 * have arrived without our knowing, and they alone come twice. A slow network does not stall: the
 * longer the first in line has waited, the more go side by side, up to a bound; and never more than
 * Telegram takes in a second.
 */
export function gate({
  patience = PATIENCE,
  most = MOST_ON_THE_WAY,
  aSecond = MOST_A_SECOND,
}: GateOptions = {}): Transformer {
  const waiting: { readonly since: number; readonly go: () => void }[] = []
  /** When the last of those that a second may hold went. */
  const went: number[] = []
  let onTheWay = 0
  let ticks = 0
  let ticking = false

  /** Whether a second is not over in which as many went as may. */
  const isFull = () => performance.now() - (went.at(-aSecond) ?? -Infinity) < 1000

  function admit(): void {
    for (;;) {
      const first = waiting[0]
      if (!first) return
      const beyond = (ticks - first.since) / patience - 1
      const allowed = beyond < 0 ? 1 : 2 + Math.floor(4 * beyond)
      if (onTheWay >= Math.min(most, allowed) || isFull()) return
      went.push(performance.now())
      went.splice(0, went.length - aSecond)
      waiting.shift()
      onTheWay++
      first.go()
    }
  }

  function tick(): void {
    ticking = waiting.length > 0
    if (!ticking) return
    // Whoever waits for the next second waits for no network.
    if (!isFull()) ticks++
    admit()
    setTimeout(tick, TICK_MS)
  }

  function enter(): Promise<void> {
    return new Promise((go) => {
      waiting.push({ since: ticks, go })
      admit()
      if (ticking || waiting.length === 0) return
      ticking = true
      setTimeout(tick, TICK_MS)
    })
  }

  function leave(): void {
    onTheWay--
    admit()
  }

  return async (prev, method, payload, signal) => {
    if (!MAKES_A_MESSAGE.has(method)) return prev(method, payload, signal)
    await enter()
    try {
      // What is on its way cannot be called back, only forgotten.
      return await prev(method, payload)
    } finally {
      // Who sent this notes it first.
      setImmediate(leave)
    }
  }
}
