/**
 * A Bot API server for tests: as strict as Telegram where our bot meets it, with people and groups
 * to play, and faults to order. Real HTTP, in the process of the test.
 */
import { once } from 'node:events'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import {
  type Method,
  PAYLOADS,
  checkInlineResults,
  checkMarkup,
  checkText,
} from './check-payload.ts'
import { createInlineMode } from './inline-mode.ts'
import { Refusal, badRequest } from './refusal.ts'
import { type Room, type RoomChat, createRoom } from './room.ts'
import { createUpdateQueue } from './update-queue.ts'

/** What goes wrong with one call; what is `lost` is done and its answer never arrives, what is `late` takes its time, what is `held` for ever; `empty` says that there is nothing. */
export type Fault =
  | {
      readonly code: number
      readonly description?: string
      readonly retry_after?: number
      readonly migrate_to_chat_id?: number
    }
  | 'dropped'
  | 'lost'
  | 'late'
  | 'held'
  | 'empty'

export interface Call {
  readonly method: string
  readonly payload: Record<string, unknown>
  readonly at: number
  readonly outcome: 'done' | Fault
}

/** What a tap was answered with, once; `isAlert` is a window to be closed. */
export interface AnsweredTap {
  readonly answered: boolean
  readonly text?: string
  readonly isAlert?: boolean
}

export const TOKEN = '7654321:simulated-token-simulated-token-000'

const BOT = { id: 7_654_321, is_bot: true, first_name: '问策', username: 'wence_bot' }
const LOCKED_OUT: Readonly<Record<RoomChat['type'], string>> = {
  private: 'blocked by the user',
  group: 'kicked from the group chat',
  supergroup: 'kicked from the supergroup chat',
  channel: 'kicked from the channel chat',
}
const WAIT_MS = 5_000
const LATE_MS = 2_000
const Payload = z.record(z.string(), z.unknown())

export type BotApi = Awaited<ReturnType<typeof startBotApi>>

export async function startBotApi(at = 0) {
  const calls: Call[] = []
  const rooms = new Map<number, Room>()
  const commands = new Map<string, readonly { command: string }[]>()
  const taps = new Map<string, AnsweredTap>()
  const updates = createUpdateQueue()
  const inline = createInlineMode({ bot: BOT, push: (update) => updates.push(update), until })
  const wakers: (() => void)[] = []
  let latencyMs = 0
  let order: (call: Pick<Call, 'method' | 'payload'>) => Fault | undefined = () => undefined

  const server = createServer((request, response) => void respond(request, response))
  server.listen(at, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Whoever asks for nothing learns what time it is.
    if (request.method === 'HEAD')
      return void response.writeHead(302, { date: new Date().toUTCString() }).end()
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? []
    const payload = await bodyOf(request)
    await onTheWay()
    const fault = order({ method, payload })
    const note = (outcome: Call['outcome']) => {
      calls.push({ method, payload, at: Date.now(), outcome })
      for (const wake of wakers.splice(0)) wake()
    }
    try {
      if (token !== TOKEN) throw new Refusal(401, 'Unauthorized')
      // Half a character is written as an escape.
      if (/\\ud[89a-f]/i.test(JSON.stringify(payload)))
        throw badRequest('strings must be encoded in UTF-8')
      if (typeof fault === 'object') throw ordered(fault)
      if (fault === 'held') return note(fault)
      const skipped = fault === 'dropped' || fault === 'empty'
      const result = skipped ? [] : await perform(method, payload, response)
      note(fault ?? 'done')
      await onTheWay()
      if (fault === 'late') await sleep(LATE_MS)
      if (fault === 'dropped' || fault === 'lost') request.socket.destroy()
      else reply(response, 200, { ok: true, result })
    } catch (error) {
      const { code, message, parameters } =
        error instanceof Refusal
          ? error
          : new Refusal(500, `Internal Server Error: ${String(error)}`)
      note({ code, description: message })
      reply(response, code, {
        ok: false,
        error_code: code,
        description: message,
        ...(parameters && { parameters }),
      })
    }
  }

  const onTheWay = () => (latencyMs > 0 ? sleep(latencyMs / 2) : Promise.resolve())

  async function perform(method: string, raw: unknown, response: ServerResponse): Promise<unknown> {
    if (!isMethod(method)) throw new Refusal(404, 'Not Found: method not found')
    switch (method) {
      case 'getMe':
        return {
          ...BOT,
          can_join_groups: true,
          can_read_all_group_messages: false,
          supports_inline_queries: inline.isOn(),
        }
      case 'getUpdates': {
        const p = parse(PAYLOADS.getUpdates, raw)
        updates.allow(p.allowed_updates)
        const gone = new AbortController()
        response.once('close', () => gone.abort())
        return updates.poll({
          offset: p.offset ?? 0,
          limit: p.limit ?? 100,
          timeoutMs: (p.timeout ?? 0) * 1000,
          gone: gone.signal,
        })
      }
      case 'setWebhook': {
        const p = parse(PAYLOADS.setWebhook, raw)
        updates.allow(p.allowed_updates)
        updates.setWebhook(p.url, p.secret_token)
        return true
      }
      case 'getWebhookInfo':
        parse(PAYLOADS.getWebhookInfo, raw)
        return updates.webhookInfo()
      case 'deleteWebhook':
        parse(PAYLOADS.deleteWebhook, raw)
        updates.deleteWebhook()
        return true
      case 'setMyCommands': {
        const p = parse(PAYLOADS.setMyCommands, raw)
        const chatId = p.scope?.chat_id
        if (chatId !== undefined) roomFor(chatId)
        commands.set(String(chatId ?? p.scope?.type ?? 'default'), p.commands)
        return true
      }
      case 'sendChatAction': {
        const p = parse(PAYLOADS.sendChatAction, raw)
        roomFor(p.chat_id, p.message_thread_id).typing++
        return true
      }
      case 'getChatMember': {
        const p = parse(PAYLOADS.getChatMember, raw)
        const isAdmin = roomFor(p.chat_id).admins.has(p.user_id)
        return { status: isAdmin ? 'administrator' : 'member', user: { id: p.user_id } }
      }
      case 'sendMessage':
        return sendMessage(parse(PAYLOADS.sendMessage, raw))
      case 'sendMessageDraft': {
        const p = parse(PAYLOADS.sendMessageDraft, raw)
        const room = roomFor(p.chat_id, p.message_thread_id)
        if (room.chat.type !== 'private') throw badRequest('drafts are for private chats')
        if (p.text !== '') checkText(p.text, p.entities)
        room.drafts.push(p.text)
        return true
      }
      case 'editMessageText':
        return editMessageText(parse(PAYLOADS.editMessageText, raw))
      case 'answerInlineQuery': {
        const { inline_query_id: id, ...answered } = parse(PAYLOADS.answerInlineQuery, raw)
        checkInlineResults(answered.results)
        inline.answer(id, answered)
        return true
      }
      case 'setMessageReaction': {
        const p = parse(PAYLOADS.setMessageReaction, raw)
        const room = roomFor(p.chat_id)
        if (!room.find(p.message_id)) throw badRequest('message to react not found')
        const emojis = (p.reaction ?? []).map(({ emoji }) => emoji)
        if (!emojis.every((emoji) => room.reactionsAllowed.includes(emoji)))
          throw badRequest('REACTION_INVALID')
        room.reactions.set(p.message_id, emojis)
        return true
      }
      case 'deleteMessage': {
        const p = parse(PAYLOADS.deleteMessage, raw)
        if (!roomFor(p.chat_id).remove(p.message_id))
          throw badRequest('message to delete not found')
        return true
      }
      case 'answerCallbackQuery': {
        const p = parse(PAYLOADS.answerCallbackQuery, raw)
        if (taps.get(p.callback_query_id)?.answered !== false)
          throw badRequest('query is too old and response timeout expired or query ID is invalid')
        taps.set(p.callback_query_id, {
          answered: true,
          ...(p.text !== undefined && { text: p.text }),
          isAlert: p.show_alert ?? false,
        })
        return true
      }
    }
  }

  function sendMessage(p: z.infer<typeof PAYLOADS.sendMessage>) {
    const room = roomFor(p.chat_id, p.message_thread_id)
    if (room.closed.has(p.message_thread_id ?? 0)) throw badRequest('TOPIC_CLOSED')
    checkText(p.text, p.entities)
    checkMarkup(p.reply_markup)
    const target = p.reply_parameters && room.find(p.reply_parameters.message_id)
    if (p.reply_parameters && !target && !p.reply_parameters.allow_sending_without_reply)
      throw badRequest('message to be replied not found')
    return room.post(BOT, {
      text: p.text,
      ...(p.entities && { entities: p.entities }),
      ...(target && { reply_to_message: target }),
      ...(p.reply_markup && { reply_markup: p.reply_markup }),
      ...(p.message_thread_id !== undefined && {
        message_thread_id: p.message_thread_id,
        is_topic_message: true as const,
      }),
    })
  }

  function editMessageText(p: z.infer<typeof PAYLOADS.editMessageText>) {
    const room = roomFor(p.chat_id)
    const message = room.find(p.message_id)
    if (!message) throw badRequest('message to edit not found')
    if (message.from.id !== BOT.id) throw badRequest("message can't be edited")
    checkText(p.text, p.entities)
    checkMarkup(p.reply_markup)
    const { text, entities = [], reply_markup: markup } = message
    if (
      JSON.stringify([text, entities, markup]) ===
      JSON.stringify([p.text, p.entities ?? [], p.reply_markup])
    )
      throw badRequest(
        'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      )
    return room.rewrite(p.message_id, {
      text: p.text,
      entities: p.entities ?? [],
      ...(p.reply_markup && { reply_markup: p.reply_markup }),
    })
  }

  function roomFor(chatId: number, threadId?: number): Room {
    const room = rooms.get(chatId)
    if (!room) throw badRequest('chat not found')
    const { becameId } = room
    if (becameId !== undefined)
      throw new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
        migrate_to_chat_id: becameId,
      })
    if (room.blocked) throw new Refusal(403, `Forbidden: bot was ${LOCKED_OUT[room.chat.type]}`)
    if (room.chat.type === 'channel') throw badRequest('need administrator rights in the channel')
    if (threadId !== undefined && !room.threads.has(threadId))
      throw badRequest('message thread not found')
    return room
  }

  /** Waits until something holds; looks again after every call. */
  async function until(
    holds: () => boolean | Promise<boolean>,
    waitMs: number = WAIT_MS,
  ): Promise<void> {
    const end = Date.now() + waitMs
    while (!(await holds())) {
      if (Date.now() > end) throw new Error(`Not within ${waitMs} ms: ${holds.toString()}`)
      await Promise.race([new Promise<void>((resolve) => wakers.push(resolve)), sleep(25)])
    }
  }

  function tapped(): string {
    const id = String(taps.size + 1)
    taps.set(id, { answered: false })
    return id
  }

  function open(chat: RoomChat): Room {
    const room = createRoom(chat, {
      bot: BOT,
      push: (update) => updates.push(update),
      tapped,
      until,
    })
    rooms.set(chat.id, room)
    return room
  }

  return {
    root: `http://127.0.0.1:${port}`,
    me: BOT,
    calls,
    commands,
    taps,
    updates,
    inline,
    until,
    /** A private chat with somebody. */
    person: (id: number) => open({ id, type: 'private', first_name: `客${id}` }),
    group: (id: number, title = '群') => open({ id, type: 'supergroup', title }),
    /** A group as they begin, which may become a supergroup. */
    basicGroup: (id: number, title = '群') => open({ id, type: 'group', title }),
    channel: (id: number, title = '频道') => open({ id, type: 'channel', title }),
    /**
     * A group becomes a supergroup: a chat of its own whose messages are numbered anew. Nothing is taken
     * in the old one any more. Both are told of it, unless that is for the test to do.
     */
    upgrade(group: Room, id: number, tells = true): Room {
      const room = open({ ...group.chat, id, type: 'supergroup' })
      group.becameId = id
      if (tells) group.send({ migrate_to_chat_id: id })
      if (tells) room.sendAs(room.chat, { migrate_from_chat_id: group.chat.id })
      return room
    },
    /** So long after a tap that Telegram waits for no answer to it. */
    expire: (tap: string) => void taps.set(tap, { answered: true }),
    /** Orders faults: asked before each call. */
    order(faults: typeof order): void {
      order = faults
    },
    /** How long a call is on its way there and back. */
    slow(ms: number): void {
      latencyMs = ms
    },
    async close(): Promise<void> {
      updates.deleteWebhook()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const isMethod = (name: string): name is Method => Object.hasOwn(PAYLOADS, name)

function parse<T>(schema: z.ZodType<T>, raw: unknown): T {
  const parsed = schema.safeParse(raw)
  if (!parsed.success) throw badRequest(z.prettifyError(parsed.error))
  return parsed.data
}

const ordered = ({
  code,
  description = `ordered ${code}`,
  ...parameters
}: Exclude<Fault, string>) => new Refusal(code, description, parameters)

function reply(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const text = Buffer.concat(chunks).toString('utf8')
  return text ? Payload.parse(JSON.parse(text)) : {}
}
