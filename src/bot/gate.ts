import type { Transformer } from 'grammy'

export interface GateOptions {
  /** Whoever waited so many ticks goes although others are on their way. */
  readonly patience?: number
  readonly most?: number
}

/** Counted in ticks, not in time: where this process was busy, what is on its way may have long arrived. */
const TICK_MS = 50
const PATIENCE = 20
const MOST_ON_THE_WAY = 32

/** What Telegram does anew each time it is asked. */
const MAKES_A_MESSAGE = new Set(['sendMessage'])

/**
 * Lets messages to Telegram one after the other: when the process is killed, those on their way may
 * have arrived without our knowing, and they alone come twice. A slow network does not stall: who
 * waited long goes too, up to a bound.
 */
export function gate({
  patience = PATIENCE,
  most = MOST_ON_THE_WAY,
}: GateOptions = {}): Transformer {
  const waiting: { readonly since: number; readonly go: () => void }[] = []
  let onTheWay = 0
  let ticks = 0
  let ticking = false

  function admit(): void {
    for (;;) {
      const first = waiting[0]
      if (!first) return
      const late = ticks - first.since >= patience
      if (onTheWay > 0 && (!late || onTheWay >= most)) return
      waiting.shift()
      onTheWay++
      first.go()
    }
  }

  function tick(): void {
    ticking = waiting.length > 0
    if (!ticking) return
    ticks++
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
