/**
 * Where Telegram brings updates is one setting of a token, which any program that has the token changes:
 * a copy that polls removes it, another sets its own. Nobody is told of it but who asks.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from 'grammy'
import type { WebhookInfo } from 'grammy/types'
import { clock } from '../../clock.ts'
import type { Logger } from '../../log.ts'
import { grammySignal } from '../send/grammy-signal.ts'
import { plainError } from '../plain-error.ts'
import { SAY } from '../replies.ts'
import type { Troubles } from '../../troubles.ts'

export interface WatchWebhookDeps {
  readonly api: Api
  /** Where updates are to come, and what says so to Telegram. */
  readonly url: string
  readonly set: () => Promise<unknown>
  /** Tells whoever looks after the bot. */
  readonly tell: (text: string) => void
  readonly troubles: Troubles
  readonly log: Logger
  readonly signal: AbortSignal
  readonly everyMs?: number
}

const FIRST_MS = 60_000
const EVERY_MS = 300_000
/** Two programs that take it from each other often are worse than one that is deaf. */
const SET_AGAIN_MS = 20 * 60_000
const TELL_AGAIN_MS = 6 * 3600_000

/** Asks Telegram now and then whether updates still come to us; sets the webhook again where it is another's. */
export async function watchWebhook({
  api,
  url,
  set,
  tell,
  troubles,
  log,
  signal,
  everyMs = EVERY_MS,
}: WatchWebhookDeps): Promise<void> {
  let since = clock.now()
  let setAt = Number.NEGATIVE_INFINITY
  let toldAt = Number.NEGATIVE_INFINITY
  const isLongAgo = (at: number, ms: number) => performance.now() - at > ms

  async function look(): Promise<void> {
    const info = await api.getWebhookInfo(grammySignal(signal))
    if (info.pending_update_count === 0) since = clock.now()
    const trouble = troubleOf(info, url, since)
    if (trouble === undefined) return void troubles.delete('webhook')
    if (troubles.get('webhook') !== trouble) {
      troubles.set('webhook', trouble)
      const { pending_update_count: waiting, last_error_message: why } = info
      log.error({ host: hostOf(info), waiting, why }, 'updates do not come to our webhook')
    }
    if (isLongAgo(toldAt, TELL_AGAIN_MS)) {
      toldAt = performance.now()
      tell(trouble)
    }
    if (isAt(info, url) || !isLongAgo(setAt, SET_AGAIN_MS)) return
    setAt = performance.now()
    await set()
    troubles.delete('webhook')
    log.warn('the webhook is set again')
  }

  await sleep(Math.min(FIRST_MS, everyMs), undefined, { signal }).catch(() => {})
  while (!signal.aborted) {
    await look().catch((error: unknown) => {
      if (!signal.aborted)
        log.warn({ err: plainError(error) }, 'the webhook could not be looked at')
    })
    await sleep(everyMs, undefined, { signal }).catch(() => {})
  }
}

/** Fetching needs that there is no webhook; gives the host to which updates went until now, if there was one. */
export async function removeWebhook(
  api: Api,
  log: Logger,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const host = hostOf(await api.getWebhookInfo(grammySignal(signal)))
    await api.deleteWebhook({}, grammySignal(signal))
    if (host !== undefined) log.warn({ host }, 'a webhook was removed: updates are fetched')
    return host
  } catch (error) {
    if (!signal.aborted) log.warn({ err: plainError(error) }, 'a webhook could not be removed')
    return undefined
  }
}

/** Why updates do not come to us, in a sentence; `since` is when none was waiting. */
function troubleOf(info: WebhookInfo, url: string, since: number): string | undefined {
  if (!isAt(info, url)) return SAY.webhookTaken(hostOf(info))
  const { pending_update_count: waiting, last_error_date: at = 0, last_error_message: why } = info
  const isFailing = waiting > 0 && at >= Math.floor(since / 1000)
  return isFailing ? SAY.webhookFails(why ?? '') : undefined
}

/** However the address is written. */
const isAt = ({ url = '' }: WebhookInfo, ours: string) =>
  URL.parse(url)?.href === URL.parse(ours)?.href

/** An address may hold what nobody else shall know; a host says whose it is. */
const hostOf = ({ url = '' }: WebhookInfo) => (url === '' ? undefined : URL.parse(url)?.host)
