import { type Api, GrammyError } from 'grammy'
import type { ForceReply, InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types'
import type { Logger } from '../log.ts'
import { type Formatted, formatted } from './formatted.ts'
import { plainError } from './plain-error.ts'
import type { SendOnce } from './send-once.ts'
import { splitMessage } from './split-message.ts'

/** Where an answer belongs: its chat and topic, and the message it answers. */
export interface Spot {
  readonly chatId: number
  readonly threadId: number | undefined
  readonly replyTo: number | undefined
}

export interface Outgoing {
  readonly blocks: readonly (string | Formatted)[]
  readonly keyboard?: readonly (readonly InlineKeyboardButton[])[]
  /** Opens the reader's keyboard for a reply, with this hint. */
  readonly prompt?: string
}

/** Previews of links would push the answer off the screen. */
export const NO_PREVIEW = { is_disabled: true } as const

/**
 * Sends blocks as one message or as few as hold them, the keyboard under the last, and gives that
 * one's id. What Telegram refuses as malformed goes out plain rather than not at all.
 */
export async function send(
  api: Api,
  { chatId, threadId, replyTo }: Spot,
  { blocks, keyboard, prompt }: Outgoing,
  { once, log }: { once: SendOnce; log: Logger },
): Promise<number> {
  const messages = splitMessage(blocks.map((block) => formatted(block)))
  const thread = threadId === undefined ? {} : { message_thread_id: threadId }
  let lastId = 0
  for (const [i, { text, entities }] of messages.entries()) {
    const isLast = i === messages.length - 1
    const markup = isLast ? markupOf(keyboard, prompt) : undefined
    const options = {
      ...thread,
      entities: [...entities],
      link_preview_options: NO_PREVIEW,
      ...(i === 0 && replyTo !== undefined && { reply_parameters: inReplyTo(replyTo) }),
      ...(markup && { reply_markup: markup }),
    }
    lastId = await once({ chatId, text, ...options }, async () => {
      try {
        return (await api.sendMessage(chatId, text, options)).message_id
      } catch (error) {
        if (!isMalformed(error)) throw error
        log.error({ err: plainError(error) }, 'Telegram refused a message; it is sent plain')
        const plain = { ...thread, link_preview_options: NO_PREVIEW }
        return (await api.sendMessage(chatId, text, plain)).message_id
      }
    })
  }
  return lastId
}

/** The inline keyboard of rows that are not empty, if any is. */
export function inlineKeyboard(
  rows: readonly (readonly InlineKeyboardButton[])[] = [],
): InlineKeyboardMarkup | undefined {
  const filled = rows.filter((row) => row.length > 0).map((row) => [...row])
  return filled.length > 0 ? { inline_keyboard: filled } : undefined
}

function markupOf(
  keyboard: Outgoing['keyboard'],
  prompt: string | undefined,
): InlineKeyboardMarkup | ForceReply | undefined {
  const inline = inlineKeyboard(keyboard)
  if (inline || prompt === undefined) return inline
  return { force_reply: true, selective: true, input_field_placeholder: prompt }
}

/** A question that was deleted meanwhile is answered all the same. */
const inReplyTo = (messageId: number) => ({
  message_id: messageId,
  allow_sending_without_reply: true,
})

/** Refused for what it says, not for where it goes. */
const isMalformed = (error: unknown) =>
  error instanceof GrammyError &&
  error.error_code === 400 &&
  !/chat not found|user is deactivated|not enough rights|have no rights|TOPIC_CLOSED/i.test(
    error.description,
  )
