import { z } from 'zod'

const asked = z.string().regex(/^[\w-]{1,24}$/)
const message = z.coerce.number().int().positive()
/** The pseudonym of whom a button is for alone; buttons of earlier versions have none. */
const owner = asked.optional()
const count = z.coerce.number().int().nonnegative().max(1_000_000)

/** What a tapped button asks for. `asked` is the id of an answer in the store, `article` a reference. */
const Tap = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('source'), asked, n: count }),
  z.object({ kind: z.literal('useful'), asked }),
  z.object({ kind: z.literal('wrong'), asked }),
  /** One of the questions that an answer offered. */
  z.object({ kind: z.literal('reading'), asked, n: count }),
  z.object({ kind: z.literal('places'), asked }),
  /** Another place for an answer. */
  z.object({ kind: z.literal('place'), asked, place: z.string().min(1) }),
  /** A place for the chat. */
  z.object({ kind: z.literal('settle'), place: z.string().min(1) }),
  z.object({ kind: z.literal('articles'), page: count }),
  /** An article in a message of its own, and another page of it in its place. */
  z.object({ kind: z.literal('article'), article: z.string().min(1) }),
  z.object({ kind: z.literal('turn'), article: z.string().min(1), page: count }),
  z.object({ kind: z.literal('example'), n: count }),
  z.object({ kind: z.literal('unanswered'), page: count }),
  z.object({ kind: z.literal('complaints'), page: count }),
  /** About the message that the button's message replies to. */
  z.object({ kind: z.literal('check') }),
  z.object({ kind: z.literal('ask') }),
  /** Staff shall answer, in reply to the message that asks; and no longer. */
  z.object({ kind: z.literal('callStaff'), asked, message }),
  z.object({ kind: z.literal('uncallStaff'), asked }),
  z.object({ kind: z.literal('unfollow'), follow: asked }),
  z.object({ kind: z.literal('forget'), owner }),
  z.object({ kind: z.literal('keep'), owner }),
])
export type Tap = z.infer<typeof Tap>

/** Telegram's bound, in bytes of UTF-8. */
export const CALLBACK_DATA_BYTES = 64

/**
 * The letter that stands for a kind, and its fields in order. Buttons stand in chats for years: a
 * letter never changes its meaning.
 */
const LAYOUT: Record<Tap['kind'], readonly string[]> = {
  source: ['s', 'asked', 'n'],
  useful: ['u', 'asked'],
  wrong: ['w', 'asked'],
  reading: ['r', 'asked', 'n'],
  places: ['p', 'asked'],
  place: ['g', 'asked', 'place'],
  settle: ['h', 'place'],
  articles: ['l', 'page'],
  article: ['a', 'article'],
  turn: ['t', 'article', 'page'],
  example: ['e', 'n'],
  unanswered: ['n', 'page'],
  complaints: ['f', 'page'],
  check: ['c'],
  ask: ['q'],
  callStaff: ['o', 'asked', 'message'],
  uncallStaff: ['v', 'asked'],
  unfollow: ['y', 'follow'],
  forget: ['x', 'owner'],
  keep: ['k', 'owner'],
}

/**
 * A tap as callback data: everything that answering it needs, so that buttons outlive a restart.
 * @throws RangeError when it is longer than Telegram allows.
 */
export function toCallbackData(tap: Tap): string {
  const values: Record<string, unknown> = tap
  const [letter, ...fields] = LAYOUT[tap.kind]
  const given = fields.filter((field) => values[field] !== undefined)
  const data = [letter, ...given.map((field) => values[field])].join(':')
  if (Buffer.byteLength(data) > CALLBACK_DATA_BYTES)
    throw new RangeError(`Callback data is longer than ${CALLBACK_DATA_BYTES} bytes: ${data}`)
  return data
}

/** Whether a tap fits into a button; a long place name may not. */
export function fitsCallbackData(tap: Tap): boolean {
  try {
    toCallbackData(tap)
    return true
  } catch {
    return false
  }
}

/** What a button asks for; nothing when the data is not ours. */
export function parseCallbackData(data: string): Tap | undefined {
  const [given, ...values] = data.split(':')
  const layout = Object.entries(LAYOUT).find(([, [letter]]) => letter === given)
  if (!layout) return undefined
  const [kind, [, ...fields]] = layout
  const tap = { kind, ...Object.fromEntries(fields.map((field, i) => [field, values[i]])) }
  return Tap.safeParse(tap).data
}
