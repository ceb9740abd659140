import type { Context } from 'grammy'
import type { Message } from 'grammy/types'

/** A person, or a chat in whose name somebody writes: an anonymous admin in their group's, others in their channel's. */
export interface Sender {
  readonly id: number
  readonly isChat: boolean
}

/**
 * Whom an update comes from; nobody when a bot wrote it, also at somebody's request. What is sent in
 * the name of a chat has an author that stands for all such, and means nothing.
 */
export function senderOf(ctx: Context): Sender | undefined {
  const message = ctx.message ?? ctx.editedMessage
  const sender = authorIn(ctx)
  const isOfBot = !sender?.isChat && ctx.from?.is_bot === true
  return message?.via_bot || isOfBot ? undefined : sender
}

/** Whose an update is, also what a bot wrote for them. */
export function authorIn(ctx: Context): Sender | undefined {
  const message = ctx.message ?? ctx.editedMessage
  const chat = message?.sender_chat ?? ctx.messageReaction?.actor_chat
  if (chat) return { id: chat.id, isChat: true }
  return ctx.from && { id: ctx.from.id, isChat: false }
}

/** The id of whom a message is from: of a chat, where somebody writes in its name. */
export const authorOf = ({ sender_chat: chat, from }: Message): number | undefined =>
  chat?.id ?? from?.id

/** Whether somebody passes on what another wrote; the post of a channel that stands in its group is the channel's own. */
export const isPassedOn = ({ forward_origin: origin, is_automatic_forward: isPost }: Message) =>
  origin !== undefined && isPost !== true
