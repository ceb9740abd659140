import { setTimeout as sleep } from 'node:timers/promises'
import { type Api, GrammyError } from 'grammy'
import type { Logger } from '../../log.ts'
import { ALLOWED_UPDATES } from '../create-bot.ts'
import type { Disk } from './disk.ts'
import { grammySignal } from '../send/grammy-signal.ts'
import { plainError } from '../plain-error.ts'
import { askedWaitMs, refusalOf } from '../send/refusals.ts'
import type { Serve } from './serve.ts'

/** How long Telegram holds a request that has nothing to tell, in seconds. */
export const POLL_SECONDS = 25

const RETRY_MS = { first: 250, longest: 30_000 }
/** While so many updates wait, Telegram keeps the rest. */
const MOST_WAITING = 1_000
const ROOM_CHECK_MS = 20
const SOON_MS = 200
/** Two programs that take the updates from each other often are worse than one that gets none. */
const REMOVE_AGAIN_MS = 10 * 60_000

export interface PollDeps {
  readonly api: Api
  readonly serve: Serve
  /** Removes a webhook that another program set. */
  readonly removeWebhook: () => Promise<unknown>
  readonly disk: Disk
  readonly log: Logger
  readonly signal: AbortSignal
}

/** Fetches updates until the signal; what goes wrong is logged and tried again. */
export async function poll({
  api,
  serve,
  removeWebhook,
  disk,
  log,
  signal,
}: PollDeps): Promise<void> {
  let offset = 0
  let failures = 0
  let removedAt = Number.NEGATIVE_INFINITY
  while (!signal.aborted) {
    while (serve.size() >= MOST_WAITING && !signal.aborted) await pause(ROOM_CHECK_MS, signal)
    const asked = performance.now()
    try {
      const updates = await api.getUpdates(
        { offset, timeout: POLL_SECONDS, limit: 100, allowed_updates: ALLOWED_UPDATES },
        grammySignal(signal),
      )
      // Until they are stored none is acknowledged.
      const fresh = await disk.patiently(() => serve.take(updates), signal)
      offset = (updates.at(-1)?.update_id ?? offset - 1) + 1
      failures = 0
      // A server that holds no request, or does not heed the offset, would have us ask without end.
      if (fresh === 0 && performance.now() - asked < SOON_MS) await pause(SOON_MS, signal)
    } catch (error) {
      if (signal.aborted) return
      const delayMs = waitAfter(error, failures++)
      log.error({ err: plainError(error), delayMs }, explain(error))
      if (isOfWebhook(error) && performance.now() - removedAt > REMOVE_AGAIN_MS) {
        removedAt = performance.now()
        await removeWebhook()
      }
      await pause(delayMs, signal)
    }
  }
}

function waitAfter(error: unknown, failures: number): number {
  return askedWaitMs(error) ?? Math.min(RETRY_MS.longest, RETRY_MS.first * 2 ** failures)
}

const isConflict = (error: unknown): error is GrammyError =>
  error instanceof GrammyError && error.error_code === 409

/** Whether updates go to a webhook: “… while webhook is active”, “terminated by setWebhook request”. */
const isOfWebhook = (error: unknown) => isConflict(error) && /webhook/i.test(error.description)

function explain(error: unknown): string {
  if (isOfWebhook(error))
    return 'another program set a webhook for this bot: stop it, or give it a token of its own'
  if (isConflict(error))
    return 'another program fetches the updates of this bot: stop it, or give it a token of its own'
  if (refusalOf(error) === 'token')
    return 'Telegram no longer accepts TELEGRAM_BOT_TOKEN: get the current one from @BotFather'
  return 'no updates could be fetched; trying again'
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {})
}
