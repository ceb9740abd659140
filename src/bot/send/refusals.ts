import { GrammyError, HttpError } from 'grammy'

/**
 * Why Telegram does not take what we say: `passing`, it may another time; `token`, it takes nothing from
 * us until it is given a token that it knows; `thread`, it does not know the topic, though the chat; `topic`,
 * nobody may write in it; `left`, whoever it is for blocked the bot or threw it out; `gone`, there is no such chat;
 * `silenced`, we may not write there; `words`, it is malformed.
 */
export type Refusal =
  | 'passing'
  | 'token'
  | 'thread'
  | 'topic'
  | 'left'
  | 'gone'
  | 'silenced'
  | 'words'

/** The first that fits, by code and by Telegram's words: its own and those of the layer below, in capitals. */
const REFUSALS: readonly (readonly [code: number, words: RegExp, Refusal])[] = [
  [429, /^/, 'passing'],
  [401, /^/, 'token'],
  // Of a token that another Bot API server uses.
  [400, /logged out/i, 'token'],
  [400, /message thread not found/i, 'thread'],
  [400, /TOPIC_CLOSED|TOPIC_DELETED/, 'topic'],
  [400, /USER_IS_BLOCKED/, 'left'],
  [403, /^/, 'left'],
  [400, /chat not found|PEER_ID_INVALID|CHANNEL_PRIVATE|deactivated|is inaccessible/i, 'gone'],
  [400, /CHAT_RESTRICTED|CHAT_WRITE_FORBIDDEN|CHAT_SEND_\w+_FORBIDDEN/, 'silenced'],
  [400, /CHAT_ADMIN_REQUIRED|not enough rights|have no rights|need administrator/i, 'silenced'],
  [400, /^/, 'words'],
]

/** Nothing for what is no refusal of Telegram's, and for what it refuses whatever is said. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof HttpError) return 'passing'
  return error instanceof GrammyError ? refusalIn(error) : undefined
}

/** The same of an answer of the Bot API. */
export function refusalIn({
  error_code: given,
  description,
}: Pick<GrammyError, 'error_code' | 'description'>): Refusal | undefined {
  if (given >= 500) return 'passing'
  return REFUSALS.find(([code, words]) => code === given && words.test(description))?.[2]
}

/** Where nothing can be written, whatever it is; not of one topic alone. */
export const SHUTS: ReadonlySet<Refusal | undefined> = new Set<Refusal>([
  'left',
  'gone',
  'silenced',
])

/** How long Telegram asks to wait, in milliseconds. */
export const askedWaitMs = (error: unknown): number | undefined =>
  error instanceof GrammyError && error.parameters.retry_after !== undefined
    ? error.parameters.retry_after * 1000
    : undefined
