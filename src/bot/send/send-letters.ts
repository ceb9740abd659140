import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from 'grammy'
import type { Logger } from '../../log.ts'
import type { Disk } from '../updates/disk.ts'
import type { Holds } from './holds.ts'
import { plainError } from '../plain-error.ts'
import { type Refusal, askedWaitMs, refusalOf } from './refusals.ts'
import { type Planned, send } from './send.ts'

/** What was written for somebody who waits for it, and asks nothing just now. */
export interface Letter {
  /** What it is, for the log. */
  readonly kind: string
  readonly messages: readonly Planned[]
  /** Notes that all of it arrived; `message` is the last. */
  readonly arrived: (message: number) => Promise<void>
  /** Notes that it did not: whoever it is for `left` the bot, the place is `gone`, or the bot may say nothing there. */
  readonly refused: (why: Exclude<Refusal, 'passing' | 'token'>) => Promise<void>
  /** Whether it may come still; looked at again while it is tried, and then it waits. */
  readonly mayCome?: () => boolean
}

/** The first letter that waits and may be sent now, to a chat that takes any; noted as done before the next is asked for. */
export type Letters = (mayWrite: (chatId: number) => boolean) => Promise<Letter | undefined>

export interface SendLettersDeps {
  readonly api: Api
  readonly letters: readonly Letters[]
  readonly holds: Pick<Holds, 'mayWrite'>
  readonly disk: Disk
  readonly log: Logger
  /** Ends it; what is being sent then is waited for. */
  readonly signal: AbortSignal
  /** How often it is looked whether something was written: the desk may be another process. */
  readonly everyMs?: number
}

const EVERY_MS = 1000
/** While nothing can be sent at all it is tried ever more rarely. */
const LONGEST_MS = 30_000

/**
 * Sends letters, one after the other and of each kind in turn, until it is told to end; one that has to wait holds up no
 * other chat's. What was written stays until its arrival is noted: a letter that was in flight when the process was
 * killed may come twice, none is lost.
 */
export async function sendLetters(deps: SendLettersDeps): Promise<void> {
  const { letters, log, signal, everyMs = EVERY_MS } = deps
  let failures = 0
  while (!signal.aborted) {
    let sent = 0
    let failed = 0
    for (const next of letters) {
      try {
        if (!signal.aborted && (await sendNext(deps, next))) sent++
      } catch (error) {
        failed++
        log.warn({ err: plainError(error) }, 'a letter was not sent; tried again')
      }
    }
    failures = failed > 0 ? failures + 1 : 0
    const pauseMs = Math.min(LONGEST_MS, everyMs * 2 ** failures)
    if (sent === 0) await sleep(pauseMs, undefined, { signal }).catch(() => {})
  }
}

/** Sends the first that waits; false when none does. */
async function sendNext(deps: SendLettersDeps, next: Letters): Promise<boolean> {
  const { holds, disk, log, everyMs = EVERY_MS } = deps
  const letter = await next(holds.mayWrite)
  if (!letter) return false
  const { kind, messages, mayCome } = letter
  const until = new AbortController()
  const watch = setInterval(() => mayCome?.() === false && until.abort(), everyMs)
  let last = 0
  try {
    for (const [n, message] of messages.entries())
      last = await sendOne(deps, message, n > 0, until.signal)
  } catch (error) {
    const refusal = refusalOf(error)
    // Its chat is left alone until then.
    if (askedWaitMs(error) !== undefined) {
      log.info({ kind, err: plainError(error) }, 'a letter has to wait')
      return true
    }
    if (refusal === undefined || refusal === 'passing' || refusal === 'token') throw error
    log.info({ kind, err: plainError(error) }, 'a letter cannot be sent')
    await disk.patiently(() => letter.refused(refusal))
    return true
  } finally {
    clearInterval(watch)
  }
  await disk.patiently(() => letter.arrived(last))
  log.info({ kind }, 'a letter was sent')
  return true
}

/** Gives the id of the message. What `goesOn` is waited with, so that what was before it does not come again. */
async function sendOne(
  { api, log, signal }: SendLettersDeps,
  message: Planned,
  goesOn: boolean,
  until: AbortSignal,
): Promise<number> {
  for (;;) {
    try {
      return (await send(api, message, log, until)).message_id
    } catch (error) {
      const waitMs = askedWaitMs(error)
      if (!goesOn || waitMs === undefined || signal.aborted) throw error
      await sleep(waitMs, undefined, { signal }).catch(() => {})
    }
  }
}
