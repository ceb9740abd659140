import { type Api, GrammyError } from 'grammy'
import type {
  ForceReply,
  InlineKeyboardButton,
  InlineKeyboardMarkup,
  Message,
  MessageEntity,
  ReplyParameters,
} from 'grammy/types'
import type { Prompt } from '../../stores/conversations.ts'
import type { Logger } from '../../log.ts'
import { type Formatted, formatted } from '../render/formatted.ts'
import { grammySignal } from './grammy-signal.ts'
import { plainError } from '../plain-error.ts'
import { refusalOf } from './refusals.ts'
import { SAY } from '../replies.ts'
import { splitMessage } from '../render/split-message.ts'

/** Where an answer belongs: its chat and topic, and the message it answers. */
export interface Spot {
  readonly chatId: number
  readonly threadId: number | undefined
  readonly replyTo: number | undefined
}

export interface Outgoing {
  readonly blocks: readonly (string | Formatted)[]
  readonly keyboard?: readonly (readonly InlineKeyboardButton[])[]
  /** What a reply to it is for; without a keyboard it opens the reader's for one. */
  readonly prompt?: Prompt
  /** The message in whose place it goes, where that can still be written over. */
  readonly over?: number | undefined
}

/** One message as Telegram is told it: plain data, which can be kept until it has arrived. */
export interface Planned {
  readonly chatId: number
  readonly text: string
  readonly options: {
    message_thread_id?: number
    entities: MessageEntity[]
    link_preview_options: { is_disabled: true }
    reply_parameters?: ReplyParameters
    reply_markup?: InlineKeyboardMarkup | ForceReply
  }
  readonly prompt?: Prompt
  readonly over?: number | undefined
  /** Messages that go once it stands, but for the one that it is written over. */
  readonly stale?: readonly number[]
}

/** Previews of links would push the answer off the screen. */
export const NO_PREVIEW = { is_disabled: true } as const

const HINTS: Readonly<Record<Prompt['purpose'], string>> = {
  complaint: '哪里不对',
  claim: '要核对的话',
  place: '地名',
  question: '想问什么',
}

/** Blocks as one message or as few as hold them, the keyboard under the last. */
export function messagesOf(
  { chatId, threadId, replyTo }: Spot,
  { blocks, keyboard, prompt, over }: Outgoing,
): Planned[] {
  const messages = splitMessage(blocks.map((block) => formatted(block)))
  return messages.map(({ text, entities }, i) => {
    const isFirst = i === 0
    const isLast = i === messages.length - 1
    const markup = isLast ? markupOf(keyboard, prompt) : undefined
    return {
      chatId,
      text,
      options: {
        ...(threadId !== undefined && { message_thread_id: threadId }),
        entities: [...entities],
        link_preview_options: NO_PREVIEW,
        ...(isFirst && replyTo !== undefined && { reply_parameters: inReplyTo(replyTo) }),
        ...(markup && { reply_markup: markup }),
      },
      ...(isLast && prompt && { prompt }),
      ...(isFirst && over !== undefined && { over }),
    }
  })
}

/** The same in the place of messages that said something else before; of those none stays. */
export const inPlaceOf = (said: readonly Planned[], before: readonly number[]): Planned[] =>
  said.map((planned, i) => ({
    ...planned,
    ...(before[i] !== undefined && { over: before[i] }),
    stale: before.slice(i, i === said.length - 1 ? undefined : i + 1),
  }))

/** Takes away messages; what cannot be taken away stays. */
export async function remove(
  api: Api,
  chatId: number,
  messages: readonly number[],
  log: Logger,
): Promise<void> {
  for (const id of messages)
    await api
      .deleteMessage(chatId, id)
      .catch((error: unknown) => log.info({ err: plainError(error) }, 'an old message stays'))
}

/**
 * Sends one message and gives it as it arrived, or its id where it was written over another. What
 * Telegram refuses as malformed goes out plain rather than not at all, and outside a topic that it does
 * not know. It is tried until `until` ends that.
 * @throws what the Bot API refuses, in whichever form.
 */
export async function send(
  api: Api,
  planned: Planned,
  log: Logger,
  until?: AbortSignal,
): Promise<Pick<Message, 'message_id'> & Partial<Pick<Message, 'date'>>> {
  const { chatId, text, options, over } = planned
  if (over !== undefined && (await writeOver(api, planned, over, log))) return { message_id: over }
  const signal = until && grammySignal(until)
  try {
    return await api.sendMessage(chatId, text, options, signal)
  } catch (error) {
    const { message_thread_id: thread, ...anywhere } = options
    if (refusalOf(error) === 'thread' && thread !== undefined) {
      log.warn(
        { err: plainError(error) },
        'Telegram does not know a topic; a message goes without it',
      )
      return await send(api, { chatId, text, options: anywhere }, log, until)
    }
    if (refusalOf(error) !== 'words') throw error
    const unlinked = isRefusedButton(error) && withoutLinks(options)
    if (unlinked) {
      log.warn({ err: plainError(error) }, 'Telegram refused a button; it is left away')
      return await send(api, { chatId, text, options: unlinked }, log, until)
    }
    log.error({ err: plainError(error) }, 'Telegram refused a message; it is sent plain')
    const plain = {
      link_preview_options: NO_PREVIEW,
      ...(thread !== undefined && { message_thread_id: thread }),
    }
    return await api.sendMessage(chatId, text, plain, signal)
  }
}

/** Says in the place of a message that Telegram takes in no form that it could not be said, with nothing to refuse. */
export async function apologise(
  api: Api,
  { chatId, options: { message_thread_id: thread } }: Planned,
): Promise<Message> {
  return api.sendMessage(
    chatId,
    SAY.cannotBeSent,
    thread === undefined ? {} : { message_thread_id: thread },
  )
}

/** Whether it could be done: one that is gone or too old is left. */
async function writeOver(
  api: Api,
  { chatId, text, options }: Planned,
  over: number,
  log: Logger,
): Promise<boolean> {
  const { entities, link_preview_options, reply_markup: markup } = options
  const kept = { entities, link_preview_options }
  const keys = markup && 'inline_keyboard' in markup ? { reply_markup: markup } : {}
  try {
    await api.editMessageText(chatId, over, text, { ...kept, ...keys }).catch(ignoreNotModified)
    return true
  } catch (error) {
    if (!(error instanceof GrammyError) || error.error_code !== 400) throw error
    log.info({ err: plainError(error) }, 'a message cannot be written over; it is sent anew')
    return false
  }
}

/** The message says already what it shall say. */
export function ignoreNotModified(error: unknown): true {
  if (error instanceof GrammyError && error.description.includes('message is not modified'))
    return true
  throw error
}

function markupOf(
  rows: Outgoing['keyboard'] = [],
  prompt: Prompt | undefined,
): InlineKeyboardMarkup | ForceReply | undefined {
  const filled = rows.filter((row) => row.length > 0).map((row) => [...row])
  if (filled.length > 0) return { inline_keyboard: filled }
  if (!prompt) return undefined
  return { force_reply: true, selective: true, input_field_placeholder: HINTS[prompt.purpose] }
}

/** The same without buttons that lead out of Telegram; nothing where there are none. */
function withoutLinks({ reply_markup: markup, ...rest }: Planned['options']) {
  if (!markup || !('inline_keyboard' in markup)) return undefined
  const rows = markup.inline_keyboard.map((row) => row.filter((button) => !('url' in button)))
  if (rows.flat().length === markup.inline_keyboard.flat().length) return undefined
  const kept = markupOf(rows, undefined)
  return { ...rest, ...(kept && { reply_markup: kept }) }
}

const isRefusedButton = (error: unknown) =>
  error instanceof GrammyError && /button/i.test(error.description)

/** A question that was deleted meanwhile is answered all the same. */
const inReplyTo = (messageId: number) => ({
  message_id: messageId,
  allow_sending_without_reply: true,
})
