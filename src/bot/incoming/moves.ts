/**
 * Groups that become supergroups: another chat with another id, whose messages are numbered anew. Both
 * chats are told of it, and what is sent to the old one is refused with the new one's id; whichever
 * comes first is heeded, and what comes after changes nothing.
 */
import type { Transformer } from 'grammy'
import type { Update } from 'grammy/types'
import type { MovedChat, State } from '../../stores/state.ts'
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
 * @throws UnwritableError; then nothing of it is kept.
 */
export async function noteMove(
  {
    moves,
    pseudonym,
    settings: { allowed },
    log,
  }: Pick<BotDeps, 'moves' | 'pseudonym' | 'settings' | 'log'>,
  { was, is }: Move,
): Promise<void> {
  const chat = (id: number) => pseudonym('chat', id, 0)
  const isNew = await moves.note({ was: chat(was), chat: chat(is) })
  if (isNew) log.info('a group became a supergroup')
  if (isNew && allowed.has(was) && !allowed.has(is))
    log.warn(
      { was, is },
      'TELEGRAM_ALLOWED_CHATS names a group that became a supergroup: it is served as before; write its new id there',
    )
}

/** What groups were and are called, known without waiting. */
export async function createMoves(state: Pick<State, 'move' | 'moved'>) {
  const now = new Map((await state.moved()).map(({ was, chat }) => [was, chat]))
  return {
    isMoved: (chat: string): boolean => now.has(chat),
    /** What else a chat that moved was called, or is. */
    otherNamesOf: (chat: string): string[] => [
      ...now.entries().flatMap(([was, is]) => (is === chat ? [was] : [])),
      ...(now.has(chat) ? [now.get(chat)!] : []),
    ],
    /** Notes a move; false when it was known. */
    note(moved: MovedChat): Promise<boolean> {
      now.set(moved.was, moved.chat)
      return state.move(moved)
    },
  }
}

export type Moves = Awaited<ReturnType<typeof createMoves>>

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
