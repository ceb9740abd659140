import type { CallbackQuery, Message, Update } from 'grammy/types'
import type { Stored } from './inbox.ts'
import { commandIn } from './said.ts'
import { MESSAGE_LENGTH } from './split-message.ts'
import { authorOf } from './sender.ts'

/** Clients cut a text that is too long for a message somewhere in the second half of what one holds. */
const CUT_AFTER = MESSAGE_LENGTH / 2
/** At the very end where there is nothing to cut at; else white space fell away. */
const FULL = MESSAGE_LENGTH - 1
/** Its parts come some tenths of a second apart; the times in them are whole seconds. */
const NEXT_MS = 1_500
const APART_S = 3
const MOST_PARTS = 20

export interface PastesDeps {
  /** Takes each update in its order among those of whoever sent it, a text that came in parts as one. */
  readonly pass: (stored: Stored) => void
  readonly nextMs?: number
}

/** Holds a message that may be the beginning of a longer text until its last part is there. No other waits. */
export function createPastes({ pass, nextMs = NEXT_MS }: PastesDeps) {
  const held = new Map<string, { readonly parts: readonly Stored[]; timer?: NodeJS.Timeout }>()

  function release(key: string): void {
    const paste = held.get(key)
    if (!paste) return
    clearTimeout(paste.timer)
    held.delete(key)
    pass(joined(paste.parts))
  }

  /** What somebody taps comes after what they wrote there. */
  function releaseOf({ from, message: tapped }: CallbackQuery): void {
    for (const [key, { parts }] of held) {
      const message = parts[0]?.update.message
      const isTheirs = message && authorOf(message) === from.id
      if (isTheirs && message.chat.id === tapped?.chat.id) release(key)
    }
  }

  return {
    add(stored: Stored): void {
      const { message, callback_query: tap } = stored.update
      if (tap) releaseOf(tap)
      const key = senderOf(stored.update)
      const before = held.get(key)?.parts ?? []
      const continues = goesOn(message, before.at(-1)?.update.message)
      if (!continues) release(key)
      const parts = continues ? [...before, stored] : [stored]
      clearTimeout(held.get(key)?.timer)
      held.delete(key)
      if (isPart(stored) && parts.length < MOST_PARTS)
        held.set(key, { parts, timer: setTimeout(() => release(key), nextMs) })
      else pass(joined(parts))
    },
    /** How many updates are held. */
    size: () => held.values().reduce((sum, { parts }) => sum + parts.length, 0),
    /** Passes on nothing more. */
    close(): void {
      for (const { timer } of held.values()) clearTimeout(timer)
      held.clear()
    },
  }
}

/** Whether more of a text may follow in another message. */
const isPart = ({ update: { message }, isPlanned }: Stored) =>
  !isPlanned && !message?.forward_origin && (message?.text?.length ?? 0) > CUT_AFTER

/** Whether a message is what a client sends after another of the same sender's when it cuts a text. */
function goesOn(message: Message | undefined, before: Message | undefined): boolean {
  if (message?.text === undefined || before === undefined) return false
  const { reply_to_message: replied, message_thread_id: thread } = message
  // Each message of a topic replies to that topic.
  const isReply = replied !== undefined && replied.message_id !== thread
  const isOwn = message.forward_origin ?? message.external_reply ?? message.quote ?? message.via_bot
  return (
    message.date - before.date <= APART_S && !isReply && isOwn === undefined && !commandIn(message)
  )
}

/** The first update with the whole text, and the ids of those that the rest came in. */
function joined([first, ...rest]: readonly Stored[]): Stored {
  const message = first?.update.message
  if (!first || !message || rest.length === 0) return first!
  let { text = '', entities = [] } = message
  let before = text.length
  for (const { update } of rest) {
    const { text: more = '', entities: its = [] } = update.message!
    const glued = before >= FULL ? text : `${text}\n`
    entities = [...entities, ...its.map((one) => ({ ...one, offset: one.offset + glued.length }))]
    text = glued + more
    before = more.length
  }
  return {
    ...first,
    update: { ...first.update, message: { ...message, text, entities } },
    parts: rest.map(({ update }) => update.update_id),
  }
}

/** Whose messages in which place an update is one of. */
function senderOf({ message, edited_message: edited, update_id }: Update): string {
  const written = message ?? edited
  if (!written) return String(update_id)
  const { chat, message_thread_id: thread } = written
  return [chat.id, thread, authorOf(written)].join(' ')
}
