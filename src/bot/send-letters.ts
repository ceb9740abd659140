import { setTimeout as sleep } from 'node:timers/promises'
import { type Api, GrammyError } from 'grammy'
import type { Logger } from '../log.ts'
import type { Disk } from './disk.ts'
import { plainError } from './plain-error.ts'
import { type Planned, send } from './send.ts'

/** What was written for somebody who waits for it, and asks nothing just now. */
export interface Letter {
  /** What it is, for the log. */
  readonly kind: string
  readonly messages: readonly Planned[]
  /** Notes that all of it arrived; `message` is the last. */
  readonly arrived: (message: number) => void
  /** Notes that it never will: whoever it is for `left` the bot, or the place is gone. */
  readonly refused: (why: 'left' | 'gone') => void
}

/** The first letter that waits and may be sent now, noted as done before the next is asked for. */
export type Letters = () => Letter | undefined

export interface SendLettersDeps {
  readonly api: Api
  readonly letters: readonly Letters[]
  readonly disk: Disk
  readonly log: Logger
  /** Ends it; what is being sent then is waited for. */
  readonly signal: AbortSignal
  /** How often it is looked whether something was written: the desk may be another process. */
  readonly everyMs?: number
}

const EVERY_MS = 1000

/**
 * Sends letters, one after the other and of each kind in turn, until it is told to end. What was written stays until its
 * arrival is noted: a letter that was in flight when the process was killed may come twice, none is lost.
 */
export async function sendLetters(deps: SendLettersDeps): Promise<void> {
  const { letters, log, signal, everyMs = EVERY_MS } = deps
  while (!signal.aborted) {
    let sent = 0
    for (const next of letters) {
      try {
        if (!signal.aborted && (await sendNext(deps, next))) sent++
      } catch (error) {
        log.warn({ err: plainError(error) }, 'a letter was not sent; tried again')
      }
    }
    if (sent === 0) await sleep(everyMs, undefined, { signal }).catch(() => {})
  }
}

/** Sends the first that waits; false when none does. */
async function sendNext({ api, disk, log }: SendLettersDeps, next: Letters): Promise<boolean> {
  const letter = next()
  if (!letter) return false
  const { kind, messages } = letter
  let last = 0
  try {
    for (const message of messages) last = (await send(api, message, log)).message_id
  } catch (error) {
    const why = refusalOf(error)
    if (why === undefined) throw error
    log.info({ kind, err: plainError(error) }, 'a letter cannot be sent')
    await disk.patiently(() => letter.refused(why))
    return true
  }
  await disk.patiently(() => letter.arrived(last))
  log.info({ kind }, 'a letter was sent')
  return true
}

/** Why it will never arrive; nothing where it may yet. */
function refusalOf(error: unknown): 'left' | 'gone' | undefined {
  if (!(error instanceof GrammyError) || error.error_code === 429 || error.error_code >= 500)
    return undefined
  return error.error_code === 403 ? 'left' : 'gone'
}
