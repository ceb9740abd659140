import type { NextFunction } from 'grammy'
import { isAddressed } from './addressed.ts'
import type { BotContext, BotDeps, Exchange } from './exchange.ts'
import { SAY } from './replies.ts'

/** What opening a source or turning a page costs, in questions. */
export const TAP_COST = 0.25

/** Lets pass whom the allow-list names, and tells others once in a while whom to ask. */
export function guard({ settings: { allowed, staff }, me, limits }: BotDeps) {
  return async (ctx: BotContext, next: NextFunction): Promise<void> => {
    const { spot, userId, say } = ctx.exchange
    const open =
      allowed.size === 0 || allowed.has(spot.chatId) || allowed.has(userId) || staff.has(userId)
    if (open) return next()
    const addressed =
      ctx.callbackQuery !== undefined || (ctx.message && isAddressed(ctx.message, me))
    if (addressed && limits.told(userId) === 0) await say(SAY.notAllowed(spot.chatId))
  }
}

/**
 * Whether somebody has to wait, told how long; and no more often told than questions are allowed, so
 * that a flood does not come back as one.
 */
export async function mustWait(
  { limits, log }: BotDeps,
  { userId, spot, say, updateId }: Exchange,
  cost = 1,
): Promise<boolean> {
  const seconds = limits.user(userId, cost) || limits.chat(spot.chatId, cost)
  if (seconds === 0) return false
  log.info({ update: updateId, seconds }, 'over the limit')
  if (limits.told(userId) === 0) await say(SAY.tooFast(seconds))
  return true
}
