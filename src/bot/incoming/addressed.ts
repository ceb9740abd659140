import { type Saying, type Self, mentions, wordsOf } from './said.ts'

export interface Heard extends Saying {
  readonly chat: { readonly type: string }
}

/** Whether a message is meant for the bot: all are in private; in a group those that mention it or reply to it. */
export function isAddressed(message: Heard, me: Self): boolean {
  if (message.chat.type === 'private') return true
  return message.reply_to_message?.from?.id === me.id || mentions(wordsOf(message), me).length > 0
}
