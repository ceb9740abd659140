import { toCallbackData } from './callback-data.ts'
import type { BotDeps, Exchange } from './exchange.ts'
import { SAY } from './replies.ts'
import type { Outgoing } from './send.ts'

/** What is written after `/forget` by who need not be asked whether they mean it. */
export const FORGET_ALL = '全部删除'

/** Asks whether all shall be forgotten: with buttons for who asks, or for a word of who taps as somebody else. */
export function askForget({ user, isPrivate, isOfChat }: Exchange): Outgoing {
  if (isOfChat) return { blocks: [SAY.askForgetAs(`/forget ${FORGET_ALL}`)] }
  return {
    blocks: [isPrivate ? SAY.askForget : SAY.askForgetInGroup],
    keyboard: [
      [
        { text: FORGET_ALL, callback_data: toCallbackData({ kind: 'forget', owner: user }) },
        { text: '不删', callback_data: toCallbackData({ kind: 'keep', owner: user }) },
      ],
    ],
  }
}

/** Forgets who says so, and says what was forgotten. */
export async function forget(
  { store }: BotDeps,
  { user, chat, isPrivate, log }: Exchange,
): Promise<string> {
  await (isPrivate ? store.forget(user, chat) : store.forget(user, undefined, undefined, chat))
  log.info('forgotten on request')
  return isPrivate ? SAY.forgotten : SAY.forgottenInGroup
}
