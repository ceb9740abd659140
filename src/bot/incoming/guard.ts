import type { NextFunction } from 'grammy'
import type { Message } from 'grammy/types'
import { COSTS, type Limiter, createLimiter } from '../../limiter.ts'
import { isAddressed } from './addressed.ts'
import { type Tap, parseCallbackData } from '../callback-data.ts'
import { parseStart } from '../deep-link.ts'
import type { BotContext, BotDeps, Exchange } from '../exchange.ts'
import { isService } from '../handlers/on-message.ts'
import { judgedBy } from '../handlers/on-reaction.ts'
import { acknowledge } from '../handlers/on-tap.ts'
import { SAY } from '../replies.ts'
import { commandIn, isForUs, wordsOf } from './said.ts'
import type { Spot } from '../send/send.ts'
import { isPassedOn } from './sender.ts'

export interface Limits {
  /** What people may ask, and chats. */
  readonly user: Limiter
  readonly chat: Limiter
  /** How often a chat is told that it has to wait: one person, a group. */
  readonly told: Limiter
  readonly toldGroup: Limiter
}

export const createLimits = (userPerMinute: number, chatPerMinute: number): Limits => ({
  user: createLimiter(userPerMinute),
  chat: createLimiter(chatPerMinute),
  told: createLimiter(userPerMinute),
  toldGroup: createLimiter(1),
})

const { asks: ASKS, looks: LOOKS } = COSTS

const ASKING_COMMANDS = ['ask', 'check', 'articles']
const ASKING_TAPS: ReadonlySet<Tap['kind']> = new Set<Tap['kind']>([
  'reading',
  'place',
  'example',
  'check',
  'ask',
])

/** What a message is to us. */
export type Brought = 'question' | 'unclear' | undefined

/**
 * What message an update brings: one whose answer is all that comes of it, as of a question; one that we
 * can make nothing of, and say so; or another, or one that is not for us.
 */
export const broughtBy =
  (deps: BotDeps, commands: readonly string[]) =>
  (ctx: BotContext): Brought => {
    const message = ctx.message ?? ctx.editedMessage
    const cost = message ? costOf(ctx, deps, commands) : 0
    if (!message || cost === 0) return undefined
    if (cost === ASKS) return 'question'
    const command = commandIn(message)
    const isKnown = command && isForUs(command, deps.me) && commands.includes(command.name)
    if (!isKnown) return 'unclear'
    return command.name === 'place' ? 'question' : undefined
  }

/** What an update costs whoever sent it, in questions; nothing when it is not for us. */
function costOf(ctx: BotContext, deps: BotDeps, commands: readonly string[]): number {
  const { callbackQuery, myChatMember, messageReaction } = ctx
  const { me } = deps
  if (messageReaction) return LOOKS
  const message = ctx.message ?? ctx.editedMessage
  if (callbackQuery) {
    const tap = parseCallbackData(callbackQuery.data ?? '')
    return tap && ASKING_TAPS.has(tap.kind) ? ASKS : LOOKS
  }
  if (!message) return myChatMember ? LOOKS : 0
  const command = commandIn(message)
  if (command && isForUs(command, me)) {
    if (ASKING_COMMANDS.includes(command.name)) return ASKS
    if (command.name === 'start' && parseStart(command.argument)?.kind === 'typed') return ASKS
    if (commands.includes(command.name)) return LOOKS
  }
  if (!isAddressed(message, me) || isService(message)) return 0
  const isQuestion = wordsOf(message).text !== '' && !isPassedOn(message) && !command
  return isQuestion ? ASKS : LOOKS
}

/** Whether the allow-list names somebody or their chat, or is empty. */
export const isAllowed = (deps: BotDeps, { spot: { chatId }, userId }: Whence): boolean => {
  const { allowed, staff } = deps.settings
  const isNamed = allowed.has(chatId) || allowed.has(userId) || staff.has(userId)
  return allowed.size === 0 || isNamed || isNamedOtherwise(deps, chatId)
}

/** Where somebody asks, and who. */
type Whence = Pick<Exchange, 'userId'> & { readonly spot: Pick<Spot, 'chatId'> }

interface NamingDeps {
  readonly settings: Pick<BotDeps['settings'], 'allowed'>
  readonly moves: Pick<BotDeps['moves'], 'otherNamesOf'>
  readonly pseudonym: BotDeps['pseudonym']
}

/** Whether the allow-list names a group by the id that it had before it became a supergroup, or has since. */
export function isNamedOtherwise(
  { settings, moves, pseudonym }: NamingDeps,
  chatId: number,
): boolean {
  const nameOf = (id: number) => pseudonym('chat', id, 0)
  const names = moves.otherNamesOf(nameOf(chatId))
  return names.length > 0 && [...settings.allowed].some((id) => names.includes(nameOf(id)))
}

/** Lets pass whom the allow-list names, and tells others once in a while whom to ask. */
export function guard(deps: BotDeps, commands: readonly string[]) {
  return async (ctx: BotContext, next: NextFunction): Promise<void> => {
    const { exchange, message, callbackQuery } = ctx
    if (isAllowed(deps, exchange) || ctx.myChatMember) return next()
    const why = SAY.notAllowed(exchange.spot.chatId)
    if (callbackQuery) return acknowledge(exchange, callbackQuery, why, true)
    const isMeant = message && (isAddressed(message, deps.me) || isOurs(message, deps, commands))
    if (isMeant && mayTell(deps, exchange)) exchange.say(why)
  }
}

/** Whether a message begins with a command that we know, or with one that names us. */
function isOurs(message: Message, { me }: BotDeps, commands: readonly string[]): boolean {
  const command = commandIn(message)
  if (!command || !isForUs(command, me)) return false
  return command.to !== undefined || commands.includes(command.name)
}

/** More than wait at a time. */
const REMEMBERED = 2_000

/** Takes what an update costs, once, and gives the seconds to wait where that is too much. */
export type Charge = (ctx: BotContext) => number

export function createCharge(deps: BotDeps, commands: readonly string[]): Charge {
  /** What updates had to wait for: some are asked for before their turn, or again for want of room. */
  const charged = new Map<number, number>()
  return (ctx) => {
    const { updateId, userId, spot, at } = ctx.exchange
    const { limits, answering } = deps
    const known = charged.get(updateId)
    if (known !== undefined) return known
    // Nothing is done for it any more.
    const cost = answering.isSuperseded(updateId) ? 0 : costOf(ctx, deps, commands)
    const seconds = cost && (limits.user(userId, at, cost) || limits.chat(spot.chatId, at, cost))
    charged.set(updateId, seconds)
    if (charged.size > REMEMBERED) charged.delete(charged.keys().next().value!)
    return seconds
  }
}

/** Lets pass who has not asked too much, before anything is done for it, and tells others how long to wait. */
export function limit(deps: BotDeps, charge: Charge) {
  return async (ctx: BotContext, next: NextFunction): Promise<void> => {
    const { exchange, message, editedMessage: edited, callbackQuery, messageReaction } = ctx
    // A face on what is none of ours costs nothing.
    if (messageReaction && (await judgedBy(deps, messageReaction)) === undefined) return
    const seconds = charge(ctx)
    if (seconds === 0) return next()
    exchange.log.info({ seconds }, 'over the limit')
    deps.metrics.asked({ door: 'telegram', outcome: 'limited', picker: 'none' })
    if (callbackQuery) acknowledge(exchange, callbackQuery, SAY.tooFast(seconds))
    else if ((message ?? edited) && mayTell(deps, exchange)) exchange.say(SAY.tooFast(seconds))
  }
}

/** A flood does not come back as one: a person is told as often as they may ask, a group once a minute. */
const mayTell = ({ limits }: BotDeps, { isPrivate, spot, at }: Exchange): boolean =>
  (isPrivate ? limits.told : limits.toldGroup)(spot.chatId, at) === 0
