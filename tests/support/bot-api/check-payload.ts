import { z } from 'zod'
import { badRequest } from './refusal.ts'

/** Lengths are UTF-16 units, as Telegram counts entities. */
const MOST = {
  text: 4096,
  callbackAnswer: 200,
  callbackBytes: 64,
  copied: 256,
  entities: 100,
  commands: 100,
}

const Entity = z.looseObject({
  type: z.string(),
  offset: z.int().nonnegative(),
  length: z.int().positive(),
})
type Placed = Pick<z.infer<typeof Entity>, 'type' | 'offset' | 'length'>
const Button = z.strictObject({
  text: z.string().min(1),
  callback_data: z.string().optional(),
  url: z.string().optional(),
  switch_inline_query: z.string().max(256).optional(),
  copy_text: z.strictObject({ text: z.string() }).optional(),
})
/** An inline keyboard or a forced reply. */
const Markup = z.strictObject({
  inline_keyboard: z.array(z.array(Button)).optional(),
  force_reply: z.literal(true).optional(),
  selective: z.boolean().optional(),
  input_field_placeholder: z.string().min(1).max(64).optional(),
})
/** What an inline query may be answered with; of the twenty kinds the one that we send. */
const InlineResult = z.strictObject({
  type: z.literal('article'),
  id: z.string().refine((id) => within(Buffer.byteLength(id), 1, 64)),
  title: z.string().min(1),
  description: z.string().optional(),
  input_message_content: z.strictObject({
    message_text: z.string(),
    entities: z.array(Entity).optional(),
    link_preview_options: z.strictObject({ is_disabled: z.boolean() }).optional(),
  }),
  reply_markup: z.strictObject({ inline_keyboard: z.array(z.array(Button)) }).optional(),
})
export type InlineResult = z.infer<typeof InlineResult>
const Preview = z.strictObject({ is_disabled: z.boolean() })
const ReplyParameters = z.strictObject({
  message_id: z.int(),
  allow_sending_without_reply: z.boolean().optional(),
})
const Commands = z.array(
  z.strictObject({
    command: z.string().regex(/^[a-z0-9_]{1,32}$/),
    description: z.string().min(1).max(256),
  }),
)

/** The methods that the bot may call, with exactly the parameters that Telegram knows of those it uses. */
export const PAYLOADS = {
  getMe: z.strictObject({}),
  getUpdates: z.strictObject({
    offset: z.int().optional(),
    limit: z.int().min(1).max(100).optional(),
    timeout: z.int().nonnegative().optional(),
    allowed_updates: z.array(z.string()).optional(),
  }),
  setWebhook: z.strictObject({
    url: z.url(),
    secret_token: z
      .string()
      .regex(/^[\w-]{1,256}$/)
      .optional(),
    allowed_updates: z.array(z.string()).optional(),
  }),
  getWebhookInfo: z.strictObject({}),
  deleteWebhook: z.strictObject({ drop_pending_updates: z.boolean().optional() }),
  setMyCommands: z.strictObject({
    commands: Commands.max(MOST.commands),
    scope: z.looseObject({ type: z.string(), chat_id: z.int().optional() }).optional(),
  }),
  sendChatAction: z.strictObject({
    chat_id: z.int(),
    action: z.literal('typing'),
    message_thread_id: z.int().optional(),
  }),
  sendMessage: z.strictObject({
    chat_id: z.int(),
    text: z.string(),
    entities: z.array(Entity).optional(),
    message_thread_id: z.int().optional(),
    link_preview_options: Preview.optional(),
    reply_parameters: ReplyParameters.optional(),
    reply_markup: Markup.optional(),
  }),
  sendMessageDraft: z.strictObject({
    chat_id: z.int(),
    draft_id: z.int().refine((id) => id !== 0),
    text: z.string().max(MOST.text),
    entities: z.array(Entity).optional(),
    message_thread_id: z.int().optional(),
    can_stop: z.boolean().optional(),
  }),
  editMessageText: z.strictObject({
    chat_id: z.int(),
    message_id: z.int(),
    text: z.string(),
    entities: z.array(Entity).optional(),
    link_preview_options: Preview.optional(),
    reply_markup: Markup.optional(),
  }),
  answerInlineQuery: z.strictObject({
    inline_query_id: z.string(),
    results: z.array(InlineResult).max(50),
    cache_time: z.int().nonnegative().optional(),
    is_personal: z.boolean().optional(),
    button: z
      .strictObject({
        text: z.string().min(1).max(64),
        start_parameter: z.string().regex(/^[\w-]{1,64}$/),
      })
      .optional(),
  }),
  setMessageReaction: z.strictObject({
    chat_id: z.int(),
    message_id: z.int(),
    reaction: z
      .array(z.strictObject({ type: z.literal('emoji'), emoji: z.string() }))
      .max(1)
      .optional(),
  }),
  deleteMessage: z.strictObject({ chat_id: z.int(), message_id: z.int() }),
  getChatMember: z.strictObject({ chat_id: z.number(), user_id: z.number() }),
  answerCallbackQuery: z.strictObject({
    callback_query_id: z.string(),
    text: z.string().max(MOST.callbackAnswer).optional(),
    show_alert: z.boolean().optional(),
  }),
}

export type Method = keyof typeof PAYLOADS

/** @throws Refusal when Telegram would refuse the text, its entities or its buttons. */
export function checkText(text: string, entities: readonly Placed[] = []): void {
  if (text.trim() === '') throw badRequest('message text is empty')
  if (text !== text.trim()) throw badRequest('white space at the ends would shift the entities')
  if (text.length > MOST.text) throw badRequest('message is too long')
  if (entities.length > MOST.entities) throw badRequest('more entities than are shown')
  for (const { offset, length, type } of entities) {
    if (offset + length > text.length) throw badRequest(`entity ${type} reaches beyond the text`)
    if (splitsPair(text, offset) || splitsPair(text, offset + length))
      throw badRequest(`entity ${type} begins or ends inside a character`)
  }
  checkNesting(entities)
}

/** Entities lie in or beside each other; a quote lies in nothing. */
function checkNesting(entities: readonly Placed[]): void {
  const isQuote = (type: string) => type.endsWith('blockquote')
  for (const [i, a] of entities.entries())
    for (const b of entities.slice(i + 1)) {
      const [first, second] = a.offset <= b.offset ? [a, b] : [b, a]
      const overlap = second.offset < first.offset + first.length
      if (!overlap) continue
      const nested =
        second.offset + second.length <= first.offset + first.length ||
        (first.offset === second.offset && first.length <= second.length)
      if (!nested) throw badRequest('entities overlap')
      if (isQuote(a.type) && isQuote(b.type)) throw badRequest('quotes cannot be nested')
    }
}

export function checkMarkup(markup: z.infer<typeof Markup> | undefined): void {
  if (!markup) return
  const { inline_keyboard: rows = [], force_reply: forced } = markup
  if (forced && rows.length > 0) throw badRequest('one kind of reply markup at a time')
  if (rows.some((row) => row.length === 0 || row.length > 8))
    throw badRequest('a row has 1 to 8 buttons')
  if (rows.flat().length > 100) throw badRequest('more than 100 buttons')
  for (const { text: _, ...action } of rows.flat()) checkAction(action)
}

function checkAction(action: Record<string, unknown>): void {
  const [name = '', ...others] = Object.keys(action)
  if (others.length > 0) throw badRequest('a button does one thing')
  const value = action[name]
  switch (name) {
    case 'callback_data': {
      const bytes = Buffer.byteLength(String(value))
      if (bytes < 1 || bytes > MOST.callbackBytes) throw badRequest('BUTTON_DATA_INVALID')
      return
    }
    case 'switch_inline_query':
      return
    case 'url':
      checkUrl(String(value))
      return
    case 'copy_text': {
      const copied = z.strictObject({ text: z.string().min(1).max(MOST.copied) }).safeParse(value)
      if (!copied.success) throw badRequest('BUTTON_COPY_TEXT_INVALID')
      return
    }
    default:
      throw badRequest('text buttons are unallowed in the inline keyboard')
  }
}

/** @throws Refusal when Telegram would refuse a result, or the message that choosing it sends. */
export function checkInlineResults(results: readonly InlineResult[]): void {
  if (new Set(results.map(({ id }) => id)).size < results.length)
    throw badRequest('RESULT_ID_DUPLICATE')
  for (const { title, description = '', input_message_content: sent, reply_markup } of results) {
    if (![title, description].every((text) => text.isWellFormed()))
      throw badRequest('strings must be encoded in UTF-8')
    checkText(sent.message_text, sent.entities)
    checkMarkup(reply_markup)
  }
}

const within = (n: number, least: number, most: number) => least <= n && n <= most

/** As tdlib's `LinkManager::check_link` does. */
function checkUrl(value: string): void {
  const refuse = (why: string) =>
    badRequest(`inline keyboard button URL '${value}' is invalid: ${why}`)
  const url = URL.parse(value)
  if (url?.protocol === 'tg:') return
  if (!url || !/^https?:$/.test(url.protocol)) throw refuse('Unsupported URL protocol')
  if (!/\.|^\[/.test(url.hostname)) throw refuse('Wrong HTTP URL')
}

const splitsPair = (text: string, at: number) =>
  at > 0 &&
  at < text.length &&
  /[\uDC00-\uDFFF]/.test(text.charAt(at)) &&
  /[\uD800-\uDBFF]/.test(text.charAt(at - 1))
