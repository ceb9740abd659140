import { HttpError, type Transformer } from 'grammy'
import type { Metrics } from '../../metrics/metrics.ts'
import type { Troubles } from '../../troubles.ts'
import { SAY } from '../replies.ts'
import { refusalIn } from './refusals.ts'

/** Counts each call of the Bot API, and notes whether Telegram can be reached and still takes the token. */
export function watchTelegram(
  troubles: Troubles,
  metrics: Pick<Metrics, 'telegram' | 'floodWait'>,
): Transformer {
  return async (prev, method, payload, signal) => {
    try {
      const result = await prev(method, payload, signal)
      metrics.telegram(method, result.ok ? 'ok' : codeOf(result.error_code))
      if (result.ok || result.error_code < 500) troubles.delete('unreachable')
      else troubles.set('unreachable', SAY.telegramFails(result.error_code))
      if (result.ok) {
        troubles.delete('token')
        if (method === 'getUpdates') troubles.delete('rival')
        return result
      }
      metrics.floodWait(result.parameters?.retry_after ?? 0)
      if (refusalIn(result) === 'token') troubles.set('token', SAY.tokenRefused)
      if (method === 'getUpdates' && result.error_code === 409) troubles.set('rival', SAY.rival)
      return result
    } catch (error) {
      if (error instanceof HttpError && !signal?.aborted) {
        metrics.telegram(method, 'unreachable')
        troubles.set('unreachable', SAY.telegramAway)
      }
      throw error
    }
  }
}

/** What the Bot API answers; whatever else stands before it is one. */
const CODES: ReadonlySet<number> = new Set([
  400, 401, 403, 404, 409, 413, 420, 429, 500, 502, 503, 504,
])
const codeOf = (code: number) => (CODES.has(code) ? String(code) : 'other')
