import type { Message, UserFromGetMe } from 'grammy/types'

/** Whether a message is meant for the bot: all are in private; in a group those that mention it or reply to it. */
export function isAddressed(message: Message, me: UserFromGetMe): boolean {
  if (message.chat.type === 'private') return true
  return message.reply_to_message?.from?.id === me.id || mentions(message, me).length > 0
}

/**
 * What a message asks, without the mention and the command before it. One that only mentions the
 * bot in reply to somebody asks what that one wrote.
 */
export function questionIn(message: Message, me: UserFromGetMe): string {
  const own = withoutMentions(message, me)
    .replace(/^\/\w+(@\w+)?\s*/, '')
    .trim()
  if (own) return own
  const replied = message.reply_to_message
  const fromUs = replied?.from?.id === me.id
  return fromUs ? '' : (replied?.text ?? replied?.caption ?? '').trim()
}

function withoutMentions(message: Message, me: UserFromGetMe): string {
  const text = textOf(message)
  let rest = ''
  let at = 0
  for (const { offset, length } of mentions(message, me)) {
    rest += text.slice(at, offset)
    at = offset + length
  }
  return (rest + text.slice(at)).trim()
}

function mentions(message: Message, me: UserFromGetMe) {
  const text = textOf(message)
  return (message.entities ?? message.caption_entities ?? []).filter(
    (entity) =>
      (entity.type === 'text_mention' && entity.user.id === me.id) ||
      (entity.type === 'mention' &&
        text.slice(entity.offset, entity.offset + entity.length).toLowerCase() ===
          `@${me.username.toLowerCase()}`),
  )
}

const textOf = ({ text, caption }: Message) => text ?? caption ?? ''
