import { setTimeout as sleep } from 'node:timers/promises'
import { HttpError, type Transformer } from 'grammy'
import type { Logger } from '../log.ts'
import type { GrammySignal } from './grammy-signal.ts'
import { plainError } from './plain-error.ts'

export interface RetryOptions {
  readonly log: Logger
  /** How long one call is tried, in milliseconds. */
  readonly patienceMs?: number
  readonly firstDelayMs?: number
  /** Ends every wait. */
  readonly signal?: GrammySignal
}

/** Worth nothing when late: a second try would only hold up what matters. */
const TRIED_ONCE = new Set([
  'sendChatAction',
  'sendMessageDraft',
  'setMessageReaction',
  'getUpdates',
])

const LONGEST_DELAY_MS = 30_000

/**
 * Tries a call of the Bot API again when Telegram asks to wait, fails inside or cannot be reached,. Everything else comes back as it is.
 */
export function retry({
  log,
  patienceMs = 3_600_000,
  firstDelayMs = 300,
  signal,
}: RetryOptions): Transformer {
  return async (prev, method, payload, callSignal) => {
    const started = performance.now()
    for (let attempt = 0; ; attempt++) {
      const last =
        TRIED_ONCE.has(method) ||
        performance.now() - started > patienceMs ||
        signal?.aborted === true ||
        callSignal?.aborted === true
      const backoff =
        Math.min(LONGEST_DELAY_MS, firstDelayMs * 2 ** attempt) * (0.75 + Math.random() / 2)
      let delayMs = backoff
      try {
        const result = await prev(method, payload, callSignal)
        if (result.ok) return result
        const { retry_after: seconds } = result.parameters ?? {}
        const passing = result.error_code === 429 || result.error_code >= 500
        if (!passing || last) return result
        if (seconds !== undefined) delayMs = seconds * 1000 + Math.random() * 250
        if (delayMs > patienceMs) return result
        log.warn(
          { method, code: result.error_code, delayMs: Math.round(delayMs) },
          'Telegram asks to try again',
        )
      } catch (error) {
        if (!(error instanceof HttpError) || callSignal?.aborted || last) throw error
        log.warn(
          { method, err: plainError(error), delayMs: Math.round(delayMs) },
          'Telegram cannot be reached',
        )
      }
      await pause(delayMs, signal, callSignal)
    }
  }
}

/** A wait that any of the signals cuts short. */
async function pause(ms: number, ...signals: readonly (GrammySignal | undefined)[]): Promise<void> {
  const cut = new AbortController()
  const abort = () => cut.abort()
  const given = signals.filter((signal) => signal !== undefined)
  if (given.some(({ aborted }) => aborted)) abort()
  for (const signal of given) signal.addEventListener('abort', abort)
  await sleep(ms, undefined, { signal: cut.signal }).catch(() => {})
  for (const signal of given) signal.removeEventListener('abort', abort)
}
