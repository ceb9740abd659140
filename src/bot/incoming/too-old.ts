import type { Message, UserFromGetMe } from 'grammy/types'
import { toCallbackData } from '../callback-data.ts'
import { chinaTime } from '../../china-time.ts'
import type { BotDeps, Exchange } from '../exchange.ts'
import { SAY } from '../replies.ts'
import { questionIn } from './said.ts'
import type { Outgoing } from '../send/send.ts'

/** Whoever asked so long ago has found another way, or would wonder at an answer out of the blue. */
export const TOO_OLD_MS = 6 * 3600 * 1000

/** Says so, with a button to ask again, when a message waited too long while nobody served. */
export function wasTooOld({ me, now }: BotDeps, message: Message, exchange: Exchange): boolean {
  const ageMs = now() - exchange.at
  if (ageMs <= TOO_OLD_MS) return false
  exchange.log.info({ ageMs }, 'too old to answer')
  exchange.say({
    blocks: [SAY.tooOld(chinaTime(exchange.at))],
    keyboard: askAgain(me, message),
  })
  return true
}

/** A button under our reply to a message that asks it again; none when it asks nothing. */
export function askAgain(
  me: UserFromGetMe,
  message: Message | undefined,
): NonNullable<Outgoing['keyboard']> {
  if (!message || questionIn(message, me) === '') return []
  return [[{ text: '再问一次', callback_data: toCallbackData({ kind: 'ask' }) }]]
}
