import type { Transformer } from 'grammy'
import { SHUTS, refusalIn } from './refusals.ts'

/** What Telegram counts together in a chat: whoever writes too much waits with all of it. */
const WRITES = new Set(['sendMessage', 'editMessageText', 'sendMessageDraft'])

/** Nothing tells us that a group lets us write again. */
const SHUT_MS = 120_000

/**
 * The chats in which nothing can be written just now: those where Telegram asks to wait, which it is not
 * asked again until then, and those that refused a message, where nothing is worth working out for a while.
 */
export function createHolds({ shutMs = SHUT_MS, now = () => performance.now() } = {}) {
  const waits = new Map<number, number>()
  const shut = new Map<number, number>()

  function leftMs(until: Map<number, number>, chat: number): number {
    const left = (until.get(chat) ?? 0) - now()
    if (left <= 0) until.delete(chat)
    return Math.max(0, left)
  }

  const heed: Transformer = async (prev, method, payload, signal) => {
    const chat = WRITES.has(method) && 'chat_id' in payload ? Number(payload.chat_id) : undefined
    if (chat === undefined) return prev(method, payload, signal)
    const left = leftMs(waits, chat)
    if (left > 0) return waitFor(Math.ceil(left / 1000))
    const result = await prev(method, payload, signal)
    if (result.ok) {
      shut.delete(chat)
      return result
    }
    const { retry_after: seconds } = result.parameters ?? {}
    if (seconds !== undefined) waits.set(chat, now() + seconds * 1000)
    if (SHUTS.has(refusalIn(result))) shut.set(chat, now() + shutMs)
    return result
  }

  return {
    /** Refuses in Telegram's stead what it asked to wait with. */
    heed,
    mayWrite: (chat: number) => leftMs(waits, chat) === 0,
    isShut: (chat: number) => leftMs(shut, chat) > 0,
    /** The bot's rights in a chat changed. */
    reopen: (chat: number) => void shut.delete(chat),
  }
}

export type Holds = ReturnType<typeof createHolds>

const waitFor = (seconds: number) => ({
  ok: false as const,
  error_code: 429,
  description: `Too Many Requests: retry after ${seconds}`,
  parameters: { retry_after: seconds },
})
