import { createHash } from 'node:crypto'
import { GrammyError } from 'grammy'
import type { InlineQuery, InlineQueryResultsButton } from 'grammy/types'
import { courtesyIn } from '../../answer/courteous.ts'
import { REPLIES } from '../../answer/reply.ts'
import { chinaDay } from '../../china-time.ts'
import { NEW_CHAT, REMEMBERED_MS, REMEMBERED_TURNS } from '../../conversation/conversation.ts'
import type { Answer } from '../../corpus.ts'
import { findPlaces } from '../../language/places.ts'
import { COSTS } from '../../limiter.ts'
import { orAborted } from '../../stop-signal.ts'
import { typedOf } from './answer-question.ts'
import { startLink, startOfTyped, startOfWords } from '../deep-link.ts'
import type { BotDeps } from '../exchange.ts'
import { grammySignal } from '../send/grammy-signal.ts'
import { isAllowed } from '../incoming/guard.ts'
import { type InlineResult, inlineResults } from '../render/inline-results.ts'
import { createLanes } from '../updates/lanes.ts'
import { plainError } from '../plain-error.ts'
import { refusalOf } from '../send/refusals.ts'
import { sourcePage } from '../render/render-source.ts'
import { SAY } from '../replies.ts'

/** What is offered to who types in another chat. */
interface Offer {
  readonly results: readonly InlineResult[]
  /** How long Telegram may give it again, in seconds, and whether to the same person alone. */
  readonly cache_time: number
  readonly is_personal: boolean
  /** Leads into the chat with the bot. */
  readonly button?: InlineQueryResultsButton
}

/** What was worked out for words that were typed, for whoever types the same while it is kept. */
export interface Offered {
  readonly question: string
  readonly offer: Promise<Offer>
  /** Of those who wait for it, until it is begun. */
  readonly waiting: AbortSignal[]
}

/** By name; in memory alone. */
export type OfferedLately = Map<string, Offered>

/** Telegram takes nothing later, and whoever types has gone on. */
const LIFE_MS = 9_000
/** Questions that are asked in a chat wait for so many at most. */
const SIDE_BY_SIDE = 2
/** By us, and then by Telegram: a new article is found within minutes. */
const KEPT_S = 120
const MOST_KEPT = 500
/** What says how it is done changes with a version of the bot. */
const HINT_KEPT_S = 3_600
const SHORTEST = 2

const NOTHING: Offer = { results: [], cache_time: 0, is_personal: true }
/** A start that asks for nothing shows how to begin. */
const HOW = 'inline'

/**
 * Offers answers to what somebody types behind the bot's name in any chat. By words alone: each pause of
 * typing asks, and a model would be too late and too dear. Who types on wants the last only. Nothing
 * that is typed is written anywhere.
 */
export function onInlineQuery(deps: BotDeps) {
  const { api, me, settings, store, conversation, offered, references, pseudonym, now } = deps
  const isForAll = settings.allowed.size === 0
  const lanes = createLanes(SIDE_BY_SIDE)
  const typing = new Map<number, AbortController>()
  const { log } = deps
  let turns = 0

  /** Answers a query, unless the same person types on meanwhile; what goes wrong is logged. */
  return async function handle(query: InlineQuery): Promise<void> {
    const person = query.from.id
    typing.get(person)?.abort()
    const newer = new AbortController()
    typing.set(person, newer)
    const signal = AbortSignal.any([newer.signal, AbortSignal.timeout(LIFE_MS)])
    try {
      const { results, ...options } = await orAborted(offerTo(query, signal), signal)
      const answer = (given: readonly InlineResult[]) =>
        api.answerInlineQuery(query.id, given, options, grammySignal(signal))
      await answer(results).catch((error: unknown) => {
        if (results.length === 0 || refusalOf(error) !== 'words' || isTooOld(error)) throw error
        log.error({ err: plainError(error) }, 'Telegram refused answers; they are offered plain')
        return answer(results.map(plain))
      })
    } catch (error) {
      const isLate = signal.aborted || isTooOld(error)
      log[isLate ? 'debug' : 'warn']({ err: plainError(error) }, 'what was typed is not answered')
    } finally {
      if (typing.get(person) === newer) typing.delete(person)
    }
  }

  async function offerTo({ from, query }: InlineQuery, signal: AbortSignal): Promise<Offer> {
    if (!isAllowed(deps, { spot: { chatId: from.id }, userId: from.id })) return NOTHING
    const question = typedOf(query)
    const always = { ...NOTHING, cache_time: HINT_KEPT_S, is_personal: !isForAll }
    if (question === '') return { ...always, button: button(SAY.inlineHow) }
    if (Array.from(question).length < SHORTEST) return always
    const seconds = deps.limits.user(from.id, now(), COSTS.looks)
    if (seconds > 0) return { ...NOTHING, button: button(SAY.tooFast(seconds)) }
    const chat = pseudonym('chat', from.id, 0)
    const told = await toldLately(chat, pseudonym('user', from.id), question)
    if (told.length > 0) return { ...NOTHING, results: told }
    // Where a question names no place, it is asked of the asker's.
    const isPlaced = findPlaces(question).length > 0
    const offer = await offerLately(question, isPlaced ? null : await store.place(chat), signal)
    return { ...offer, is_personal: !isForAll || !isPlaced }
  }

  /** What the same person was told in the bot's own chat: just that can be shared. */
  async function toldLately(chat: string, user: string, question: string): Promise<InlineResult[]> {
    const since = now() - REMEMBERED_MS
    const asked = (await store.conversation(chat, user, since, REMEMBERED_TURNS)).findLast(
      ({ answer }) => typedOf(answer.standalone) === question,
    )
    return asked ? resultsOf(asked.answer) : []
  }

  /** What many ask in the same minutes is worked out once. */
  function offerLately(
    question: string,
    place: string | null,
    signal: AbortSignal,
  ): Promise<Offer> {
    const name = nameOf(question, place, chinaDay(now()))
    const known = offered.get(name)
    if (known) {
      known.waiting.push(signal)
      return known.offer
    }
    const waiting = [signal]
    const offer = new Promise<Offer>((resolve, reject) => {
      const work = async () => resolve(await worked(question, place, name, waiting))
      lanes.run(++turns, work).catch(reject)
    })
    const one = { question, offer, waiting }
    offered.set(name, one)
    setTimeout(() => drop(name, one), KEPT_S * 1000).unref()
    if (offered.size > MOST_KEPT) offered.delete(offered.keys().next().value!)
    return offer
  }

  function drop(name: string, one: Offered): void {
    if (offered.get(name) === one) offered.delete(name)
  }

  async function worked(
    question: string,
    place: string | null,
    name: string,
    waiting: AbortSignal[],
  ): Promise<Offer> {
    const isWanted = waiting.splice(0).some(({ aborted }) => !aborted)
    if (!isWanted) {
      offered.delete(name)
      return NOTHING
    }
    const started = performance.now()
    try {
      const chat = { ...NEW_CHAT, place }
      const options = { date: chinaDay(now()), followsUp: false, byWords: true }
      const { answer } = await conversation.ask(chat, question, options)
      const results = resultsOf(answer)
      const ms = Math.round(performance.now() - started)
      log.info({ status: answer.status, results: results.length, ms }, 'answers offered')
      const offer = { results, cache_time: KEPT_S, is_personal: true }
      return results.length > 0 ? offer : { ...offer, button: button(reason(answer), name) }
    } catch (error) {
      log.error({ err: plainError(error) }, 'no answer could be offered')
      offered.delete(name)
      return { ...NOTHING, button: button(REPLIES.failed) }
    }
  }

  function resultsOf(answer: Answer): InlineResult[] {
    return inlineResults(answer, {
      today: chinaDay(now()),
      link: ([first, ...more]) => {
        const cited = { ...first, spans: [first, ...more].flatMap(({ spans }) => spans) }
        return (
          sourcePage(settings.publicUrl, first.articleId, cited) ??
          startLink(me.username, startOfWords(references.of(first.articleId), cited.spans))
        )
      },
    })
  }
}

/** Without formatting and buttons. */
function plain({ type, id, title, input_message_content: sent }: InlineResult): InlineResult {
  const { message_text, link_preview_options } = sent
  return { type, id, title, input_message_content: { message_text, link_preview_options } }
}

/** Why there is nothing to share. */
function reason(answer: Answer): string {
  if (courtesyIn(answer)) return SAY.inlineUnclear
  return answer.status === 'not_found' ? SAY.inlineNotFound : SAY.inlineTooLong
}

/** A button that leads to the bot's own chat, and asks there what was typed. */
function button(text: string, typed?: string): InlineQueryResultsButton {
  return { text, start_parameter: typed === undefined ? HOW : startOfTyped(typed) }
}

const nameOf = (...what: readonly (string | null)[]) =>
  createHash('sha256').update(JSON.stringify(what)).digest('base64url').slice(0, 22)

const isTooOld = (error: unknown) =>
  error instanceof GrammyError && error.description.includes('query is too old')
