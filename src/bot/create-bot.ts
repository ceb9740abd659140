import { Bot, type BotConfig, GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import { REPLIES } from '../answer/reply.ts'
import { type BotContext, type BotDeps, exchangeOf } from './exchange.ts'
import { guard } from './guard.ts'
import { COMMANDS, type Command, STAFF_COMMANDS } from './on-command.ts'
import { onMessage } from './on-message.ts'
import { onTap } from './on-tap.ts'
import { plainError } from './plain-error.ts'
import { SAY } from './replies.ts'

/** What we ask Telegram for; everything else would only be thrown away. */
export const ALLOWED_UPDATES = [
  'message',
  'callback_query',
  'my_chat_member',
  'stopped_message_generation',
] as const satisfies readonly (keyof Update)[]

/** What each kind of update leads to; when it throws, the reader is told so in one sentence. */
export function createBot(
  token: string,
  client: BotConfig<BotContext>['client'],
  deps: BotDeps,
): Bot<BotContext> {
  const bot = new Bot<BotContext>(token, { botInfo: deps.me, ...(client && { client }) })
  const handleMessage = onMessage(deps)
  const handleTap = onTap(deps)

  bot.use(async (ctx, next) => {
    const exchange = exchangeOf(ctx, deps)
    if (!exchange) return
    ctx.exchange = exchange
    try {
      await next()
    } catch (error) {
      await apologise(error, ctx)
      throw error
    }
  })
  bot.on('my_chat_member', async (ctx) => {
    const { status } = ctx.myChatMember.new_chat_member
    deps.log.info(
      { update: ctx.update.update_id, chatType: ctx.chat.type, status },
      'membership changed',
    )
    const before = ctx.myChatMember.old_chat_member.status
    const joined =
      (before === 'left' || before === 'kicked') && status !== 'left' && status !== 'kicked'
    if (joined && ctx.chat.type !== 'private') await ctx.exchange.say(SAY.joined(deps.me.username))
  })
  bot.use(guard(deps))

  const run = (command: Command) => (ctx: BotContext & { match: unknown }) =>
    ctx.message
      ? command(deps, ctx.exchange, String(ctx.match).trim(), ctx.message)
      : Promise.resolve()
  for (const [name, command] of Object.entries(COMMANDS)) bot.command(name, run(command))
  for (const [name, command] of Object.entries(STAFF_COMMANDS)) {
    const restricted: Command = async (given, exchange, argument, message) => {
      if (!exchange.isStaff) return exchange.isPrivate ? unknownCommand(exchange) : undefined
      if (!exchange.isPrivate) return void (await exchange.say(SAY.staffInPrivate))
      return command(given, exchange, argument, message)
    }
    bot.command(name, run(restricted))
  }
  bot.command('abort', async (ctx) => {
    // The answer itself was stopped when the command came in; this is its turn to say so.
    await ctx.exchange.say(
      deps.answering.wasStoppedBy(ctx.update.update_id) ? SAY.aborted : SAY.nothingToAbort,
    )
  })

  bot.on('callback_query:data', (ctx) => handleTap(ctx.callbackQuery, ctx.exchange))
  bot.on('message', async (ctx) => {
    const command = ctx.message.entities?.some(
      ({ type, offset }) => type === 'bot_command' && offset === 0,
    )
    if (command) return ctx.exchange.isPrivate ? unknownCommand(ctx.exchange) : undefined
    return handleMessage(ctx.message, ctx.exchange)
  })
  return bot
}

const unknownCommand = async ({ say }: BotContext['exchange']) =>
  void (await say(SAY.unknownCommand))

/** Whoever blocked the bot, or cannot be written to, is not apologised to. */
async function apologise(error: unknown, { exchange }: BotContext): Promise<void> {
  if (error instanceof GrammyError) return
  try {
    await exchange.say(REPLIES.failed)
  } catch (failed) {
    exchange.log.warn({ err: plainError(failed) }, 'no apology could be sent')
  }
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
