import { InUseError } from '../database/erase.ts'
import { toCallbackData } from './callback-data.ts'
import type { BotDeps, Exchange } from './exchange.ts'
import { plainError } from './plain-error.ts'
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

/** Forgets who says so, and says what was forgotten, and what is still to be. */
export async function forget(
  { store, questions }: BotDeps,
  { user, chat, isPrivate, log }: Exchange,
): Promise<string> {
  const forgotten = isPrivate ? SAY.forgotten : SAY.forgottenInGroup
  questions.forget(user, isPrivate ? chat : undefined)
  try {
    await (isPrivate ? store.forget(user, chat) : store.forget(user, undefined, undefined, chat))
  } catch (error) {
    if (!(error instanceof InUseError)) throw error
    log.warn({ err: plainError(error) }, 'forgotten on request, but not erased yet')
    return forgotten + SAY.notErasedYet
  }
  log.info('forgotten on request')
  return forgotten
}
