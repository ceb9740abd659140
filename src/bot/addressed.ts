import type { MessageEntity } from 'grammy/types'

/** What of a message tells whom it is for; every message of Telegram's has it. */
export interface Heard {
  readonly chat: { readonly type: string }
  readonly text?: string
  readonly caption?: string
  readonly entities?: readonly MessageEntity[]
  readonly caption_entities?: readonly MessageEntity[]
  readonly reply_to_message?:
    | {
        readonly from?: { readonly id: number }
        readonly text?: string
        readonly caption?: string
      }
    | undefined
}

export interface Self {
  readonly id: number
  readonly username: string
}

/** Whether a message is meant for the bot: all are in private; in a group those that mention it or reply to it. */
export function isAddressed(message: Heard, me: Self): boolean {
  if (message.chat.type === 'private') return true
  return message.reply_to_message?.from?.id === me.id || mentions(message, me).length > 0
}

/** Whether a message begins with a command, ours or not. */
export const isCommand = ({ entities }: Pick<Heard, 'entities'>): boolean =>
  entities?.some(({ type, offset }) => type === 'bot_command' && offset === 0) ?? false

/**
 * What a message asks, without the mention and the command before it. One that only mentions the
 * bot in reply to somebody asks what that one wrote.
 */
export function questionIn(message: Heard, me: Self): string {
  const own = withoutMentions(message, me)
    .replace(/^\/\w+(@\w+)?\s*/, '')
    .trim()
  if (own) return own
  const replied = message.reply_to_message
  const fromUs = replied?.from?.id === me.id
  return fromUs ? '' : (replied?.text ?? replied?.caption ?? '').trim()
}

function withoutMentions(message: Heard, me: Self): string {
  const text = textOf(message)
  let rest = ''
  let at = 0
  for (const { offset, length } of mentions(message, me)) {
    rest += text.slice(at, offset)
    at = offset + length
  }
  return (rest + text.slice(at)).trim()
}

function mentions(message: Heard, me: Self) {
  const text = textOf(message)
  return (message.entities ?? message.caption_entities ?? []).filter(
    (entity) =>
      (entity.type === 'text_mention' && entity.user.id === me.id) ||
      (entity.type === 'mention' &&
        text.slice(entity.offset, entity.offset + entity.length).toLowerCase() ===
          `@${me.username.toLowerCase()}`),
  )
}

const textOf = ({ text, caption }: Pick<Heard, 'text' | 'caption'>) => text ?? caption ?? ''
