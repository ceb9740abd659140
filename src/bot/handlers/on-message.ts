import type { Message } from 'grammy/types'
import type { Prompt } from '../../stores/conversations.ts'
import { isAddressed } from '../incoming/addressed.ts'
import { answerQuestion, chatFor } from './answer-question.ts'
import { toCallbackData } from '../callback-data.ts'
import { checkClaim } from './check-claim.ts'
import type { BotDeps, Exchange } from '../exchange.ts'
import { askElsewhere, settlePlace } from './place.ts'
import { SAY } from '../replies.ts'
import { questionIn, wordsOf } from '../incoming/said.ts'
import { isPassedOn } from '../incoming/sender.ts'
import { showTaken } from './show-taken.ts'
import type { Outgoing } from '../send/send.ts'
import { wasTooOld } from '../incoming/too-old.ts'

/** Anything written that is no command: a question, a reply to what we asked, something forwarded, or nothing for us. */
export function onMessage(deps: BotDeps) {
  return async function handle(message: Message, exchange: Exchange): Promise<void> {
    if (!isAddressed(message, deps.me) || isService(message)) return
    if (wasTooOld(deps, message, exchange)) return
    if (wordsOf(message).text === '') return exchange.say(SAY.textOnly)
    if (isPassedOn(message)) return exchange.say(offerForwarded())

    const repliedTo = message.reply_to_message?.message_id
    const prompt =
      repliedTo === undefined ? undefined : await deps.store.promptOf(exchange.chat, repliedTo)
    const text = questionIn(message, deps.me)
    if (prompt) return onPrompted(deps, exchange, prompt, text)
    await askText(deps, exchange, message, text)
  }
}

/** Answers what a message asks, however it came to us. */
export async function askText(
  deps: BotDeps,
  exchange: Exchange,
  message: Message,
  question: string,
): Promise<void> {
  if (question === '')
    return exchange.say({
      blocks: [SAY.whichQuestion],
      prompt: { purpose: 'question', about: null },
    })
  const chat = await chatFor(deps, exchange, message)
  await answerQuestion(deps, exchange, { question, chat, askedAt: exchange.at })
}

async function onPrompted(
  deps: BotDeps,
  exchange: Exchange,
  { purpose, about }: Prompt,
  text: string,
): Promise<void> {
  const { store, now } = deps
  switch (purpose) {
    case 'complaint': {
      const feedback = { verdict: 'wrong', comment: text } as const
      const kept =
        exchange.isOpen() && (await store.judge(about ?? '', exchange.user, feedback, now()))
      return kept ? showTaken(exchange, SAY.complaintKept) : exchange.say(SAY.gone)
    }
    case 'claim':
      return checkClaim(deps, exchange, text)
    case 'question': {
      return answerQuestion(deps, exchange, {
        question: text,
        chat: await chatFor(deps, exchange),
        askedAt: exchange.at,
      })
    }
    case 'place':
      return about === null
        ? settlePlace(deps, exchange, text)
        : askElsewhere(deps, exchange, about, text)
  }
}

function offerForwarded(): Outgoing {
  return {
    blocks: [SAY.forwarded],
    keyboard: [
      [
        { text: '核对', callback_data: toCallbackData({ kind: 'check' }) },
        { text: '提问', callback_data: toCallbackData({ kind: 'ask' }) },
      ],
    ],
  }
}

/** What people send that is not words; anything else without text is Telegram telling of itself. */
export const isService = (message: Message) =>
  wordsOf(message).text === '' &&
  !(
    message.voice ??
    message.audio ??
    message.photo ??
    message.video ??
    message.video_note ??
    message.animation ??
    message.sticker ??
    message.document ??
    message.location ??
    message.contact ??
    message.poll ??
    message.dice ??
    message.story ??
    message.paid_media ??
    message.checklist
  )
