import type { InlineKeyboardButton } from 'grammy/types'
import { endingIn } from '../../conversation/ending-in.ts'
import type { Follow } from '../../stores/follows.ts'
import { soughtIn } from '../../conversation/sought-in.ts'
import { FOLLOWING } from '../../conversation/wording.ts'
import { shortened } from '../../language/shortened.ts'
import { type Tap, toCallbackData } from '../callback-data.ts'
import type { BotDeps, Exchange } from '../exchange.ts'
import { grammySignal } from '../send/grammy-signal.ts'
import { plainError } from '../plain-error.ts'
import { SAY } from '../replies.ts'

/** Follows what was written, ends it, or shows what this chat follows. */
export async function follow(deps: BotDeps, exchange: Exchange, argument: string): Promise<void> {
  const { store, follows, settings, now } = deps
  const { say, isOpen, askedId, user, chat, spot } = exchange
  if (settings.keepDays === 0) return say(FOLLOWING.notKept)
  if (argument === '') return say(list(await follows.of(chat)))
  const ending = endingIn(argument, await follows.of(chat))
  if (ending) {
    const { followed: ended } = ending
    if (!ended) return say(list(await follows.of(chat), FOLLOWING.whichToEnd))
    const tap = { kind: 'unfollow', follow: ended.matter } as const
    if (!(await mayUnfollow(deps, exchange, tap))) return say(SAY.onlyWhoFollows)
    return unfollow(deps, exchange, tap)
  }
  const sought = soughtIn(argument, await store.place(chat))
  if (!sought) return say(FOLLOWING.whatTopic)
  const { chatId, threadId = null } = spot
  const wanted = { id: askedId, user, chat, chatId, threadId, ...sought }
  if (!isOpen()) return
  const followed = await follows.add(wanted, now())
  if (!followed) return say(list(await follows.of(chat), FOLLOWING.full))
  const isNew = followed.id === askedId
  say({
    blocks: [isNew ? SAY.followed(followed) : FOLLOWING.known(followed)],
    keyboard: unfollowRows([followed]),
  })
}

function list(followed: readonly Follow[], ...before: readonly string[]) {
  const all =
    followed.length > 0 ? [FOLLOWING.list(followed), FOLLOWING.howToEnd] : [FOLLOWING.none]
  return { blocks: [...before, ...all], keyboard: unfollowRows(followed) }
}

type Unfollow = Extract<Tap, { kind: 'unfollow' }>

/** Whether somebody may end what is followed: for themselves who asked for it, or for all who looks after the group. */
export async function mayUnfollow(
  { follows }: BotDeps,
  exchange: Exchange,
  { follow: matter }: Unfollow,
): Promise<boolean> {
  const { user, isPrivate } = exchange
  const followed = await follows.ofMatter(matter)
  const isTheirs = isPrivate || followed.some((one) => one.user === user)
  return followed.length === 0 || isTheirs || isAdmin(exchange)
}

export async function unfollow(
  { follows }: BotDeps,
  { say, user, isPrivate }: Exchange,
  { follow: matter }: Unfollow,
): Promise<void> {
  const all = await follows.ofMatter(matter)
  const own = isPrivate ? [] : all.filter((one) => one.user === user)
  await follows.end(own.length > 0 ? own : all)
  say(own.length > 0 && own.length < all.length ? FOLLOWING.endedForYou : FOLLOWING.ended(all[0]))
}

/** How long Telegram is asked who somebody is in a group. */
const ASK_MS = 5_000

async function isAdmin({ api, spot, userId, log }: Exchange): Promise<boolean> {
  // Only admins write in the name of the group itself.
  if (userId === spot.chatId) return true
  try {
    const patience = grammySignal(AbortSignal.timeout(ASK_MS))
    const { status } = await api.getChatMember(spot.chatId, userId, patience)
    return status === 'creator' || status === 'administrator'
  } catch (error) {
    log.info({ err: plainError(error) }, 'it is not known who is an admin')
    return false
  }
}

const LABEL_LENGTH = 16

/** A button for each that ends it. */
export function unfollowRows(followed: readonly Follow[]): InlineKeyboardButton[][] {
  return followed.map(({ matter, topic }) => [
    {
      text:
        followed.length === 1
          ? FOLLOWING.end
          : `${FOLLOWING.end}“${shortened(topic, LABEL_LENGTH)}”`,
      callback_data: toCallbackData({ kind: 'unfollow', follow: matter }),
    },
  ])
}
