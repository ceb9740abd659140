import { GrammyError } from 'grammy'
import type { CallbackQuery, Message } from 'grammy/types'
import { courtesyIn } from '../answer/courteous.ts'
import { NEW_CHAT } from '../conversation/conversation.ts'
import { questionIn } from './addressed.ts'
import { answerQuestion, chatFor } from './answer-question.ts'
import { askBack } from './ask-back.ts'
import { type Tap, parseCallbackData } from './callback-data.ts'
import { checkClaim } from './check-claim.ts'
import type { BotDeps, Exchange } from './exchange.ts'
import { formatted, joined } from './formatted.ts'
import { TAP_COST, mustWait } from './guard.ts'
import { askElsewhere, askPlace, settlePlace } from './place.ts'
import { plainError } from './plain-error.ts'
import { listedQuery } from './render-lists.ts'
import { EXAMPLES, SAY } from './replies.ts'
import { NO_PREVIEW, type Outgoing, inlineKeyboard } from './send.ts'
import { articleList, articleMessage, showArticle, showSource } from './show-source.ts'
import { complaintList, unansweredList } from './staff.ts'
import { ignoreNotModified } from './stream.ts'

/** Does what a button says. The button stops spinning first: what follows may take a while. */
export function onTap(deps: BotDeps) {
  return async function handle(query: CallbackQuery, exchange: Exchange): Promise<void> {
    const tap = parseCallbackData(query.data ?? '')
    await exchange.api
      .answerCallbackQuery(query.id, tap?.kind === 'useful' ? { text: SAY.thanks } : {})
      // A tap from before a restart is too old to be acknowledged, and still means what it says.
      .catch((error: unknown) =>
        exchange.log.info({ err: plainError(error) }, 'a tap was not acknowledged'),
      )
    if (tap) await doTap(deps, exchange, tap, messageOf(query))
  }
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
      const asked = store.find(tap.asked)
      if (!asked) return void (await say(SAY.gone))
      if (await mustWait(deps, exchange, TAP_COST)) return
      return showSource(deps, exchange, asked, tap.n)
    }
    case 'useful':
      store.judge(tap.asked, user, { verdict: 'useful', comment: null }, now())
      return
    case 'wrong': {
      const kept = store.judge(tap.asked, user, { verdict: 'wrong', comment: null }, now())
      if (!kept) return void (await say(SAY.gone))
      return askBack(deps, exchange, SAY.whatWasWrong, { purpose: 'complaint', about: tap.asked })
    }
    case 'reading': {
      const asked = store.find(tap.asked)
      const question = asked && courtesyIn(asked.answer)?.readings?.[tap.n]
      if (question === undefined) return void (await say(SAY.gone))
      if (await mustWait(deps, exchange)) return
      return answerQuestion(deps, exchange, {
        question,
        askedAt: now(),
        chat: { ...NEW_CHAT, place: store.place(chat) },
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
      if (await mustWait(deps, exchange, TAP_COST)) return
      const list = await articleList(deps, listedQuery(message?.text ?? ''), tap.page)
      return turnPage(exchange, message, list)
    }
    case 'article':
      if (await mustWait(deps, exchange, TAP_COST)) return
      return showArticle(deps, exchange, tap.article)
    case 'turn': {
      if (await mustWait(deps, exchange, TAP_COST)) return
      const article = await articleMessage(deps, tap.article, tap.page)
      return turnPage(exchange, message, article ?? { blocks: [SAY.articleGone] })
    }
    case 'example': {
      const question = EXAMPLES[tap.n]
      if (!question || (await mustWait(deps, exchange))) return
      return answerQuestion(deps, exchange, {
        question,
        askedAt: now(),
        ...chatFor(deps, exchange),
        shown: true,
      })
    }
    case 'check':
    case 'ask': {
      const original = message?.reply_to_message
      const text = original ? questionIn(original, deps.me) : ''
      if (text === '') return void (await say(SAY.gone))
      if (tap.kind === 'check') return checkClaim(deps, exchange, text)
      if (await mustWait(deps, exchange)) return
      return answerQuestion(deps, exchange, {
        question: text,
        askedAt: now(),
        ...chatFor(deps, exchange),
      })
    }
    case 'unanswered':
      return exchange.isStaff
        ? turnPage(exchange, message, await unansweredList(deps, tap.page))
        : undefined
    case 'complaints':
      return exchange.isStaff
        ? turnPage(exchange, message, complaintList(deps, tap.page))
        : undefined
    case 'forget':
      store.forget(user, exchange.isPrivate ? chat : undefined)
      exchange.log.info('forgotten on request')
      return turnPage(exchange, message, { blocks: [SAY.forgotten] })
    case 'keep':
      return turnPage(exchange, message, { blocks: [SAY.kept] })
  }
}

/** Writes another page over the message that its button stands under. */
async function turnPage(
  { api, spot, say }: Exchange,
  message: Message | undefined,
  page: Outgoing,
): Promise<void> {
  if (!message) return void (await say(page))
  // One that is gone or too old to be rewritten.
  const anew = async (error: unknown): Promise<void> => {
    if (!(error instanceof GrammyError) || error.error_code !== 400) throw error
    await say(page)
  }
  const { text, entities } = joined(
    page.blocks.map((block) => formatted(block)),
    '\n\n',
  )
  const markup = inlineKeyboard(page.keyboard)
  await api
    .editMessageText(spot.chatId, message.message_id, text, {
      entities: [...entities],
      link_preview_options: NO_PREVIEW,
      ...(markup && { reply_markup: markup }),
    })
    .catch(ignoreNotModified)
    .catch(anew)
}

/** A message that Telegram no longer gives comes without its text. */
function messageOf({ message }: CallbackQuery): Message | undefined {
  return message && message.date !== 0 ? message : undefined
}
