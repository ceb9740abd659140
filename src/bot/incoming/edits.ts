import type { NextFunction } from 'grammy'
import type { Message, Update } from 'grammy/types'
import type { BotContext, BotDeps } from '../exchange.ts'
import type { Brought } from './guard.ts'
import { wordsOf } from './said.ts'
import { MESSAGE_LENGTH } from '../render/split-message.ts'

/** Whoever mends a question does it at once; later an answer that changes would only confuse. */
const MENDED_WITHIN_S = 120

/** Whether a message was edited soon enough to be answered anew. */
const isInTime = ({ date, edit_date: edited = date }: Message) => edited - date <= MENDED_WITHIN_S

/** The message that an update brings, new or edited. */
export const writtenIn = ({ message, edited_message: edited }: Update): Message | undefined =>
  message ?? edited

/** The digest of what is asked in several messages: an edit of one says too little to be answered. */
const IN_PARTS = ''

const isInParts = (message: Message) => wordsOf(message).text.length > MESSAGE_LENGTH

/** Whether an edit may be answered: in time, and a question now, whatever it was. */
const mayMend = (ctx: BotContext, brought: Brought) =>
  ctx.editedMessage !== undefined && isInTime(ctx.editedMessage) && brought === 'question'

/** Whether an edit makes the answer to a question that is not answered yet superfluous. */
export function supersedes(
  ctx: BotContext,
  before: BotContext,
  broughtBy: (ctx: BotContext) => Brought,
): boolean {
  const [now, old] = [writtenIn(ctx.update), writtenIn(before.update)]
  return (
    now !== undefined &&
    old !== undefined &&
    mayMend(ctx, broughtBy(ctx)) &&
    broughtBy(before) === 'question' &&
    !isInParts(old) &&
    wordsOf(now).text !== wordsOf(old).text
  )
}

/**
 * Lets an edit pass when it makes another question of a message in time, be it of a question or of what
 * was none, or none for us. Of what was forgotten, and of one part of several, it does not.
 */
export function onlyMended(
  { questions, pseudonym }: BotDeps,
  broughtBy: (ctx: BotContext) => Brought,
) {
  return async (ctx: BotContext, next: NextFunction): Promise<void> => {
    const { editedMessage: edited, exchange } = ctx
    if (!edited) return next()
    const { chat, askedId } = exchange
    if (!mayMend(ctx, broughtBy(ctx)) || questions.isForgotten(chat, edited.message_id)) return
    const known = questions.find(chat, edited.message_id)
    const words = pseudonym('words', wordsOf(edited).text)
    const isNew = !known || (known.words !== IN_PARTS && known.words !== words)
    // Begun before the process ended.
    if (isNew || known.asked === askedId) await next()
  }
}

/**
 * Notes each question, and what we could make nothing of; of an edited one what it asked before is
 * forgotten, and its answer takes the place of what was said to it. One that was edited again meanwhile is
 * left to that edit.
 */
export function noteQuestions(
  { questions, pseudonym, store, answering, now }: BotDeps,
  broughtBy: (ctx: BotContext) => Brought,
) {
  return async (ctx: BotContext, next: NextFunction): Promise<void> => {
    const { exchange, editedMessage: edited } = ctx
    const { chat, user, askedId, parts } = exchange
    const message = ctx.message ?? edited
    if (!message || !broughtBy(ctx)) return next()
    const before = edited && questions.find(chat, edited.message_id)
    if (before && before.asked !== askedId) await store.retract(before.asked)
    if (!exchange.isOpen()) return
    const words = isInParts(message) ? IN_PARTS : pseudonym('words', wordsOf(message).text)
    for (const id of [message.message_id, ...(isInParts(message) ? parts : [])])
      questions.note(chat, id, user, { asked: askedId, words }, now())
    if (answering.isSuperseded(exchange.updateId)) return
    if (before) ctx.exchange = { ...exchange, mends: before }
    await next()
  }
}
