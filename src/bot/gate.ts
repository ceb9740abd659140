import type { Transformer } from 'grammy'

export interface GateOptions {
  readonly patienceMs?: number
  readonly most?: number
}

/** Whoever waited so long goes although others are on their way. */
const PATIENCE_MS = 1_000
const MOST_ON_THE_WAY = 32

/** What Telegram does anew each time it is asked. */
const MAKES_A_MESSAGE = new Set(['sendMessage'])

/**
 * Lets messages to Telegram one after the other: when the process is killed, those on their way may
 * have arrived without our knowing, and they alone come twice. A slow network does not stall: who
 * waited long goes too, up to a bound.
 */
export function gate({
  patienceMs = PATIENCE_MS,
  most = MOST_ON_THE_WAY,
}: GateOptions = {}): Transformer {
  const waiting: { readonly since: number; readonly go: () => void }[] = []
  let onTheWay = 0

  function admit(): void {
    for (;;) {
      const first = waiting[0]
      if (!first) return
      const late = performance.now() - first.since >= patienceMs
      if (onTheWay > 0 && (!late || onTheWay >= most)) return
      waiting.shift()
      onTheWay++
      first.go()
    }
  }

  function enter(): Promise<void> {
    return new Promise((go) => {
      waiting.push({ since: performance.now(), go })
      admit()
      if (waiting.length > 0) setTimeout(admit, patienceMs + 1)
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
