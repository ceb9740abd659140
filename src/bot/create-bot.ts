import { Composer, Context } from 'grammy'
import type { InlineQuery, Update } from 'grammy/types'
import { apology } from '../answer/reply.ts'
import { isDamage, isUnwritable } from '../database/errors.ts'
import { isAddressed } from './incoming/addressed.ts'
import { type BotContext, type BotDeps, type Exchange, exchangeOf } from './exchange.ts'
import { noteQuestions, onlyMended, supersedes, writtenIn } from './incoming/edits.ts'
import { type Charge, broughtBy, createCharge, guard, isAllowed, limit } from './incoming/guard.ts'
import { COMMANDS, type Command, STAFF_COMMANDS } from './handlers/on-command.ts'
import { onInlineQuery } from './handlers/on-inline-query.ts'
import { onMessage } from './handlers/on-message.ts'
import { onReaction } from './handlers/on-reaction.ts'
import { onTap } from './handlers/on-tap.ts'
import { moveIn, noteMove } from './incoming/moves.ts'
import { plainError } from './plain-error.ts'
import { refusalOf } from './send/refusals.ts'
import { SAY } from './replies.ts'
import { commandIn, isForUs } from './incoming/said.ts'
import { type Planned, apologise, inPlaceOf, remove, send } from './send/send.ts'
import { askAgain } from './incoming/too-old.ts'

/** What we ask Telegram for; everything else would only be thrown away. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
  'inline_query',
  'message_reaction',
  'stopped_message_generation',
] as const satisfies readonly (keyof Update)[]

const ABORT = 'abort'

/** What is said to an update is worked out whole, and sent after that was noted. */
export interface TelegramBot {
  /** Whether an update may be for us: what a group says among its people is not. */
  concerns(update: Update): boolean
  /**
   * What is said to an update, which may have come with other parts; when it cannot be worked out, one
   * sentence that says so.
   * @throws only when something could not be written: then it can be done again.
   */
  answer(update: Update, parts?: readonly Update[]): Promise<readonly Planned[]>
  /** Whether an update edits a question that another asks, and will be answered in its stead. */
  supersedes(update: Update, before: Update): boolean
  /** What is said to an update whose answer ended the process each time. */
  giveUp(update: Update): readonly Planned[]
  /**
   * Sends what was planned for an update and did not arrive yet, and notes each that did.
   * What it takes in no form is apologised for, once.
   * @throws what the Bot API refuses, once retrying is over.
   */
  deliver(update: Update): Promise<void>
  /** Answers what somebody types in another chat, which is worth nothing later. */
  offer(query: InlineQuery): Promise<void>
}

/** What each kind of update leads to. */
export function createBot(deps: BotDeps): TelegramBot {
  const { api, me, inbox, holds, questions, store, pseudonym, disk, clock, now } = deps
  const charge = createCharge(deps, NAMES)
  const handle = handler(deps, charge)

  function contextOf(update: Update, parts?: readonly Update[]): BotContext | undefined {
    const ctx = new Context(update, api, me)
    const exchange = exchangeOf(ctx, deps, parts)
    return exchange && Object.assign(ctx, { exchange })
  }

  return {
    offer: onInlineQuery(deps),

    concerns(update) {
      const message = writtenIn(update)
      if (!message || moveIn(update)) return true
      return isAddressed(message, me) || commandIn(message) !== undefined
    },

    supersedes(update, before) {
      if (!update.edited_message) return false
      const [ctx, old] = [contextOf(update), contextOf(before)]
      return (
        ctx !== undefined &&
        old !== undefined &&
        isAllowed(deps, ctx.exchange) &&
        supersedes(ctx, old, broughtBy(deps, NAMES)) &&
        charge(ctx) === 0
      )
    },

    async answer(update, parts) {
      const move = moveIn(update)
      if (move) await noteMove(deps, move)
      const ctx = contextOf(update, parts)
      if (!ctx) return []
      const { say, isPrivate, spot, log } = ctx.exchange
      if (update.my_chat_member) holds.reopen(spot.chatId)
      // Somebody who writes to us in private can be written to.
      if (!isPrivate && writtenIn(update) && holds.isShut(spot.chatId)) {
        log.info('not worked out: nothing can be said there')
        return []
      }
      try {
        await handle(ctx, () => Promise.resolve())
      } catch (error) {
        if (isUnwritable(error)) throw error
        if (isDamage(error)) deps.onDamage()
        log.error({ err: plainError(error) }, 'not answered')
        say(apology())
      }
      const { said, mends } = ctx.exchange
      return mends ? inPlaceOf(said, mends.said) : said
    },

    giveUp(update) {
      const exchange = contextOf(update)?.exchange
      const { message, callback_query: tap } = update
      const forUs = tap !== undefined || (message && isAddressed(message, me))
      if (!exchange || !forUs || !isAllowed(deps, exchange)) return []
      exchange.say({ blocks: [SAY.gaveUp], keyboard: askAgain(me, message) })
      return exchange.said
    },

    async deliver(update) {
      const exchange = contextOf(update)?.exchange
      if (!exchange) return
      const { updateId, askedId, chat, user, log } = exchange
      const question = writtenIn(update)?.message_id
      let last = 0
      let apologised = false
      for (const part of inbox.planned(updateId)) {
        if (part.message !== null) {
          last = part.message
          continue
        }
        if (!inbox.isOpen(updateId)) return
        const { n, planned } = part
        const { chatId, over, stale = [] } = planned
        // Where one could not be written over, what follows it goes below it too.
        const placed = over !== undefined && over < last ? { ...planned, over: undefined } : planned
        // Nothing that waits may come between the arrival and its note.
        const { message_id: id, date } = await send(api, placed, log).catch((error: unknown) => {
          if (apologised || refusalOf(error) !== 'words') throw error
          apologised = true
          log.error({ err: plainError(error) }, 'Telegram refuses a message in any form')
          return apologise(api, planned)
        })
        if (date !== undefined) clock.is(date * 1000)
        last = id
        const gone = stale.filter((old) => old !== id)
        await remove(api, chatId, gone, log)
        await disk.patiently(async () => {
          if (!inbox.isOpen(updateId)) return
          // So that a reply to it is understood. Whoever forgets it from here on forgets that, too.
          const name = pseudonym('message', planned.chatId, id)
          const noted = [store.sent({ asked: askedId, chat, message: id, name })]
          const { prompt } = planned
          if (prompt) noted.push(store.promptSent({ chat, message: id, prompt, user, at: now() }))
          if (question !== undefined) questions.answered(chat, question, askedId, n, id)
          await Promise.all(noted)
          inbox.arrived(updateId, n, id)
        })
      }
    },
  }
}

function handler(deps: BotDeps, charge: Charge) {
  const composer = new Composer<BotContext>()
  const handleMessage = onMessage(deps)
  const handleTap = onTap(deps)
  const handleReaction = onReaction(deps)

  const brought = broughtBy(deps, NAMES)
  composer.use(guard(deps, NAMES))
  composer.use(onlyMended(deps, brought))
  composer.use(limit(deps, charge))
  composer.use(noteQuestions(deps, brought))
  composer.on('my_chat_member', (ctx) => {
    const { status } = ctx.myChatMember.new_chat_member
    ctx.exchange.log.info({ chatType: ctx.chat.type, status }, 'membership changed')
    const before = ctx.myChatMember.old_chat_member.status
    const joined =
      (before === 'left' || before === 'kicked') && status !== 'left' && status !== 'kicked'
    const isKnown = deps.moves.otherNamesOf(ctx.exchange.chat).length > 0
    if (joined && !isKnown && ctx.chat.type !== 'private')
      ctx.exchange.say(SAY.joined(deps.me.username))
  })

  composer.on('callback_query:data', (ctx) => handleTap(ctx.callbackQuery, ctx.exchange))
  composer.on('message_reaction', (ctx) => handleReaction(ctx.messageReaction, ctx.exchange))
  composer.on(['message', 'edited_message'], async ({ msg: message, exchange }) => {
    const given = commandIn(message)
    if (!given) return handleMessage(message, exchange)
    const command = isForUs(given, deps.me) ? commands.get(given.name) : undefined
    if (!command) return unknownCommand(exchange)
    await command(deps, exchange, given.argument, message)
  })
  return composer.middleware()
}

/** All commands by name, those of the staff only for them. */
const commands: ReadonlyMap<string, Command> = new Map([
  ...Object.entries(COMMANDS),
  ...Object.entries(STAFF_COMMANDS).map(([name, command]): [string, Command] => [
    name,
    async (deps, exchange, argument, message) => {
      if (!exchange.isStaff) return unknownCommand(exchange)
      if (!exchange.isPrivate) return exchange.say(SAY.staffInPrivate)
      return command(deps, exchange, argument, message)
    },
  ]),
  [
    ABORT,
    async ({ answering }, { updateId, say }) =>
      // The answer itself was stopped when the command came in; this is its turn to say so.
      say(answering.wasStoppedBy(updateId) ? SAY.aborted : SAY.nothingToAbort),
  ],
])

const NAMES = [...commands.keys()]

/** In a group a command that we don't know is another bot's. */
function unknownCommand({ isPrivate, say }: Exchange): void {
  if (isPrivate) say(SAY.unknownCommand)
}

/** Whether an update asks to stop the answer that its chat waits for, and which chat. */
export function abortedChat(update: Update, username: string): number | undefined {
  if (update.stopped_message_generation) return update.stopped_message_generation.chat.id
  const command = update.message && commandIn(update.message)
  return command?.name === ABORT && isForUs(command, { username })
    ? update.message?.chat.id
    : undefined
}
