/**
 * Groups that become supergroups: another chat with another id, whose messages are numbered anew. Both
 * chats are told of it, and what is sent to the old one is refused with the new one's id; whichever
 * comes first is heeded, and what comes after changes nothing.
 */
import type { Transformer } from 'grammy'
import type { Update } from 'grammy/types'
import type { BotDeps } from '../exchange.ts'

/** The ids that a group had and has. */
export interface Move {
  readonly was: number
  readonly is: number
}

/** What an update tells of a move. */
export function moveIn({ message }: Update): Move | undefined {
  if (message?.migrate_to_chat_id !== undefined)
    return { was: message.chat.id, is: message.migrate_to_chat_id }
  if (message?.migrate_from_chat_id !== undefined)
    return { was: message.migrate_from_chat_id, is: message.chat.id }
  return undefined
}

/**
 * Keeps what was remembered of a group for the supergroup.
 * @throws what SQLite throws; then nothing of it is kept.
 */
export function noteMove(
  {
    store,
    pseudonym,
    settings: { allowed },
    log,
  }: Pick<BotDeps, 'store' | 'pseudonym' | 'settings' | 'log'>,
  { was, is }: Move,
): void {
  const isNew = store.move(pseudonym('chat', was, 0), pseudonym('chat', is, 0))
  if (isNew) log.info('a group became a supergroup')
  if (isNew && allowed.has(was) && !allowed.has(is))
    log.warn(
      { was, is },
      'TELEGRAM_ALLOWED_CHATS names a group that became a supergroup: it is served as before; write its new id there',
    )
}

/** Sends what was for the group to the supergroup. What is about one of its messages fails: there is none such. */
export function followMoves(note: (move: Move) => Promise<void>): Transformer {
  return async (prev, method, payload, signal) => {
    const result = await prev(method, payload, signal)
    const is = result.ok ? undefined : result.parameters?.migrate_to_chat_id
    if (is === undefined || !('chat_id' in payload)) return result
    await note({ was: Number(payload.chat_id), is })
    if ('message_id' in payload) return result
    const moved = { ...payload, chat_id: is }
    if ('reply_parameters' in moved) delete moved.reply_parameters
    return prev(method, moved, signal)
  }
}
