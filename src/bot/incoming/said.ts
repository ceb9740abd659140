import type { MessageEntity } from 'grammy/types'
import { withoutMarks } from '../../answer/reply.ts'

/** Words with the entities that belong to them, at offsets in their UTF-16 units. */
export interface Words {
  readonly text: string
  readonly entities: readonly MessageEntity[]
}

/** What of a message says something; every message of Telegram's has it. */
export interface Saying {
  readonly text?: string
  readonly caption?: string
  readonly entities?: readonly MessageEntity[]
  readonly caption_entities?: readonly MessageEntity[]
  readonly quote?: { readonly text: string; readonly entities?: readonly MessageEntity[] }
  readonly reply_to_message?:
    | (Omit<Saying, 'reply_to_message'> & { readonly from?: { readonly id: number } })
    | undefined
}

export interface Self {
  readonly id: number
  readonly username: string
}

/** What somebody wrote: a text, or the caption of what they sent. */
export const wordsOf = ({ text, caption, entities, caption_entities }: Saying): Words =>
  text === undefined
    ? { text: caption ?? '', entities: caption_entities ?? [] }
    : { text, entities: entities ?? [] }

/**
 * What a reply is about: the part it marks, wherever that was said, or else all of what it replies to,
 * without what calls the bot there; empty when nothing can be seen.
 */
export function aboutOf(message: Saying, me: Self): string {
  const { quote, reply_to_message: replied } = message
  if (!quote) return replied ? called(wordsOf(replied), me) : ''
  return (isOurs(message, me) ? withoutMarks(quote.text) : quote.text).trim()
}

/** The same, of what others said: what we said ourselves is no question until it is marked. */
export const heardIn = (message: Saying, me: Self): string =>
  message.quote || !isOurs(message, me) ? aboutOf(message, me) : ''

const isOurs = ({ reply_to_message: replied }: Saying, me: Self) => replied?.from?.id === me.id

/** What a message asks: its own words without what calls the bot, or where it has none, what it is about. */
export const questionIn = (message: Saying, me: Self): string =>
  ownWords(message, me) || heardIn(message, me)

/** What a message says itself, without what calls the bot. */
export const ownWords = (message: Saying, me: Self): string => called(wordsOf(message), me)

export interface CommandGiven {
  readonly name: string
  /** The bot that it names, if it names one. */
  readonly to: string | undefined
  readonly argument: string
}

/** The command that a message begins with, ours or not; a mention before it says whose it is. */
export function commandIn(message: Saying): CommandGiven | undefined {
  const { text, entities } = wordsOf(message)
  const mention = entities.find(({ type, offset }) => type === 'mention' && offset === 0)
  const before = mention?.length ?? 0
  const entity = entities.find(
    ({ type, offset }) => type === 'bot_command' && text.slice(before, offset).trim() === '',
  )
  if (!entity) return undefined
  const end = entity.offset + entity.length
  const [name = '', to] = text.slice(entity.offset + 1, end).split('@')
  return {
    name: name.toLowerCase(),
    to: to ?? (mention && text.slice(1, before)),
    argument: text.slice(end).trim(),
  }
}

/** Whether a message begins with a command that we may take for ours. */
export const isForUs = ({ to }: CommandGiven, { username }: Pick<Self, 'username'>): boolean =>
  to === undefined || to.toLowerCase() === username.toLowerCase()

/** Where words mention the bot. */
export function mentions({ text, entities }: Words, me: Self): MessageEntity[] {
  return entities.filter(
    (entity) =>
      (entity.type === 'text_mention' && entity.user.id === me.id) ||
      (entity.type === 'mention' &&
        text.slice(entity.offset, entity.offset + entity.length).toLowerCase() ===
          `@${me.username.toLowerCase()}`),
  )
}

/** Words without the mentions of the bot and the command before them. */
function called(words: Words, me: Self): string {
  let rest = ''
  let at = 0
  for (const { offset, length } of mentions(words, me)) {
    rest += words.text.slice(at, offset)
    at = offset + length
  }
  return (rest + words.text.slice(at))
    .trim()
    .replace(/^\/\w+(@\w+)?\s*/, '')
    .trim()
}
