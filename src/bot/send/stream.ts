import type { Api } from 'grammy'
import type { Citation, Statement } from '../../corpus.ts'
import type { Logger } from '../../log.ts'
import { type Formatted, formatted } from '../render/formatted.ts'
import { grammySignal } from './grammy-signal.ts'
import { plainError } from '../plain-error.ts'
import { renderPartial } from '../render/render-answer.ts'
import { NO_PREVIEW, type Outgoing, type Spot, ignoreNotModified, messagesOf } from './send.ts'

export interface StreamDeps {
  readonly api: Api
  readonly spot: Spot
  /** Drafts can be animated in private chats; elsewhere a message is sent and edited. */
  readonly isPrivate: boolean
  /** Not zero, the same for all drafts of one answer. */
  readonly draftId: number
  /** The day of the question, YYYY-MM-DD. */
  readonly today: string
  /** The message that shows it already, since an earlier process sent that. */
  readonly shown?: number | undefined
  /** Notes a first message that will be edited, as soon as it arrived. */
  readonly onShown: (message: number) => void
  readonly log: Logger
  readonly intervalMs?: number
}

/** An answer that is done sooner is sent at once, whole. */
const FIRST_AFTER_MS = 250
const DRAFT_INTERVAL_MS = 700
/** A group takes 20 messages a minute from a bot, edits included. */
const EDIT_INTERVAL_MS = 3_500

/** An empty draft shows that the answer is being thought about, and a button to stop it. */
const THINKING = formatted('')

/** Shows statements while more are being written; when Telegram refuses, it waits for the whole. */
export function createStream({
  api,
  spot,
  isPrivate,
  draftId,
  today,
  shown,
  onShown,
  log,
  ...given
}: StreamDeps) {
  const intervalMs = given.intervalMs ?? (isPrivate ? DRAFT_INTERVAL_MS : EDIT_INTERVAL_MS)
  const statements: Statement[] = []
  const citations: Citation[] = []
  const partials = new AbortController()
  const signal = grammySignal(partials.signal)
  let messageId = shown
  let timer: NodeJS.Timeout | undefined
  let inFlight = Promise.resolve()
  let shownAt = 0
  let refused = false
  let ended = false

  const told = () => ({ statements, citations, today })

  async function show(): Promise<void> {
    shownAt = performance.now()
    const partial = statements.length > 0 ? renderPartial(told(), '…') : THINKING
    try {
      if (isPrivate) await draft(partial)
      else if (messageId === undefined) await post(partial)
      else await edit(messageId, partial)
    } catch (error) {
      // A server that knows no empty draft may know others.
      refused = statements.length > 0
      if (ended || !refused) return
      log.info({ err: plainError(error) }, 'streaming was refused; the whole answer follows')
    }
  }

  async function draft({ text, entities }: Formatted): Promise<void> {
    const options = {
      entities: [...entities],
      can_stop: true,
      ...(spot.threadId !== undefined && { message_thread_id: spot.threadId }),
    }
    // One that was called back could still come after the whole.
    await api.sendMessageDraft(spot.chatId, draftId, text, options)
  }

  async function post(partial: Formatted): Promise<void> {
    const [planned] = messagesOf(spot, { blocks: [partial] })
    if (!planned) return
    const { text, options } = planned
    messageId = (await api.sendMessage(spot.chatId, text, options, signal)).message_id
    onShown(messageId)
  }

  async function edit(id: number, { text, entities }: Formatted): Promise<void> {
    const options = { entities: [...entities], link_preview_options: NO_PREVIEW }
    await api.editMessageText(spot.chatId, id, text, options, signal).catch(ignoreNotModified)
  }

  async function halt(): Promise<void> {
    ended = true
    clearTimeout(timer)
    // A partial that Telegram put off would come after the whole.
    partials.abort()
    await inFlight
  }

  function showSoon(): void {
    if (ended || refused || timer) return
    const delay =
      shownAt === 0 ? FIRST_AFTER_MS : Math.max(0, shownAt + intervalMs - performance.now())
    timer = setTimeout(() => {
      timer = undefined
      inFlight = inFlight.then(show)
    }, delay)
  }

  if (isPrivate) showSoon()
  return {
    /** One more statement, with what it cites. */
    push(statement: Statement, cited: readonly Citation[]): void {
      statements.push(statement)
      citations.push(...cited)
      showSoon()
    },

    /** Shows nothing more; gives the message in whose place the whole goes, if there is one. */
    async end(): Promise<number | undefined> {
      await halt()
      return messageId
    },

    /** Ends without an answer; what was shown stays, marked as broken off. */
    async abandon(): Promise<Outgoing | undefined> {
      await halt()
      if (messageId === undefined) return undefined
      return { blocks: [renderPartial(told(), '（已停下）')], over: messageId }
    },
  }
}

export type Stream = ReturnType<typeof createStream>
