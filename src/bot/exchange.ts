import type { Api, Context } from 'grammy'
import type { Message, Update, UserFromGetMe } from 'grammy/types'
import type { CheckClaim } from '../answer/claims/check-claim.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Conversations } from '../stores/conversations.ts'
import type { Library } from '../conversation/library.ts'
import type { Logger } from '../log.ts'
import type { Budget } from '../stores/budget.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { Follows } from '../stores/follows.ts'
import type { StaffReplies } from '../stores/staff-replies.ts'
import type { State } from '../stores/state.ts'
import type { ArticleReferences } from './article-references.ts'
import type { Inbox } from './updates/inbox.ts'
import type { Disk } from './updates/disk.ts'
import type { Clock } from '../clock.ts'
import type { Limits } from './incoming/guard.ts'
import type { Holds } from './send/holds.ts'
import type { OfferedLately } from './handlers/on-inline-query.ts'
import type { Known, Questions } from './incoming/questions.ts'
import type { Move, Moves } from './incoming/moves.ts'
import { commandIn } from './incoming/said.ts'
import { type Outgoing, type Planned, type Spot, messagesOf } from './send/send.ts'
import { senderOf } from './incoming/sender.ts'

/** What the settings say of the bot. */
export interface BotSettings {
  readonly staff: ReadonlySet<number>
  /** Ids of chats and people; empty means everyone. */
  readonly allowed: ReadonlySet<number>
  readonly modelCallsPerDay: number
  readonly keepDays: number
  readonly publicUrl: string | undefined
  /** Whether staff see at a desk what was asked, and can answer who wants it. */
  readonly hasDesk: boolean
  /** Whether answers take so long that they are shown as they are written. */
  readonly streams: boolean
}

/** Everything that handling an update needs. */
export interface BotDeps {
  readonly api: Api
  readonly me: UserFromGetMe
  readonly settings: BotSettings
  readonly conversation: Conversation
  readonly state: Pick<State, 'forget'>
  readonly store: Conversations
  readonly follows: Follows
  readonly replies: StaffReplies
  readonly moves: Moves
  readonly library: Library
  readonly checkClaim: CheckClaim | undefined
  readonly budget: Budget
  /** Counts a call of a model; false when today's are spent. */
  readonly spend: () => Promise<boolean>
  readonly references: ArticleReferences
  readonly inbox: Inbox
  readonly holds: Holds
  readonly questions: Questions
  readonly pseudonym: (...what: readonly (string | number)[]) => string
  readonly disk: Disk
  /** Told when what is kept turns out to be damaged. */
  readonly onDamage: () => void
  readonly clock: Pick<Clock, 'is'>
  readonly limits: Limits
  readonly answering: Answering
  readonly offered: OfferedLately
  readonly log: Logger
  readonly metrics: Pick<Metrics, 'asked'>
  /** The name of an update in the log and of its answer in what is kept: the same, however often it is begun. */
  readonly requestOf: (updateId: number) => string
  /** What time it is by Telegram, in milliseconds since 1970. */
  readonly now: () => number
}

/** Whom an update comes from. */
type AskedBy = Pick<Exchange, 'updateId' | 'userId'>

/** The answers that are being written, so that /abort reaches one while the chat waits for it. */
export interface Answering {
  readonly begin: (chatId: number, of: AskedBy) => AbortSignal
  readonly end: (updateId: number) => void
  /**
   * Stops the answer of a chat, if one is being written: for whoever asked, on behalf of an update that
   * will ask whether it did, or for the button below it.
   */
  readonly abort: (chatId: number, by?: AskedBy) => void
  /** Stops an answer that is written for a chat from the one that it became, too. */
  readonly move: (move: Move) => void
  /** Whether an update stopped an answer; told once. */
  readonly wasStoppedBy: (updateId: number) => boolean
  /** Stops the answer to an update, if it is being written. */
  readonly stop: (updateId: number) => void
  /** Stops the answer to an update, or keeps it from being begun: its question was edited. */
  readonly supersede: (updateId: number) => void
  readonly isSuperseded: (updateId: number) => boolean
  /** Forgets an update that is done with. */
  readonly done: (updateId: number) => void
}

export function createAnswering(): Answering {
  const running = new Map<
    number,
    AskedBy & { readonly chatId: number; readonly controller: AbortController }
  >()
  const moved = new Map<number, number>()
  const nowOf = (chatId: number) => moved.get(chatId) ?? chatId
  const stoppers = new Set<number>()
  const superseded = new Set<number>()
  const stop = (updateId: number) => running.get(updateId)?.controller.abort()
  return {
    begin: (chatId, { updateId, userId }) => {
      const controller = new AbortController()
      running.set(updateId, { chatId, updateId, userId, controller })
      if (superseded.has(updateId)) controller.abort()
      return controller.signal
    },
    end: (updateId) => void running.delete(updateId),
    abort: (chatId, by) => {
      for (const answer of running.values()) {
        const isOther = by !== undefined && by.userId !== answer.userId
        if (isOther || nowOf(answer.chatId) !== nowOf(chatId)) continue
        answer.controller.abort()
        if (by) stoppers.add(by.updateId)
      }
    },
    move: ({ was, is }) => void moved.set(was, is),
    wasStoppedBy: (updateId) => stoppers.delete(updateId),
    stop,
    supersede: (updateId) => {
      superseded.add(updateId)
      stop(updateId)
    },
    isSuperseded: (updateId) => superseded.has(updateId),
    done: (updateId) => void superseded.delete(updateId),
  }
}

/** One update from one person, or a chat in whose name one writes, in one place, and what is said to it. */
export interface Exchange {
  readonly api: Api
  readonly updateId: number
  /** When the person wrote or tapped, by Telegram's clock, in milliseconds since 1970. */
  readonly at: number
  readonly spot: Spot
  readonly isPrivate: boolean
  readonly isStaff: boolean
  readonly userId: number
  /** Whether it was written in the name of a chat: whoever did that taps buttons as somebody else. */
  readonly isOfChat: boolean
  /** The names under which the person and the conversation are remembered. */
  readonly user: string
  readonly chat: string
  /** The name under which an answer to this update is remembered: the same, however often it is begun. */
  readonly askedId: string
  /** Adds to what is said to the update; it is sent when all of it is known. */
  readonly say: (outgoing: Outgoing | string) => void
  readonly said: readonly Planned[]
  /**
   * Whether it is to be answered still: whoever waited for anything asks before they note what was said in
   * it, which may have been forgotten.
   */
  readonly isOpen: () => boolean
  /** The other messages that it came in. */
  readonly parts: readonly number[]
  /** What was asked before it was edited, and the messages in whose place the answer goes. */
  readonly mends?: Known
  readonly log: Logger
}

export type BotContext = Context & { exchange: Exchange }

/** Nothing when an update comes from nobody or nowhere; a channel is where nobody asks us anything. */
export function exchangeOf(
  ctx: Context,
  deps: BotDeps,
  parts: readonly Update[] = [],
): Exchange | undefined {
  const { chat } = ctx
  const sender = senderOf(ctx)
  if (!chat || chat.type === 'channel' || !sender) return undefined
  const written = ctx.message ?? ctx.editedMessage
  const message = ctx.callbackQuery?.message ?? written
  const isTopic = message !== undefined && 'is_topic_message' in message && message.is_topic_message
  const threadId = isTopic ? message.message_thread_id : undefined
  const isPrivate = chat.type === 'private'
  const about = message?.message_id ?? ctx.messageReaction?.message_id
  const replyTo = isPrivate && isBareCommand(written) ? undefined : about
  const spot: Spot = { chatId: chat.id, threadId, replyTo }
  const updateId = ctx.update.update_id
  const said: Planned[] = []
  return {
    api: deps.api,
    updateId,
    at: written ? (written.edit_date ?? written.date) * 1000 : deps.now(),
    spot,
    isPrivate,
    isStaff: deps.settings.staff.has(sender.id),
    userId: sender.id,
    isOfChat: sender.isChat,
    user: deps.pseudonym('user', sender.id),
    chat: deps.pseudonym('chat', chat.id, threadId ?? 0),
    askedId: deps.requestOf(updateId),
    say: (outgoing) => {
      said.push(
        ...messagesOf(spot, typeof outgoing === 'string' ? { blocks: [outgoing] } : outgoing),
      )
    },
    said,
    isOpen: () => deps.inbox.isOpen(updateId),
    parts: parts.flatMap((part) => part.message?.message_id ?? []),
    log: deps.log,
  }
}

/** Where two talk alone, an answer to a command right below it needs no quote of it; a question gets one. */
const isBareCommand = (message: Message | undefined) => {
  const command = message && commandIn(message)
  return command !== undefined && !ASKING.has(command.name)
}
const ASKING: ReadonlySet<string> = new Set(['ask', 'check'])
