import { setTimeout as sleep } from 'node:timers/promises'
import type { BotApi } from './bot-api.ts'
import type { Room } from './room.ts'

const QUESTIONS = [
  '企业用电报装要多久？',
  '专利质押贷款有多少企业？',
  '小微企业有什么补贴？',
  '那最高多少？',
  '火星移民签证',
]

export type Asking = ReturnType<typeof askSteadily>

/** Asks so many questions a second, evenly from all rooms, while the bot serves, until it is stopped. */
export function askSteadily(
  rooms: readonly Room[],
  rate: number,
  serves: () => boolean = () => true,
) {
  const at = new Map<string, number>()
  const began = performance.now()
  const stopped = new AbortController()
  const done = ask()

  async function ask(): Promise<void> {
    for (let i = 0; !stopped.signal.aborted; i++) {
      const room = rooms[i % rooms.length]!
      if (serves()) {
        const { message_id: id } = room.write(QUESTIONS[i % QUESTIONS.length]!)
        at.set(`${room.chat.id}:${id}`, Date.now())
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

/** The ids of the messages that the bot replied to, in the order of its replies. */
export const repliesIn = ({ messages }: Room): number[] =>
  messages
    .filter(({ from }) => from.is_bot)
    .flatMap(({ reply_to_message: asked }) => (asked ? [asked.message_id] : []))

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
