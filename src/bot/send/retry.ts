import { setTimeout as sleep } from 'node:timers/promises'
import { HttpError, type Transformer } from 'grammy'
import type { Logger } from '../../log.ts'
import { MAKES_A_MESSAGE } from './gate.ts'
import type { GrammySignal } from './grammy-signal.ts'
import { plainError } from '../plain-error.ts'
import { refusalIn } from './refusals.ts'

export interface RetryOptions {
  readonly log: Logger
  /** How long one call is tried, in milliseconds, while Telegram fails inside or asks to wait. */
  readonly patienceMs?: number
  readonly firstDelayMs?: number
  readonly copyDelayMs?: number
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

/** What is said in a chat: whoever says it knows what else to do while that has to wait for longer than this. */
const SAID = new Set(['sendMessage', 'editMessageText'])
const BRIEF_MS = 5_000

const LONGEST_DELAY_MS = 30_000

/** What was sent twice and never answered for is sent again after so long, then ever more rarely: six times in the first day. */
const COPY_DELAY_MS = 5_000
const COPY_FACTOR = 12
const DAY_MS = 24 * 3600 * 1000

/**
 * Tries a call of the Bot API again: without a connection for as long as it takes, and while Telegram
 * fails inside or asks to wait as long as its patience lasts. Everything else comes back as it is.
 */
export function retry({
  log,
  patienceMs = 3_600_000,
  firstDelayMs = 300,
  copyDelayMs = COPY_DELAY_MS,
  signal,
}: RetryOptions): Transformer {
  const backoff = (attempt: number) =>
    Math.min(LONGEST_DELAY_MS, firstDelayMs * 2 ** attempt) * (0.75 + Math.random() / 2)

  return async (prev, method, payload, callSignal) => {
    const started = performance.now()
    const longestMs = SAID.has(method) ? BRIEF_MS : patienceMs
    const isOver = () => signal?.aborted === true || callSignal?.aborted === true
    const wait = (ms: number) => pause(ms, signal, callSignal)
    /** How often it was sent and not answered for. */
    let copies = 0

    /** Waits until Telegram's answers reach us. */
    async function untilAnswered(): Promise<void> {
      for (let attempt = 0; !isOver(); attempt++) {
        const isAnswered = await prev('getMe', {}, callSignal).then(
          () => true,
          () => false,
        )
        if (isAnswered) return
        await wait(backoff(attempt))
      }
    }

    for (let attempt = 0; ; attempt++) {
      const last = TRIED_ONCE.has(method) || isOver()
      let delayMs = backoff(attempt)
      try {
        const result = await prev(method, payload, callSignal)
        if (result.ok || last || refusalIn(result) !== 'passing') return result
        const { retry_after: seconds } = result.parameters ?? {}
        if (seconds !== undefined) delayMs = seconds * 1000 + Math.random() * 250
        if (delayMs > longestMs || performance.now() - started > patienceMs) return result
        log.warn(
          { method, code: result.error_code, delayMs: Math.round(delayMs) },
          'Telegram asks to try again',
        )
        await wait(delayMs)
      } catch (error) {
        if (!(error instanceof HttpError) || callSignal?.aborted || last) throw error
        if (MAKES_A_MESSAGE.has(method) && mayHaveArrived(error)) copies++
        const isCopied = copies > 1
        if (isCopied) delayMs = Math.min(DAY_MS, copyDelayMs * COPY_FACTOR ** (copies - 2))
        log.warn(
          { method, err: plainError(error), delayMs: Math.round(delayMs) },
          'Telegram cannot be reached',
        )
        await wait(delayMs)
        if (isCopied) await untilAnswered()
        if (isCopied && isOver()) throw error
      }
    }
  }
}

/** What fails before anything was sent, by its code or, where that says too little, its words. */
const CONNECTING =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|ENETDOWN|EHOSTUNREACH|EADDRNOTAVAIL|ERR_PROXY\w*|ERR_TLS\w*|\w*CERT\w*|UNABLE_TO\w*)$/
const WHILE_CONNECTING = /reason: (connect|getaddrinfo) |reason: $|before secure TLS connection/

/** Whether Telegram may have done what it was asked, though nothing came back. */
export function mayHaveArrived({ error }: HttpError): boolean {
  if (!(error instanceof Error)) return true
  const code = 'code' in error ? String(error.code) : ''
  return !CONNECTING.test(code) && !WHILE_CONNECTING.test(error.message)
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
