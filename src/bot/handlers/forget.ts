import { setImmediate as nextTurn } from 'node:timers/promises'
import { Context } from 'grammy'
import type { Update } from 'grammy/types'
import { toCallbackData } from '../callback-data.ts'
import type { BotDeps, Exchange } from '../exchange.ts'
import { moveIn } from '../incoming/moves.ts'
import { SAY } from '../replies.ts'
import type { Outgoing } from '../send/send.ts'
import { authorIn } from '../incoming/sender.ts'

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

/**
 * Forgets who says so, with what they said before and was not answered yet, in whichever chat; says what
 * was forgotten, and what is still to be.
 */
export async function forget(deps: BotDeps, exchange: Exchange): Promise<string> {
  const { state, questions, inbox, answering } = deps
  const { user, chat, isPrivate, updateId, log } = exchange
  const forgotten = isPrivate ? SAY.forgotten : SAY.forgottenInGroup
  const [own, shared] = isPrivate ? [chat, undefined] : [undefined, chat]
  // What was begun has noted by then what it notes without waiting.
  await nextTurn()
  // Of what is ended nothing more is noted, and what was is forgotten after it.
  const ended = inbox.forget(updateId, isSaidBy(deps, exchange), () => questions.forget(user, own))
  for (const id of ended) answering.stop(id)
  if (await state.forget({ user, chat: own, shared })) {
    log.info('forgotten on request')
    return forgotten
  }
  log.warn('forgotten on request, but not erased yet')
  return forgotten + SAY.notErasedYet
}

/** Whether an update brings what somebody said, wherever; that a group moved, or let us in, is for all in it. */
const isSaidBy =
  ({ api, me }: BotDeps, { userId }: Exchange) =>
  (update: Update): boolean =>
    authorIn(new Context(update, api, me))?.id === userId &&
    update.my_chat_member === undefined &&
    moveIn(update) === undefined
