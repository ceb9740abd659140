import { setTimeout as sleep } from 'node:timers/promises'
import { type Api, GrammyError } from 'grammy'
import type { ConversationStore } from '../conversation/conversation-store.ts'
import type { Logger } from '../log.ts'
import type { Disk } from './disk.ts'
import { bold } from './formatted.ts'
import { plainError } from './plain-error.ts'
import { messagesOf, send } from './send.ts'

export interface SendRepliesDeps {
  readonly api: Api
  readonly store: Pick<ConversationStore, 'replies'>
  readonly disk: Disk
  readonly log: Logger
  readonly now: () => number
  /** Ends it; what is being sent then is waited for. */
  readonly signal: AbortSignal
}

/** How often it is looked whether staff wrote: the desk may be another process. */
const LOOK_MS = 1000

/**
 * Sends what staff wrote to who wanted it, one after the other, until it is told to end. What was
 * written stays until its arrival is noted: a reply that was in flight when the process was killed may
 * come twice, none is lost.
 */
export async function sendReplies(deps: SendRepliesDeps): Promise<void> {
  const { log, signal } = deps
  while (!signal.aborted) {
    try {
      while (!signal.aborted && (await sendNext(deps)));
    } catch (error) {
      log.warn({ err: plainError(error) }, 'a reply of the staff was not sent; tried again')
    }
    await sleep(LOOK_MS, undefined, { signal }).catch(() => {})
  }
}

/** Sends the first that waits; false when none does. */
async function sendNext({ api, store, disk, log, now }: SendRepliesDeps): Promise<boolean> {
  const [first] = store.replies.toSend()
  if (!first) return false
  const { asked, to, reply } = first
  const head = reply.signature ? `工作人员回复（${reply.signature}）` : '工作人员回复'
  const messages = messagesOf(
    { chatId: to.chatId, threadId: to.threadId ?? undefined, replyTo: to.message },
    { blocks: [bold(head), reply.text] },
  )
  try {
    for (const message of messages) await send(api, message, log)
  } catch (error) {
    const failure = failureOf(error)
    if (failure === undefined) throw error
    log.info({ err: plainError(error) }, 'a reply of the staff cannot be sent')
    await disk.patiently(() => store.replies.failed(asked, failure, now()))
    return true
  }
  await disk.patiently(() => store.replies.sent(asked, now()))
  log.info('a reply of the staff was sent')
  return true
}

/** Why it will never arrive, in a sentence for staff; nothing where it may yet. */
function failureOf(error: unknown): string | undefined {
  if (!(error instanceof GrammyError) || error.error_code === 429 || error.error_code >= 500)
    return undefined
  return error.error_code === 403
    ? '读者停用了机器人，或者机器人已不在那个群里。'
    : '那段对话已经不在，或者机器人不能在那里说话。'
}
