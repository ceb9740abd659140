import type { MessageReactionUpdated, ReactionType } from 'grammy/types'
import { callStaffRows } from './call-staff.ts'
import type { BotDeps, Exchange } from '../exchange.ts'
import type { Feedback } from '../../stores/conversations.ts'
import { SAY } from '../replies.ts'

type Verdict = Feedback['verdict']

const VERDICTS = new Map<string, Verdict>([
  ['👍', 'useful'],
  ['👎', 'wrong'],
])

/** What a reaction says of an answer; other faces may mean anything. */
const verdictIn = (reactions: readonly ReactionType[]): Verdict | undefined =>
  reactions
    .map((one) => (one.type === 'emoji' ? VERDICTS.get(one.emoji) : undefined))
    .findLast((verdict) => verdict !== undefined)

/** The answer that somebody's thumb is about; nothing when it is about none of ours, or is none. */
export async function judgedBy(
  { store, pseudonym }: Pick<BotDeps, 'store' | 'pseudonym'>,
  { chat, message_id: message, old_reaction: before, new_reaction: after }: MessageReactionUpdated,
): Promise<string | undefined> {
  if (verdictIn(before) === verdictIn(after)) return undefined
  return store.shownAs(pseudonym('message', chat.id, message))
}

/** A thumb on an answer counts as the button below it, and taken back as nothing. */
export function onReaction(deps: BotDeps) {
  const { store, now } = deps
  return async function handle(
    reaction: MessageReactionUpdated,
    exchange: Exchange,
  ): Promise<void> {
    const asked = await judgedBy(deps, reaction)
    if (asked === undefined || !exchange.isOpen()) return
    const { user, isPrivate, say } = exchange
    const verdict = verdictIn(reaction.new_reaction)
    if (verdict === undefined) {
      await store.unjudge(asked, user, verdictIn(reaction.old_reaction)!)
      return
    }
    const before = (await store.feedback(asked, user))?.verdict
    if (!exchange.isOpen()) return
    await store.judge(asked, user, { verdict, comment: null }, now())
    const judged = await store.find(asked)
    // Others in a group need not read what only one is asked.
    if (!judged || verdict === before || verdict !== 'wrong' || !isPrivate) return
    say({
      blocks: [SAY.whatWasWrong],
      keyboard: callStaffRows(deps, exchange, judged, reaction.message_id),
      prompt: { purpose: 'complaint', about: asked },
    })
  }
}
