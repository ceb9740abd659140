import type { CallbackQuery, Message } from 'grammy/types'
import { readingsOf } from '../../answer/readings.ts'
import { NEW_CHAT } from '../../conversation/conversation.ts'
import { EXAMPLES } from '../../conversation/wording.ts'
import { answerQuestion, chatFor } from './answer-question.ts'
import { callStaff, callStaffRows, uncallStaff } from './call-staff.ts'
import { type Tap, parseCallbackData } from '../callback-data.ts'
import { checkClaim } from './check-claim.ts'
import type { BotDeps, Exchange } from '../exchange.ts'
import { forget } from './forget.ts'
import { askElsewhere, askPlace, settlePlace } from './place.ts'
import { mayUnfollow, unfollow } from './follow.ts'
import { plainError } from '../plain-error.ts'
import { listedQuery } from '../render/render-lists.ts'
import { SAY } from '../replies.ts'
import { questionIn, wordsOf } from '../incoming/said.ts'
import type { Outgoing } from '../send/send.ts'
import { articleList, articleMessage, showArticle, showSource } from './show-source.ts'
import { complaintList, unansweredList } from './staff.ts'

/** Does what a button says. The button stops spinning first: what follows may take a while. */
export function onTap(deps: BotDeps) {
  return async function handle(query: CallbackQuery, exchange: Exchange): Promise<void> {
    const tap = parseCallbackData(query.data ?? '')
    const refusal = tap && (await refusalOf(deps, exchange, tap))
    if (refusal !== undefined) return acknowledge(exchange, query, refusal, true)
    acknowledge(exchange, query, tap?.kind === 'useful' ? SAY.thanks : undefined)
    if (tap) await doTap(deps, exchange, tap, messageOf(query))
  }
}

/** Why a tap does nothing: what the button does concerns one person, and somebody else tapped it. */
async function refusalOf(deps: BotDeps, exchange: Exchange, tap: Tap): Promise<string | undefined> {
  const { store } = deps
  const { user, isPrivate } = exchange
  if (tap.kind === 'unfollow')
    return (await mayUnfollow(deps, exchange, tap)) ? undefined : SAY.onlyWhoFollows
  if (tap.kind === 'callStaff' || tap.kind === 'uncallStaff')
    return ((await store.find(tap.asked))?.user ?? user) === user ? undefined : SAY.onlyWhoAsked
  if (tap.kind !== 'forget' && tap.kind !== 'keep') return undefined
  if (tap.owner === undefined) return isPrivate ? undefined : SAY.ofNobody
  return tap.owner === user ? undefined : SAY.onlyWhoBegan
}

/** Stops the spinning of a button, with a word over the chat or in a window if there is one; waits for nothing. */
export function acknowledge(
  { api, log }: Exchange,
  { id }: Pick<CallbackQuery, 'id'>,
  text?: string,
  isAlert = false,
): void {
  api
    .answerCallbackQuery(id, text === undefined ? {} : { text, show_alert: isAlert })
    // A tap from before a restart is too old to be acknowledged, and still means what it says.
    .catch((error: unknown) => log.info({ err: plainError(error) }, 'a tap was not acknowledged'))
}

async function doTap(
  deps: BotDeps,
  exchange: Exchange,
  tap: Tap,
  message: Message | undefined,
): Promise<void> {
  const { store, now } = deps
  const { say, user, chat } = exchange
  switch (tap.kind) {
    case 'source': {
      const asked = await store.find(tap.asked)
      if (!asked) return say(SAY.gone)
      return showSource(deps, exchange, asked, tap.n)
    }
    case 'useful':
      await store.judge(tap.asked, user, { verdict: 'useful', comment: null }, now())
      return
    case 'wrong': {
      const asked = await store.find(tap.asked)
      const said = { verdict: 'wrong', comment: null } as const
      const kept = exchange.isOpen() && (await store.judge(tap.asked, user, said, now()))
      if (!kept || !asked) return say(SAY.gone)
      const asking = message?.reply_to_message?.message_id ?? message?.message_id
      return say({
        blocks: [SAY.whatWasWrong],
        keyboard: callStaffRows(deps, exchange, asked, asking),
        prompt: { purpose: 'complaint', about: tap.asked },
      })
    }
    case 'reading': {
      const asked = await store.find(tap.asked)
      const question = asked && readingsOf(asked.answer)[tap.n]
      if (question === undefined) return say(SAY.gone)
      return answerQuestion(deps, exchange, {
        question,
        askedAt: exchange.at,
        chat: { ...NEW_CHAT, place: await store.place(chat) },
        followsUp: false,
        shown: true,
      })
    }
    case 'places':
      return askPlace(deps, exchange, tap.asked)
    case 'place':
      return askElsewhere(deps, exchange, tap.asked, tap.place)
    case 'settle':
      return settlePlace(deps, exchange, tap.place)
    case 'articles': {
      const list = await articleList(
        deps,
        listedQuery(message ? wordsOf(message).text : ''),
        tap.page,
      )
      return turnPage(exchange, message, list)
    }
    case 'article':
      return showArticle(deps, exchange, tap.article)
    case 'turn': {
      const article = await articleMessage(deps, tap.article, tap.page)
      return turnPage(exchange, message, article ?? { blocks: [SAY.articleGone] })
    }
    case 'example': {
      const question = EXAMPLES[tap.n]
      if (!question) return
      return answerQuestion(deps, exchange, {
        question,
        askedAt: exchange.at,
        chat: await chatFor(deps, exchange),
        shown: true,
      })
    }
    case 'check':
    case 'ask': {
      const original = message?.reply_to_message
      const text = original ? questionIn(original, deps.me) : ''
      if (text === '') return say(SAY.gone)
      if (tap.kind === 'check') return checkClaim(deps, exchange, text)
      return answerQuestion(deps, exchange, {
        question: text,
        askedAt: exchange.at,
        chat: await chatFor(deps, exchange),
      })
    }
    case 'unanswered':
      return exchange.isStaff
        ? turnPage(exchange, message, await unansweredList(deps, tap.page))
        : undefined
    case 'complaints':
      return exchange.isStaff
        ? turnPage(exchange, message, await complaintList(deps, tap.page))
        : undefined
    case 'callStaff':
      return callStaff(deps, exchange, tap)
    case 'uncallStaff':
      return uncallStaff(deps, exchange, tap, message?.message_id)
    case 'unfollow':
      return unfollow(deps, exchange, tap)
    case 'forget':
      return turnPage(exchange, message, { blocks: [await forget(deps, exchange)] })
    case 'keep':
      return turnPage(exchange, message, { blocks: [SAY.kept] })
  }
}

/** Writes another page over the message that its button stands under. */
function turnPage({ say }: Exchange, message: Message | undefined, page: Outgoing): void {
  say({ ...page, over: message?.message_id })
}

/** A message that Telegram no longer gives comes without its text. */
function messageOf({ message }: CallbackQuery): Message | undefined {
  return message && message.date !== 0 ? message : undefined
}
