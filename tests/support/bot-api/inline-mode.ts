import type { z } from 'zod'
import type { InlineResult, PAYLOADS } from './check-payload.ts'
import { badRequest } from './refusal.ts'
import { type Person, type Room, type Shown, person } from './room.ts'

type Answered = Omit<z.infer<typeof PAYLOADS.answerInlineQuery>, 'inline_query_id'>

interface Query {
  readonly at: number
  readonly typed: string
  readonly from: number
  answered?: Answered
  ms?: number
}

export interface InlineModeDeps {
  readonly bot: Person
  readonly push: (update: Record<string, unknown>) => number
  readonly until: (holds: () => boolean, waitMs?: number) => Promise<void>
}

/** Telegram takes no answer later. */
const LIFE_MS = 10_000

/** What people type behind the bot's name in other chats, and what is shown above their keyboard. */
export function createInlineMode({ bot, push, until }: InlineModeDeps) {
  const queries = new Map<string, Query>()
  let on = false
  let latestMs = 0

  return {
    isOn: () => on,
    /** As @BotFather's /setinline does. */
    switchOn(): void {
      on = true
    },
    /** Somebody pauses while typing; gives the query's id. */
    type(query: string, from: Person = person(701), at: number = Date.now()): string {
      const id = String(9_000_000_000 + queries.size)
      queries.set(id, { at, typed: query, from: from.id })
      push({ inline_query: { id, from, query, offset: '', chat_type: 'group' } })
      return id
    },
    answer(id: string, answered: Answered): void {
      const query = queries.get(id)
      latestMs = Math.max(latestMs, Date.now() - (query?.at ?? 0))
      if (!query || query.answered || Date.now() - query.at > LIFE_MS)
        throw badRequest('query is too old and response timeout expired or query ID is invalid')
      query.answered = answered
      query.ms = Date.now() - query.at
    },
    /** What is shown for a query. */
    async shown(id: string, waitMs?: number): Promise<Answered> {
      await until(() => queries.get(id)?.answered !== undefined, waitMs)
      return queries.get(id)!.answered!
    },
    isAnswered: (id: string) => queries.get(id)?.answered !== undefined,
    /**
     * How many queries there were, how many of those after which nobody typed on got no answer, how many
     * answers are to other words than were typed, how long answers took and after how long the latest was
     * tried, in ms.
     */
    summary() {
      const all = [...queries.values()]
      const ms = all.flatMap((query) => query.ms ?? []).toSorted((a, b) => a - b)
      const at = (part: number) => ms[Math.min(ms.length - 1, Math.floor(ms.length * part))]
      const last = new Map(all.map((query) => [query.from, query]))
      const saysOther = ({ typed, answered }: Query) =>
        answered?.results.some((one) => !one.input_message_content.message_text.includes(typed))
      return {
        typed: all.length,
        typedLast: last.size,
        unanswered: [...last.values()].filter(({ answered }) => !answered).length,
        toOtherWords: all.filter(saysOther).length,
        p50Ms: at(0.5),
        p95Ms: at(0.95),
        latestMs,
      }
    },
    /** Somebody chooses a result: it stands in a chat as their message. */
    choose(room: Room, result: InlineResult, from: Person): Shown {
      const { message_text: text, entities = [] } = result.input_message_content
      const { reply_markup: markup } = result
      const content = { text, entities, via_bot: bot, ...(markup && { reply_markup: markup }) }
      return room.send(content, from)
    },
  }
}
