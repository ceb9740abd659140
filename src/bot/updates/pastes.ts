import type { CallbackQuery, Message, Update } from 'grammy/types'
import type { Stored } from './inbox.ts'
import { isAddressed } from '../incoming/addressed.ts'
import { type Self, commandIn, mentions, wordsOf } from '../incoming/said.ts'
import { MESSAGE_LENGTH } from '../render/split-message.ts'
import { authorOf } from '../incoming/sender.ts'

/** Clients cut a text that is too long for a message somewhere in the second half of what one holds. */
const CUT_AFTER = MESSAGE_LENGTH / 2
/** At the very end where there is nothing to cut at; else white space fell away. */
const FULL = MESSAGE_LENGTH - 1
/** Its parts come some tenths of a second apart; the times in them are whole seconds. */
const NEXT_MS = 1_500
const APART_S = 3
const MOST_PARTS = 20

type Written = NonNullable<Update['message']>

export interface PastesDeps {
  /** Takes each update in its order among those of whoever sent it, what came in parts as one. */
  readonly pass: (stored: Stored) => void
  readonly me: Self
  readonly nextMs?: number
}

/** Holds a message that may be the beginning of a longer text, or of an album, until its last part is there. No other waits. */
export function createPastes({ pass, me, nextMs = NEXT_MS }: PastesDeps) {
  const held = new Map<string, { readonly parts: readonly Stored[]; timer?: NodeJS.Timeout }>()

  function release(key: string): void {
    const paste = held.get(key)
    if (!paste) return
    clearTimeout(paste.timer)
    held.delete(key)
    pass(joined(paste.parts, me))
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
      const continues = goesOn(message, before.at(-1)?.update.message, me)
      if (!continues) release(key)
      const parts = continues ? [...before, stored] : [stored]
      clearTimeout(held.get(key)?.timer)
      held.delete(key)
      if (isPart(stored) && parts.length < MOST_PARTS)
        held.set(key, { parts, timer: setTimeout(() => release(key), nextMs) })
      else pass(joined(parts, me))
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

/** Whether more may follow in another message. */
function isPart({ update: { message }, isPlanned }: Stored): boolean {
  if (!message || isPlanned) return false
  const { media_group_id: album, forward_origin: origin, text = '' } = message
  return album !== undefined || (origin === undefined && text.length > CUT_AFTER)
}

/** Whether a message is what a client sends after another of the same sender's: of an album, or when it cuts a text. */
function goesOn(message: Message | undefined, before: Message | undefined, me: Self): boolean {
  if (message === undefined || before === undefined) return false
  const { reply_to_message: replied, message_thread_id: thread, media_group_id: album } = message
  if (album !== undefined || before.media_group_id !== undefined)
    return album === before.media_group_id
  if (message.text === undefined) return false
  // Each message of a topic replies to that topic.
  const isReply =
    replied !== undefined && !(message.is_topic_message && replied.message_id === thread)
  const isOwn = message.forward_origin ?? message.external_reply ?? message.quote ?? message.via_bot
  // Where people talk among themselves, calling the bot begins something new.
  const calls = message.chat.type !== 'private' && mentions(wordsOf(message), me).length > 0
  return (
    message.date - before.date <= APART_S &&
    !isReply &&
    isOwn === undefined &&
    !calls &&
    !commandIn(message)
  )
}

/** The first update with all that was said, and those that the rest came in. */
function joined(all: readonly Stored[], me: Self): Stored {
  const [first, ...rest] = all
  const messages = all.flatMap(({ update }) => update.message ?? [])
  if (!first || rest.length === 0) return first!
  const isAlbum = messages[0]!.media_group_id !== undefined
  const message = isAlbum ? speakerOf(messages, me) : wholeText(messages)
  return {
    ...first,
    update: { ...first.update, message },
    parts: rest.map(({ update }) => update),
  }
}

/** The message that speaks for an album: the first with words for us, or with any. */
function speakerOf(album: readonly Written[], me: Self): Written {
  const saying = album.filter((message) => wordsOf(message).text !== '')
  return saying.find((message) => isAddressed(message, me)) ?? saying[0] ?? album[0]!
}

function wholeText([first, ...rest]: readonly Written[]): Written {
  let { text = '', entities = [] } = first!
  let before = text.length
  for (const { text: more = '', entities: its = [] } of rest) {
    const glued = before >= FULL ? text : `${text}\n`
    entities = [...entities, ...its.map((one) => ({ ...one, offset: one.offset + glued.length }))]
    text = glued + more
    before = more.length
  }
  return { ...first!, text, entities }
}

/** Whose messages in which place an update is one of. */
function senderOf({ message, edited_message: edited, update_id }: Update): string {
  const written = message ?? edited
  if (!written) return String(update_id)
  const { chat, message_thread_id: thread, is_topic_message: isTopic } = written
  // Elsewhere a thread is what one message replies to, and the next part does not.
  return [chat.id, isTopic && thread, authorOf(written)].join(' ')
}
