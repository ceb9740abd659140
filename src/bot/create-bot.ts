import { Composer, Context } from 'grammy'
import type { Update } from 'grammy/types'
import { REPLIES } from '../answer/reply.ts'
import { isUnwritable } from '../database/errors.ts'
import { isAddressed, isCommand } from './addressed.ts'
import { type BotContext, type BotDeps, type Exchange, exchangeOf } from './exchange.ts'
import { guard, isAllowed, limit } from './guard.ts'
import { COMMANDS, type Command, STAFF_COMMANDS } from './on-command.ts'
import { onMessage } from './on-message.ts'
import { onTap } from './on-tap.ts'
import { moveIn, noteMove } from './moves.ts'
import { plainError } from './plain-error.ts'
import { SAY } from './replies.ts'
import { type Planned, send } from './send.ts'
import { askAgain } from './too-old.ts'

/** What we ask Telegram for; everything else would only be thrown away. */
export const ALLOWED_UPDATES = [
  'message',
  'callback_query',
  'my_chat_member',
  'stopped_message_generation',
] as const satisfies readonly (keyof Update)[]

/** What is said to an update is worked out whole, and sent after that was noted. */
export interface TelegramBot {
  /**
   * What is said to an update; when it cannot be worked out, one sentence that says so.
   * @throws only when something could not be written: then it can be done again.
   */
  answer(update: Update): Promise<readonly Planned[]>
  /** What is said to an update whose answer ended the process each time. */
  giveUp(update: Update): readonly Planned[]
  /**
   * Sends what was planned for an update and did not arrive yet, and notes each that did.
   * @throws what the Bot API refuses, once retrying is over.
   */
  deliver(update: Update): Promise<void>
}

/** What each kind of update leads to. */
export function createBot(deps: BotDeps): TelegramBot {
  const { api, me, inbox, store, disk, clock, now } = deps
  const handle = handler(deps)

  function contextOf(update: Update): BotContext | undefined {
    const ctx = new Context(update, api, me)
    const exchange = exchangeOf(ctx, deps)
    return exchange && Object.assign(ctx, { exchange })
  }

  return {
    async answer(update) {
      const move = moveIn(update)
      if (move) noteMove(deps, move)
      const ctx = contextOf(update)
      if (!ctx) return []
      const { say, said, log } = ctx.exchange
      try {
        await handle(ctx, () => Promise.resolve())
      } catch (error) {
        if (isUnwritable(error)) throw error
        log.error({ err: plainError(error) }, 'not answered')
        say(REPLIES.failed)
      }
      return said
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
      for (const part of inbox.planned(updateId)) {
        if (part.message !== null) continue
        const { n, planned } = part
        // Nothing that waits may come between the arrival and its note.
        const { message_id: id, date } = await send(api, planned, log)
        if (date !== undefined) clock.is(date * 1000)
        await disk.patiently(() =>
          inbox.arrived(updateId, n, id, () => {
            // So that a reply to it is understood; the last message of an answer stands for it.
            store.sentAs(askedId, id)
            if (planned.prompt) store.promptSent(chat, id, planned.prompt, now(), user)
          }),
        )
      }
    },
  }
}

function handler(deps: BotDeps) {
  const composer = new Composer<BotContext>()
  const handleMessage = onMessage(deps)
  const handleTap = onTap(deps)

  const commands = [...Object.keys(COMMANDS), ...Object.keys(STAFF_COMMANDS), 'abort']
  composer.use(guard(deps, commands))
  composer.use(limit(deps, commands))
  composer.on('my_chat_member', (ctx) => {
    const { status } = ctx.myChatMember.new_chat_member
    ctx.exchange.log.info({ chatType: ctx.chat.type, status }, 'membership changed')
    const before = ctx.myChatMember.old_chat_member.status
    const joined =
      (before === 'left' || before === 'kicked') && status !== 'left' && status !== 'kicked'
    const isKnown = deps.store.otherNamesOf(ctx.exchange.chat).length > 0
    if (joined && !isKnown && ctx.chat.type !== 'private')
      ctx.exchange.say(SAY.joined(deps.me.username))
  })

  const run = (command: Command) => (ctx: BotContext & { match: unknown }) =>
    ctx.message
      ? command(deps, ctx.exchange, String(ctx.match).trim(), ctx.message)
      : Promise.resolve()
  for (const [name, command] of Object.entries(COMMANDS)) composer.command(name, run(command))
  for (const [name, command] of Object.entries(STAFF_COMMANDS)) {
    const restricted: Command = async (given, exchange, argument, message) => {
      if (!exchange.isStaff) return unknownCommand(exchange)
      if (!exchange.isPrivate) return exchange.say(SAY.staffInPrivate)
      return command(given, exchange, argument, message)
    }
    composer.command(name, run(restricted))
  }
  composer.command('abort', ({ exchange }) => {
    // The answer itself was stopped when the command came in; this is its turn to say so.
    const stopped = deps.answering.wasStoppedBy(exchange.updateId)
    exchange.say(stopped ? SAY.aborted : SAY.nothingToAbort)
  })

  composer.on('callback_query:data', (ctx) => handleTap(ctx.callbackQuery, ctx.exchange))
  composer.on('message', async ({ message, exchange }) =>
    isCommand(message) ? unknownCommand(exchange) : handleMessage(message, exchange),
  )
  return composer.middleware()
}

/** In a group a command that we don't know is another bot's. */
function unknownCommand({ isPrivate, say }: Exchange): void {
  if (isPrivate) say(SAY.unknownCommand)
}

/** Whether an update asks to stop the answer that its chat waits for, and which chat. */
export function abortedChat(update: Update, username: string): number | undefined {
  if (update.stopped_message_generation) return update.stopped_message_generation.chat.id
  const text = update.message?.text ?? ''
  const [command, to] = (/^\/abort(?:@(\w+))?(?:\s|$)/.exec(text) ?? []).values()
  if (command === undefined) return undefined
  return to === undefined || to.toLowerCase() === username.toLowerCase()
    ? update.message?.chat.id
    : undefined
}
