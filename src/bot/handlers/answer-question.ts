import type { InlineKeyboardButton, Message } from 'grammy/types'
import { courtesyIn } from '../../answer/courteous.ts'
import { readingsOf } from '../../answer/readings.ts'
import { circled } from '../../answer/reply.ts'
import {
  type Chat,
  REMEMBERED_MS,
  chatOf,
  placeUnknown,
  turnOf,
} from '../../conversation/conversation.ts'
import type { Asked } from '../../stores/conversations.ts'
import { citiesOf, placeUnclear } from '../../conversation/unclear-place.ts'
import type { Answer } from '../../corpus.ts'
import { orAborted } from '../../stop-signal.ts'
import { callStaffRows, isRefused } from './call-staff.ts'
import { fitsCallbackData, toCallbackData } from '../callback-data.ts'
import { chinaDay } from '../../china-time.ts'
import type { BotDeps, Exchange } from '../exchange.ts'
import { inRows } from '../render/in-rows.ts'
import { plainError } from '../plain-error.ts'
import { renderAnswer } from '../render/render-answer.ts'
import { heardIn, ownWords } from '../incoming/said.ts'
import { type Outgoing, remove } from '../send/send.ts'
import { type Stream, createStream } from '../send/stream.ts'

export interface QuestionAsked {
  readonly question: string
  /** Milliseconds since 1970. */
  readonly askedAt: number
  /** The chat as the question sees it. */
  readonly chat: Chat
  /** False where it goes on from nothing, whatever its words. */
  readonly followsUp?: false
  /** Shown above the answer when no message of the reader's shows it. */
  readonly shown?: boolean
}

/** What can be typed behind the bot's name in another chat. */
const QUERY_LENGTH = 256
/** Telegram shows that somebody types for five seconds. */
const TYPING_MS = 4_500
export const SOURCES_A_ROW = 4

/** Answers a question: shows that it is being answered, streams, remembers, says it. */
export async function answerQuestion(
  deps: BotDeps,
  exchange: Exchange,
  given: QuestionAsked,
): Promise<void> {
  const stopTyping = showTyping(exchange)
  const signal = deps.answering.begin(exchange.spot.chatId, exchange)
  // What is sent to a chat that moved arrives in another, where it cannot be edited from here.
  const streams = deps.settings.streams && !deps.moves.isMoved(exchange.chat)
  const stream = streams ? streamTo(deps, exchange, given) : undefined
  try {
    // After an interruption the answer may have been written already.
    const asked =
      (await deps.store.find(exchange.askedId)) ??
      (await ask(deps, exchange, given, signal, stream))
    exchange.say(outgoing(deps, exchange, asked, given, await stream?.end()))
  } catch (error) {
    await breakOff(exchange, await stream?.abandon())
    if (!signal.aborted) throw error
    exchange.log.info('answer stopped by the reader')
  } finally {
    stopTyping()
    deps.answering.end(exchange.updateId)
  }
}

/** Says that an answer was broken off, or takes away what was shown of it where its question was forgotten. */
async function breakOff(
  { say, isOpen, api, spot, log }: Exchange,
  broken: Outgoing | undefined,
): Promise<void> {
  if (broken?.over === undefined) return
  if (isOpen()) say(broken)
  else await remove(api, spot.chatId, [broken.over], log)
}

/**
 * What a question looks back on: what its message marks or replies to, or else what the same person
 * asked just before, and before the question was edited.
 */
export async function chatFor(
  { store, now, me }: BotDeps,
  { chat: name, user, mends }: Exchange,
  message?: Message,
): Promise<Chat> {
  const chat = await chatOf(store, name, user, now() - REMEMBERED_MS, mends?.at)
  if (!message || ownWords(message, me) === '') return chat
  const { quote, reply_to_message: replied } = message
  const answer = replied && (await store.findByMessage(name, replied.message_id))?.answer
  const about = heardIn(message, me)
  if (answer && !quote) return { ...chat, last: answer, history: [turnOf(answer)] }
  return about === '' ? chat : { ...chat, last: null, history: [{ question: about, answer: '' }] }
}

async function ask(
  { conversation, store, spend, now, log }: BotDeps,
  { chat: chatName, user, askedId, updateId, isOpen, mends }: Exchange,
  { question, askedAt, chat, followsUp }: QuestionAsked,
  signal: AbortSignal,
  stream: Stream | undefined,
): Promise<Asked> {
  const started = performance.now()
  const answering = conversation.ask(chat, question, {
    date: chinaDay(askedAt),
    ...(followsUp !== undefined && { followsUp }),
    signal,
    spend,
    ...(stream && { onStatement: (statement, cited) => stream.push(statement, cited) }),
  })
  const { answer } = await orAborted(answering, signal)
  // An edited question keeps its place among the others, behind what it was where staff keep that.
  const at = mends ? ((await store.find(mends.asked))?.askedAt ?? mends.at) : now()
  const asked = { id: askedId, chat: chatName, user, question, answer, askedAt: at }
  if (isOpen()) await store.record(asked)
  log.info(
    {
      update: updateId,
      status: answer.status,
      mode: answer.mode,
      model: answer.model,
      promptVersion: answer.promptVersion,
      passages: answer.citations.map(({ passageId }) => passageId),
      stages: Object.fromEntries((answer.trace ?? []).map(({ stage, ms: took }) => [stage, took])),
      ms: Math.round(performance.now() - started),
    },
    'answered',
  )
  return asked
}

/** An answer as it is said, in the place of what was shown of it. */
function outgoing(
  deps: BotDeps,
  exchange: Exchange,
  asked: Asked,
  { question, askedAt, chat, shown }: QuestionAsked,
  over: number | undefined,
): Outgoing {
  const { id, answer } = asked
  return {
    blocks: renderAnswer(answer, { today: chinaDay(askedAt), ...(shown && { asked: question }) }),
    keyboard: [
      ...answerKeyboard(id, answer, placeUnknown(chat, answer), {
        isShared: exchange.isPrivate && deps.me.supports_inline_queries,
      }),
      ...(isRefused(answer) ? callStaffRows(deps, exchange, asked, exchange.spot.replyTo) : []),
    ],
    over,
  }
}

/**
 * A button for each source, one for each of several cities where nobody said which, two to judge the
 * answer by, one for another place when that was unclear or not known, and one to share it by inline
 * mode; first one for each question that it offers, under a courtesy nothing else.
 */
export function answerKeyboard(
  id: string,
  answer: Answer,
  isPlaceUnknown = false,
  { isShared = false } = {},
): InlineKeyboardButton[][] {
  const offered = readingsOf(answer).map((text, n) => [
    { text, callback_data: toCallbackData({ kind: 'reading', asked: id, n }) },
  ])
  if (courtesyIn(answer)) return offered
  const cities = citiesOf(answer)
  const choices = isPlaceUnknown && cities.length > 1 ? cities.flatMap(cityButton(id)) : []
  return [
    ...offered,
    ...sourceRows(id, answer),
    ...(choices.length > 0 ? [choices] : []),
    [
      ...judgeButtons(id),
      ...(isPlaceUnknown || placeUnclear(answer)
        ? [{ text: '换个地区', callback_data: toCallbackData({ kind: 'places', asked: id }) }]
        : []),
      ...(isShared && answer.citations.length > 0 ? shareButton(answer) : []),
    ],
  ]
}

/** What is typed there, in one line. */
export const typedOf = (text: string) => text.toWellFormed().replaceAll(/\s+/gu, ' ').trim()

/** Opens another chat with the question typed behind the bot's name, where that takes so much. */
function shareButton({ standalone }: Answer): InlineKeyboardButton[] {
  const query = typedOf(standalone)
  return query.length > QUERY_LENGTH ? [] : [{ text: '转发', switch_inline_query: query }]
}

/** A button for each source of an answer. */
export function sourceRows(id: string, { citations }: Answer): InlineKeyboardButton[][] {
  const sources = citations.map(({ n }) => ({
    text: `${circled(n)} 原文`,
    callback_data: toCallbackData({ kind: 'source', asked: id, n }),
  }))
  return inRows(sources, SOURCES_A_ROW)
}

/** Two to judge an answer by. */
export const judgeButtons = (id: string): InlineKeyboardButton[] => [
  { text: '有用', callback_data: toCallbackData({ kind: 'useful', asked: id }) },
  { text: '有误', callback_data: toCallbackData({ kind: 'wrong', asked: id }) },
]

/** Asks the same of one city, which becomes the chat's; none for a name that is too long for a button. */
function cityButton(asked: string) {
  return (place: string): InlineKeyboardButton[] => {
    const tap = { kind: 'place', asked, place } as const
    return fitsCallbackData(tap)
      ? [{ text: `只看${place}`, callback_data: toCallbackData(tap) }]
      : []
  }
}

function streamTo(
  { inbox }: BotDeps,
  { api, spot, isPrivate, updateId, mends, log }: Exchange,
  { askedAt }: QuestionAsked,
): Stream {
  const over = mends?.said[0]
  return createStream({
    api,
    spot,
    // What an old answer is written over with needs no draft beside it.
    isPrivate: isPrivate && over === undefined,
    draftId: updateId || 1,
    today: chinaDay(askedAt),
    shown: inbox.shown(updateId) ?? over,
    onShown: (message) => inbox.show(updateId, message),
    log,
  })
}

/** Shows that somebody types until told to stop; whether that succeeds matters to nothing. */
function showTyping({ api, spot: { chatId, threadId }, log }: Exchange): () => void {
  const show = () => {
    api
      .sendChatAction(
        chatId,
        'typing',
        threadId === undefined ? {} : { message_thread_id: threadId },
      )
      .catch((error: unknown) => log.debug({ err: plainError(error) }, 'typing was not shown'))
  }
  show()
  const timer = setInterval(show, TYPING_MS)
  return () => clearInterval(timer)
}
