import type { NextFunction } from 'grammy'
import type { Message, Update } from 'grammy/types'
import type { BotContext, BotDeps } from './exchange.ts'
import { wordsOf } from './said.ts'
import { MESSAGE_LENGTH } from './split-message.ts'

/** Whoever mends a question does it at once; later an answer that changes would only confuse. */
const MENDED_WITHIN_S = 120

/** Whether a message was edited soon enough to be answered anew. */
const isInTime = ({ date, edit_date: edited = date }: Message) => edited - date <= MENDED_WITHIN_S

/** Whether an edit makes an answer to what the message said before superfluous. */
export function supersedes({ edited_message: edited }: Update, before: Update): boolean {
  const old = writtenIn(before)
  return edited !== undefined && old !== undefined && isInTime(edited) && !saysTheSame(edited, old)
}

/** The message that an update brings, new or edited. */
export const writtenIn = ({ message, edited_message: edited }: Update): Message | undefined =>
  message ?? edited

const saysTheSame = (one: Message, other: Message) => wordsOf(one).text === wordsOf(other).text

/**
 * Lets an edit pass when it changes the words of a question in time; a change of anything else, or of
 * what asked nothing, is none of ours.
 */
export function onlyMended({ questions, pseudonym }: BotDeps, asks: (ctx: BotContext) => boolean) {
  return async (ctx: BotContext, next: NextFunction): Promise<void> => {
    const { editedMessage: edited, exchange } = ctx
    if (!edited) return next()
    const known = questions.find(exchange.chat, edited.message_id)
    if (!known || !isInTime(edited) || !asks(ctx)) return
    const isNew = known.words !== pseudonym('words', wordsOf(edited).text)
    // Begun before the process ended.
    if (isNew || known.asked === exchange.askedId) await next()
  }
}

/**
 * Notes each question; of an edited one what it asked before is forgotten, and its answer takes the
 * place of the old. One that was edited again meanwhile is left to that edit.
 */
export function noteQuestions(
  { questions, pseudonym, store, answering, now }: BotDeps,
  asks: (ctx: BotContext) => boolean,
) {
  return async (ctx: BotContext, next: NextFunction): Promise<void> => {
    const { exchange, editedMessage: edited } = ctx
    const { chat, user, askedId } = exchange
    const message = ctx.message ?? edited
    // What came in parts cannot be edited as one.
    if (!message || !asks(ctx) || wordsOf(message).text.length > MESSAGE_LENGTH) return next()
    const id = message.message_id
    const before = edited && questions.find(chat, id)
    if (before && before.asked !== askedId) store.retract(before.asked)
    const words = pseudonym('words', wordsOf(message).text)
    questions.note(chat, id, user, { asked: askedId, words }, now())
    if (answering.isSuperseded(exchange.updateId)) return
    if (before) ctx.exchange = { ...exchange, replaces: before.said }
    await next()
  }
}
