import type { Message } from 'grammy/types'
import { toCallbackData } from './callback-data.ts'
import { chinaTime } from '../china-time.ts'
import type { BotDeps, Exchange } from './exchange.ts'
import { SAY } from './replies.ts'

/** Whoever asked so long ago has found another way, or would wonder at an answer out of the blue. */
export const TOO_OLD_MS = 6 * 3600 * 1000

/** Says so, with a button to ask again, when a message waited too long while nobody served. */
export async function wasTooOld(
  { now }: BotDeps,
  message: Message,
  exchange: Exchange,
): Promise<boolean> {
  const sentAt = message.date * 1000
  if (now() - sentAt <= TOO_OLD_MS) return false
  const again = { text: '再问一次', callback_data: toCallbackData({ kind: 'ask' }) }
  exchange.log.info({ ageMs: now() - sentAt }, 'too old to answer')
  await exchange.say({
    blocks: [SAY.tooOld(chinaTime(sentAt))],
    keyboard: message.text === undefined ? [] : [[again]],
  })
  return true
}
