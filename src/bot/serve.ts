import type { Bot } from 'grammy'
import { BotError, GrammyError, HttpError } from 'grammy'
import type { Update } from 'grammy/types'
import type { Logger } from '../log.ts'
import { abortedChat } from './create-bot.ts'
import type { Answering, BotContext } from './exchange.ts'
import type { Inbox } from './inbox.ts'
import { type Lanes, createLanes } from './lanes.ts'
import { plainError } from './plain-error.ts'

export interface ServeDeps {
  readonly bot: Pick<Bot<BotContext>, 'handleUpdate'>
  readonly me: { readonly username: string }
  readonly inbox: Inbox
  readonly answering: Answering
  readonly log: Logger
  readonly now: () => number
}

/** An update whose answer was begun so often and never finished ends the process each time. */
const MOST_BEGUN = 3

/**
 * Takes updates in and has them answered: of one chat in order, of several side by side; each is
 * stored before it is acknowledged and until it was answered.
 */
export function createServe({ bot, me, inbox, answering, log, now }: ServeDeps) {
  const lanes: Lanes = createLanes()
  let closed = false
  let cutShort = false

  function enqueue(update: Update, begun: number): void {
    const chat = abortedChat(update, me.username)
    if (chat !== undefined) answering.abort(chat, update.message && update.update_id)
    lanes
      .run(laneOf(update), () => answer(update, begun))
      .catch((error: unknown) =>
        log.error({ update: update.update_id, err: plainError(error) }, 'the inbox failed'),
      )
  }

  async function answer(update: Update, begun: number): Promise<void> {
    const id = update.update_id
    if (closed) return
    if (begun >= MOST_BEGUN) {
      log.error({ update: id, begun }, 'given up: the process ended each time this was answered')
      return inbox.end(id, 'failed')
    }
    if (begun > 0)
      log.warn(
        { update: id, begun },
        'answered again after an interruption; the message that was in flight may come twice',
      )
    inbox.begin(id)
    try {
      await bot.handleUpdate(update)
      inbox.end(id, 'answered')
    } catch (thrown) {
      const error = thrown instanceof BotError ? thrown.error : thrown
      if (cutShort && isPassing(error)) {
        log.warn(
          { update: id },
          'cut short by the end of the process; it is answered at the next start',
        )
        return
      }
      inbox.end(id, 'failed')
      if (isBlocked(error))
        log.info(
          { update: id, err: plainError(error) },
          'not answered: the reader cannot be written to',
        )
      else log.error({ update: id, err: plainError(error) }, 'not answered')
    }
  }

  return {
    /** Stores updates, has the new ones answered and gives how many those are; when it returns, all may be acknowledged. */
    take(updates: readonly Update[]): number {
      const fresh = inbox.accept(updates, now())
      for (const update of fresh) enqueue(update, 0)
      return fresh.length
    },
    /** Answers what an earlier process left. */
    resume(): void {
      const open = inbox.open()
      if (open.length > 0)
        log.info({ updates: open.length }, 'answering what was left when the process ended')
      for (const { update, begun } of open) enqueue(update, begun)
    },
    size: lanes.size,
    /** Begins nothing more and resolves when what was begun is done. */
    async drain(): Promise<void> {
      closed = true
      await lanes.idle()
    },
    /** From now on what fails for want of time stays in the inbox. */
    cutShort(): void {
      cutShort = true
    },
  }
}

export type Serve = ReturnType<typeof createServe>

/** Updates without a chat have nothing to keep an order with. */
function laneOf({
  update_id,
  message,
  callback_query,
  my_chat_member,
  stopped_message_generation,
}: Update): number {
  const chat = (message ?? callback_query?.message ?? my_chat_member ?? stopped_message_generation)
    ?.chat
  return chat?.id ?? update_id
}

const isPassing = (error: unknown) =>
  error instanceof HttpError ||
  (error instanceof GrammyError && (error.error_code === 429 || error.error_code >= 500))

const isBlocked = (error: unknown) => error instanceof GrammyError && error.error_code === 403
