import { NEW_CHAT, askedOf, placeNamed } from '../../conversation/conversation.ts'
import { answerQuestion } from './answer-question.ts'
import { fitsCallbackData, toCallbackData } from '../callback-data.ts'
import type { BotDeps, Exchange } from '../exchange.ts'
import { SAY } from '../replies.ts'

const PLACES_OFFERED = 8

/** Sets the chat's place by any of its names. */
export async function settlePlace(
  { store }: BotDeps,
  { chat, user, isOpen, say }: Exchange,
  name: string,
): Promise<void> {
  const place = placeNamed(name)
  if (place !== undefined && isOpen()) await store.setPlace(chat, place, user)
  say(place === undefined ? SAY.unknownPlace : SAY.placeSet(place))
}

/** Asks what was asked again, for another place, which becomes the chat's. */
export async function askElsewhere(
  deps: BotDeps,
  exchange: Exchange,
  askedId: string,
  name: string,
): Promise<void> {
  const { store } = deps
  const asked = await store.find(askedId)
  if (!asked) return exchange.say(SAY.gone)
  const place = placeNamed(name)
  if (place === undefined) return exchange.say(SAY.unknownPlace)
  if (exchange.isOpen()) await store.setPlace(exchange.chat, place, exchange.user)
  const chat = { ...NEW_CHAT, place }
  const question = askedOf(place, asked.answer.standalone)
  await answerQuestion(deps, exchange, { question, chat, askedAt: exchange.at, shown: true })
}

/** Offers the places that articles speak of, for an answer or for the chat. */
export async function askPlace(
  deps: BotDeps,
  exchange: Exchange,
  asked: string | undefined,
): Promise<void> {
  const current = await deps.store.place(exchange.chat)
  const buttons = (await deps.library.cities(PLACES_OFFERED)).flatMap((place) => {
    const tap =
      asked === undefined
        ? ({ kind: 'settle', place } as const)
        : ({ kind: 'place', asked, place } as const)
    return fitsCallbackData(tap) ? [{ text: place, callback_data: toCallbackData(tap) }] : []
  })
  const rows = Array.from({ length: Math.ceil(buttons.length / 2) }, (_, i) =>
    buttons.slice(i * 2, i * 2 + 2),
  )
  const now =
    current && asked === undefined ? `${SAY.placeNow(current)}发送 /place 取消 可以取消。\n` : ''
  exchange.say({
    blocks: [now + SAY.whichPlace],
    keyboard: rows,
    prompt: { purpose: 'place', about: asked ?? null },
  })
}
