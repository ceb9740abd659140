import { setTimeout as sleep } from 'node:timers/promises'
import type { BotApi } from './bot-api.ts'
import type { Room, Shown } from './room.ts'

export const QUESTIONS = [
  '企业用电报装要多久？',
  '专利质押贷款有多少企业？',
  '小微企业有什么补贴？',
  '那最高多少？',
  // Half a character, as some clients leave where they cut.
  '火星移民签证\ud83d',
]

export type Asking = ReturnType<typeof askSteadily>

export interface AskingOptions {
  /** Nobody asks while it does not. */
  readonly serves?: () => boolean
  /** What people do beside the `i`th question. */
  readonly beside?: (room: Room, asked: Shown, i: number) => void
}

/** Asks so many questions a second, evenly from all rooms, until it is stopped. */
export function askSteadily(
  rooms: readonly Room[],
  rate: number,
  { serves = () => true, beside = () => {} }: AskingOptions = {},
) {
  const at = new Map<string, number>()
  const began = performance.now()
  const stopped = new AbortController()
  const done = ask()

  async function ask(): Promise<void> {
    for (let i = 0; !stopped.signal.aborted; i++) {
      const room = rooms[i % rooms.length]!
      if (serves()) {
        const asked = room.write(QUESTIONS[i % QUESTIONS.length]!)
        at.set(`${room.chat.id}:${asked.message_id}`, Date.now())
        beside(room, asked, i)
      }
      await sleep(Math.max(0, began + ((i + 1) * 1000) / rate - performance.now()))
    }
  }

  return {
    count: () => at.size,
    /** When a question was asked, by its chat and message. */
    at: (key: string) => at.get(key),
    async stop(): Promise<void> {
      stopped.abort()
      await done
    },
  }
}

/** The messages with which the bot answers others', the first of each answer. */
export const answersIn = ({ messages }: Room): (Shown & { readonly reply_to_message: Shown })[] =>
  messages.flatMap((message) => {
    const { from, reply_to_message: asked } = message
    return from.is_bot && asked && !asked.from.is_bot
      ? [{ ...message, reply_to_message: asked }]
      : []
  })

/** The ids of the messages that the bot replied to, in the order of its replies. */
export const repliesIn = (room: Room): number[] =>
  answersIn(room).map(({ reply_to_message: asked }) => asked.message_id)

/** How many answers came more than once. */
export const doubledIn = (rooms: readonly Room[]): number =>
  sumOver(rooms, (room) => repliesIn(room).length - new Set(repliesIn(room)).size)

/** How many messages of people have no reply. */
export const unansweredIn = (rooms: readonly Room[]): number =>
  sumOver(
    rooms,
    (room) =>
      room.messages.filter(({ from }) => !from.is_bot).length - new Set(repliesIn(room)).size,
  )

/** How many of the bot's messages say so. */
export const sayingIn = (rooms: readonly Room[], words: string): number =>
  sumOver(
    rooms,
    (room) => room.messages.filter((m) => m.from.is_bot && m.text?.includes(words)).length,
  )

/** In how many chats a question was answered before one that was asked earlier. */
export const outOfOrderIn = (rooms: readonly Room[]): number =>
  rooms.filter((room) => {
    const firsts = [...new Set(repliesIn(room))]
    return firsts.some((id, i) => i > 0 && id < firsts[i - 1]!)
  }).length

/** How long answers took from when their question was asked, in ms, the shortest first. */
export function delaysOf(api: BotApi, asking: Asking): { delay: number; at: number }[] {
  return api.calls
    .filter(({ method, outcome }) => method === 'sendMessage' && outcome === 'done')
    .flatMap(({ payload, at }) => {
      const asked = asking.at(keyOf(payload))
      return asked === undefined ? [] : [{ delay: at - asked, at }]
    })
    .toSorted((a, b) => a.delay - b.delay)
}

export const quantile = (sorted: readonly { delay: number }[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]?.delay ?? 0

function keyOf({ chat_id, reply_parameters: asked }: Record<string, unknown>): string {
  const id = typeof asked === 'object' && asked && 'message_id' in asked ? asked.message_id : ''
  return `${String(chat_id)}:${String(id)}`
}

const sumOver = (rooms: readonly Room[], of: (room: Room) => number) =>
  rooms.reduce((sum, room) => sum + of(room), 0)

/** The most calls that arrived within one second, whenever that began. */
export const mostASecond = (calls: readonly { readonly at: number }[]): number =>
  calls.reduce(
    (most, { at }, i) => ((calls[i - most]?.at ?? -Infinity) > at - 1000 ? most + 1 : most),
    0,
  )
