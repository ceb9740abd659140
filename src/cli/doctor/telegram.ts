/** What Telegram says of the bot, without taking any message. */
import { Api, GrammyError, HttpError } from 'grammy'
import type { UserFromGetMe, WebhookInfo } from 'grammy/types'
import { grammySignal } from '../../bot/send/grammy-signal.ts'
import { plainError } from '../../bot/plain-error.ts'
import { refusalOf } from '../../bot/send/refusals.ts'
import { chinaTime } from '../../china-time.ts'
import { codeOf } from '../../endpoint/unreached.ts'
import { agentFor } from '../../proxy.ts'
import type { Check, Finding } from './check.ts'
import { hostOf } from './host-of.ts'
import { SAY } from './say.ts'

const { telegram: SAID } = SAY

export const TELEGRAM = 'https://api.telegram.org'

export const telegram: Check = {
  name: 'Telegram',
  asks: true,
  async look({ patient: { config }, seconds, signal }) {
    const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: root = TELEGRAM } = config
    if (token === undefined) return []
    const api = new Api(token, {
      apiRoot: root.replace(/\/+$/u, ''),
      timeoutSeconds: seconds,
      baseFetchConfig: { agent: agentFor, redirect: 'error' },
    })
    try {
      const [me, info] = await Promise.all([
        api.getMe(grammySignal(signal)),
        api.getWebhookInfo(grammySignal(signal)),
      ])
      return [introduce(me), ...judgeUpdates(info, config.TELEGRAM_WEBHOOK_URL)]
    } catch (error) {
      return [failure(error, hostOf(root))]
    }
  },
}

const introduce = (me: UserFromGetMe) =>
  SAID.me(me.username, me.supports_inline_queries, me.can_read_all_group_messages)

/** Whether updates come to us: `wanted` is the webhook of the settings, none where they are fetched. */
export function judgeUpdates(info: WebhookInfo, wanted: string | undefined): Finding[] {
  const { url = '', pending_update_count: waiting } = info
  const { last_error_date: at, last_error_message: why = '' } = info
  if (wanted === undefined && url !== '') return [SAID.taken(hostOf(url))]
  if (wanted !== undefined && url === '') return [SAID.noWebhook()]
  if (wanted !== undefined && URL.parse(url)?.href !== URL.parse(wanted)?.href)
    return [SAID.otherWebhook(hostOf(url))]
  if (wanted !== undefined && at !== undefined)
    return [waiting > 0 ? SAID.fails(waiting, why) : SAID.failed(chinaTime(at * 1_000), why)]
  return [waiting > 0 ? SAID.waiting(waiting) : SAID.flowing()]
}

function failure(error: unknown, host: string): Finding {
  if (refusalOf(error) === 'token' || isUnknown(error)) return SAID.token()
  if (error instanceof HttpError) {
    const code = codeOf(error.error)
    return SAID.unreached(host, code ? `（${code}）` : '')
  }
  return SAID.refused(plainError(error).message)
}

/** A token that is none is a path that there is not. */
const isUnknown = (error: unknown) => error instanceof GrammyError && error.error_code === 404
