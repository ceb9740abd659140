import type { Transformer } from 'grammy'
import { refusalIn } from './send/refusals.ts'
import { SAY } from './replies.ts'

/** What keeps the bot from hearing or saying anything just now, in a sentence each for whoever runs it. */
export type Troubles = Map<'token' | 'webhook', string>

/** Notes whether Telegram still takes the token. */
export function watchToken(troubles: Troubles): Transformer {
  return async (prev, method, payload, signal) => {
    const result = await prev(method, payload, signal)
    if (result.ok) troubles.delete('token')
    else if (refusalIn(result) === 'token') troubles.set('token', SAY.tokenRefused)
    return result
  }
}
