import { type Api, GrammyError } from 'grammy'
import type { Citation, Statement } from '../corpus.ts'
import type { Logger } from '../log.ts'
import { type Formatted, formatted, joined } from './formatted.ts'
import { type GrammySignal, grammySignal } from './grammy-signal.ts'
import { plainError } from './plain-error.ts'
import { renderPartial } from './render-answer.ts'
import { NO_PREVIEW, type Outgoing, type Spot, inlineKeyboard } from './send.ts'
import { MESSAGE_LENGTH } from './split-message.ts'

export interface StreamDeps {
  readonly api: Api
  readonly spot: Spot
  /** Drafts can be animated in private chats; elsewhere a message is sent and edited. */
  readonly isPrivate: boolean
  /** Not zero, the same for all drafts of one answer. */
  readonly draftId: number
  /** The day of the question, YYYY-MM-DD. */
  readonly today: string
  /** Sends a first message that will be edited. */
  readonly send: (outgoing: Outgoing) => Promise<number>
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
  send,
  log,
  ...given
}: StreamDeps) {
  const intervalMs = given.intervalMs ?? (isPrivate ? DRAFT_INTERVAL_MS : EDIT_INTERVAL_MS)
  const statements: Statement[] = []
  const citations: Citation[] = []
  const partials = new AbortController()
  let messageId: number | undefined
  let timer: NodeJS.Timeout | undefined
  let inFlight = Promise.resolve()
  let shownAt = 0
  let refused = false
  let ended = false

  const told = () => ({ statements, citations, today })

  async function show(): Promise<void> {
    shownAt = Date.now()
    const partial = statements.length > 0 ? renderPartial(told(), '…') : THINKING
    try {
      if (isPrivate) await draft(partial)
      else if (messageId === undefined) messageId = await send({ blocks: [partial] })
      else await edit(messageId, partial, { signal: grammySignal(partials.signal) })
    } catch (error) {
      // A server that knows no empty draft may know others.
      refused = statements.length > 0
      if (ended || !refused) return
      log.info({ err: plainError(error) }, 'streaming was refused; the whole answer follows')
    }
  }

  async function draft({ text, entities }: Formatted): Promise<void> {
    await api.sendMessageDraft(spot.chatId, draftId, text, {
      entities: [...entities],
      can_stop: true,
      ...(spot.threadId !== undefined && { message_thread_id: spot.threadId }),
    })
  }

  async function edit(
    id: number,
    { text, entities }: Formatted,
    { keyboard, signal }: { keyboard?: Outgoing['keyboard']; signal?: GrammySignal } = {},
  ): Promise<void> {
    const markup = inlineKeyboard(keyboard)
    const options = {
      entities: [...entities],
      link_preview_options: NO_PREVIEW,
      ...(markup && { reply_markup: markup }),
    }
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
    const delay = shownAt === 0 ? FIRST_AFTER_MS : Math.max(0, shownAt + intervalMs - Date.now())
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

    /** Puts the whole answer in the place of what was shown; false when it has to be sent. */
    async finish({ blocks, keyboard }: Outgoing): Promise<number | undefined> {
      await halt()
      const whole = joined(
        blocks.map((block) => formatted(block)),
        '\n\n',
      )
      if (messageId === undefined || whole.text.length > MESSAGE_LENGTH) return undefined
      try {
        await edit(messageId, whole, keyboard ? { keyboard } : {})
        return messageId
      } catch (error) {
        log.warn({ err: plainError(error) }, 'the last edit was refused; the answer is sent anew')
        return undefined
      }
    },

    /** Ends without an answer; what was shown stays, marked as broken off. */
    async abandon(): Promise<void> {
      await halt()
      if (messageId === undefined) return
      const broken = renderPartial(told(), '（已停下）')
      await edit(messageId, broken).catch((error: unknown) =>
        log.info({ err: plainError(error) }, 'a broken off answer could not be marked'),
      )
    },
  }
}

export type Stream = ReturnType<typeof createStream>

/** The message says already what it shall say. */
export function ignoreNotModified(error: unknown): true {
  if (error instanceof GrammyError && error.description.includes('message is not modified'))
    return true
  throw error
}
