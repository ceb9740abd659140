import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import type { Answer } from '../corpus.ts'
import { makeTables } from '../database/tables.ts'
import type { Arrivals } from './arrivals.ts'
import { FOLLOWS_TABLES, type Follows, createFollows } from './follows.ts'
import { newsParts } from './news-parts.ts'
import { soughtIn } from './sought-in.ts'
import { openStateDatabase } from './state-database.ts'
import { lookAtArrivals } from './watch-arrivals.ts'
import { FOLLOWING } from './wording.ts'
import { chinaDay } from '../china-time.ts'
import { replyText } from '../answer/reply.ts'

export interface TerminalFollowsDeps {
  /** Where what is followed is kept, a bot's beside it. */
  readonly file: string
  /** False where nothing that is asked may be kept. */
  readonly keeps: boolean
  readonly arrivals: Arrivals
  readonly now: () => number
}

/** Whoever sits at the terminal: there is one. */
const HERE = 'terminal'

/** What is followed in the terminal, and told when it is opened: nobody can be told in between. */
export function openTerminalFollows({ file, keeps, arrivals, now }: TerminalFollowsDeps) {
  let opened: { readonly db: DatabaseSync; readonly follows: Follows } | undefined

  function open() {
    if (opened) return opened
    const db = openStateDatabase(file)
    makeTables(db, FOLLOWS_TABLES)
    return (opened = { db, follows: createFollows(db) })
  }

  const look = async (follows: Follows) =>
    lookAtArrivals({ arrivals, follows, now }, await arrivals.indexState())

  return {
    /** What came since it was told last, with the answer that it is; nothing where nothing did. */
    async news(): Promise<{ readonly text: string; readonly answer: Answer } | undefined> {
      if (!keeps || !existsSync(file)) return undefined
      const { follows } = open()
      if (follows.of(HERE).length === 0) return undefined
      await look(follows)
      const waiting = follows.waiting(({ chat }) => chat === HERE)
      if (!waiting) return undefined
      const today = chinaDay(now())
      const { whole, parts, rest } = newsParts(waiting.news, today)
      follows.told(waiting, today)
      const told = parts.flatMap(({ head, answer, more }) => [head, replyText(answer, today), more])
      return { text: [...told, rest].filter(Boolean).join('\n\n'), answer: whole }
    },

    /** What is said to `/follow` and what stands behind it; `here` is where the asker is. */
    async follow(written: string, here: string | null): Promise<string> {
      if (!keeps) return FOLLOWING.notKept
      const { follows } = open()
      const followed = follows.of(HERE)
      const number = /^取消\s*(\d+)$/u.exec(written)?.[1]
      const ended = number === undefined ? undefined : followed[Number(number) - 1]
      if (ended) {
        follows.end(ended.id)
        return FOLLOWING.ended
      }
      if (written === '' || number !== undefined)
        return followed.length > 0
          ? `${FOLLOWING.list(followed)}\n${FOLLOWING.endHere}`
          : FOLLOWING.noneHere
      const sought = soughtIn(written, here)
      if (!sought) return FOLLOWING.whatTopic
      // What is there already is no news.
      await look(follows)
      const wanted = { id: randomUUID(), user: HERE, chat: HERE, chatId: null, threadId: null }
      const added = follows.add({ ...wanted, ...sought }, now())
      if (!added) return `${FOLLOWING.full}\n${FOLLOWING.endHere}`
      return added.id === wanted.id ? FOLLOWING.followedHere(added) : FOLLOWING.known(added)
    },

    close: () => opened?.db.close(),
  }
}

export type TerminalFollows = ReturnType<typeof openTerminalFollows>
