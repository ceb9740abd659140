import { setTimeout as sleep } from 'node:timers/promises'

export interface Person {
  readonly id: number
  readonly is_bot: boolean
  readonly first_name: string
  readonly username?: string
}

export interface RoomChat {
  readonly id: number
  readonly type: 'private' | 'group' | 'supergroup' | 'channel'
  readonly title?: string
  readonly first_name?: string
}

export interface Entity {
  readonly type: string
  readonly offset: number
  readonly length: number
}

export interface Button {
  readonly text: string
  readonly callback_data?: string | undefined
  readonly url?: string | undefined
  readonly switch_inline_query?: string | undefined
  readonly copy_text?: { readonly text: string } | undefined
}

/** What can be put into a message. */
export interface Content {
  readonly text?: string
  readonly entities?: readonly Entity[]
  readonly date?: number
  readonly reply_to_message?: Shown
  readonly reply_markup?: {
    readonly inline_keyboard?: readonly (readonly Button[])[] | undefined
    readonly force_reply?: true | undefined
  }
  readonly message_thread_id?: number
  readonly is_topic_message?: true
  readonly [other: string]: unknown
}

/** A message as its chat shows it; `edits` counts how often it was rewritten. */
export interface Shown extends Content {
  readonly message_id: number
  readonly date: number
  readonly chat: RoomChat
  readonly from: Person
  readonly edits: number
}

export interface RoomDeps {
  readonly bot: Person
  readonly push: (update: Record<string, unknown>) => number
  /** Notes a tap and gives its id. */
  readonly tapped: () => string
  readonly until: (holds: () => boolean, waitMs?: number) => Promise<void>
}

export const person = (id: number, first_name = `客${id}`): Person => ({
  id,
  is_bot: false,
  first_name,
})

/** Who writes in a group when a test does not care. */
export const SOMEBODY = person(501, '某人')

/** What stands as the author of a message that was sent in the name of a chat. */
const STAND_INS = {
  group: { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' },
  channel: { id: 136_817_688, is_bot: true, first_name: 'Channel', username: 'Channel_Bot' },
  linkedChannel: { id: 777_000, is_bot: false, first_name: 'Telegram' },
} as const

export type Room = ReturnType<typeof createRoom>

/** A chat with its messages, in which a test writes and taps and reads what the bot says. */
export function createRoom(chat: RoomChat, { bot, push, tapped, until }: RoomDeps) {
  const messages: Shown[] = []
  const someone = chat.type === 'private' ? person(chat.id) : SOMEBODY
  let read = 0
  let lastId = 0

  function post(from: Person, content: Content): Shown {
    const message = {
      message_id: ++lastId,
      date: Math.floor(Date.now() / 1000),
      chat,
      from,
      edits: 0,
      ...content,
    }
    messages.push(message)
    return message
  }

  /** Somebody sends a message of any kind. */
  function send(content: Content, from: Person = someone): Shown {
    const message = post(from, content)
    push({ message: flat(message) })
    return message
  }

  function sendAs(sender: RoomChat, content: Content): Shown {
    const from = sender.id === chat.id ? STAND_INS.group : STAND_INS.channel
    return send({ sender_chat: sender, ...content }, from)
  }

  const fromBot = () => messages.findIndex((message, i) => i >= read && message.from.id === bot.id)

  return {
    chat,
    messages,
    post,
    send,
    until,
    drafts: [] as string[],
    threads: new Set<number>(),
    /** What the bot put under messages, and may. */
    reactions: new Map<number, readonly string[]>(),
    reactionsAllowed: ['👍', '👎', '👌', '👀'],
    /** Topics in which nobody may write any more. */
    closed: new Set<number>(),
    admins: new Set<number>(),
    /** How often the bot showed that it types. */
    typing: 0,
    /** Whether the person blocked the bot, or the group threw it out. */
    blocked: false,
    /** The supergroup that the group became. */
    becameId: undefined as number | undefined,
    find: (id: number) => messages.find(({ message_id: known }) => known === id),
    rewrite(id: number, content: Content): Shown {
      const at = messages.findIndex(({ message_id: known }) => known === id)
      const { reply_markup: _, ...kept } = messages[at]!
      messages[at] = { ...kept, ...content, edits: kept.edits + 1 }
      return messages[at]
    },

    /** Takes a message away; false when it is not there. */
    remove(id: number): boolean {
      const at = messages.findIndex(({ message_id: known }) => known === id)
      if (at < 0) return false
      messages.splice(at, 1)
      if (at < read) read--
      return true
    },

    /** Whoever wrote a message edits it, so many seconds after it was sent. */
    edit({ message_id: id }: Shown, text: string, after = 10): Shown {
      const { date } = messages.find(({ message_id: known }) => known === id)!
      const edited = this.rewrite(id, { text, entities: entitiesOf(text), edit_date: date + after })
      push({ edited_message: flat(edited) })
      return edited
    },

    /** Whoever sent a picture writes something under it. */
    caption({ message_id: id, date }: Shown, caption: string): void {
      push({ edited_message: flat(this.rewrite(id, { caption, edit_date: date + 10 })) })
    },

    /** Somebody writes words; Telegram finds commands and mentions in them. */
    write(text: string, content: Content = {}, from: Person = someone): Shown {
      return send(worded(text, content), from)
    },

    /** Somebody sends in the name of a chat: an anonymous admin in the group's, others in their channel's. */
    sendAs,
    writeAs: (sender: RoomChat, text: string, content: Content = {}): Shown =>
      sendAs(sender, worded(text, content)),

    /** A post of the linked channel comes into its group. */
    forwardPost(channel: RoomChat, text: string): Shown {
      const content = {
        sender_chat: channel,
        is_automatic_forward: true,
        forward_origin: { type: 'channel', chat: channel, message_id: 1, date: 1 },
      }
      return send(worded(text, content), STAND_INS.linkedChannel)
    },

    /** The bot's rights in the chat change. */
    admit(before: string, after: string, by: Person = someone): void {
      const [old_chat_member, new_chat_member] = [before, after].map((status) => ({
        status,
        user: bot,
      }))
      const date = Math.floor(Date.now() / 1000)
      push({ my_chat_member: { chat, from: by, date, old_chat_member, new_chat_member } })
    },

    /** Somebody taps the button whose label begins so; gives the id of the tap. */
    tap(message: Shown, label: string, from: Person = someone): string {
      const shown = messages.find(({ message_id: id }) => id === message.message_id) ?? message
      const button = shown.reply_markup?.inline_keyboard
        ?.flat()
        .find(({ text }) => text.startsWith(label))
      if (button?.callback_data === undefined)
        throw new Error(`No button ${label} under: ${shown.text}`)
      const id = tapped()
      push({
        callback_query: {
          id,
          from,
          chat_instance: String(chat.id),
          data: button.callback_data,
          message: flat(shown),
        },
      })
      return id
    },

    /** Somebody puts other faces under a message than before; those of a group hear of it where they are admins. */
    react(
      { message_id }: Pick<Shown, 'message_id'>,
      before: readonly string[],
      after: readonly string[],
      actor: { readonly user: Person } | { readonly actor_chat: object } = { user: someone },
    ): void {
      const faces = (emojis: readonly string[]) => emojis.map((emoji) => ({ type: 'emoji', emoji }))
      push({
        message_reaction: {
          chat,
          message_id,
          ...actor,
          date: Math.floor(Date.now() / 1000),
          old_reaction: faces(before),
          new_reaction: faces(after),
        },
      })
    },

    /** The bot's next message that was not read yet. */
    async next(waitMs?: number): Promise<Shown> {
      await until(() => fromBot() >= 0, waitMs)
      read = fromBot() + 1
      return messages[read - 1]!
    },

    /** Whether the bot says nothing for a while. */
    async quiet(ms = 150): Promise<boolean> {
      await sleep(ms)
      return fromBot() < 0
    },
  }
}

/** Telegram gives the message replied to without the one that this replies to. */
function flat(message: Shown): Record<string, unknown> {
  const { reply_to_message: target } = message
  const own = { ...message, edits: undefined }
  return target
    ? { ...own, reply_to_message: { ...target, edits: undefined, reply_to_message: undefined } }
    : own
}

function worded(text: string, content: Content): Content {
  const entities = entitiesOf(text)
  return { text, ...(entities.length > 0 && { entities }), ...content }
}

function entitiesOf(text: string): Entity[] {
  return [...text.matchAll(/(?<![\w/])\/\w+(?:@\w+)?|@\w{4,}/g)].map((match) => ({
    type: match[0].startsWith('/') ? 'bot_command' : 'mention',
    offset: match.index,
    length: match[0].length,
  }))
}
