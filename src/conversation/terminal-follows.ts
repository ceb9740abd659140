import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { replyText } from '../answer/reply.ts'
import { chinaDay } from '../china-time.ts'
import type { Answer } from '../corpus.ts'
import { makeTables } from '../database/tables.ts'
import type { Arrivals } from './arrivals.ts'
import { FOLLOWS_TABLES, type Follows, createFollows } from './follows.ts'
import { type Ending, endingIn } from './ending-in.ts'
import { newsParts } from './news-parts.ts'
import { soughtIn } from './sought-in.ts'
import { openStateDatabase } from './state-database.ts'
import { lookAtArrivals } from './watch-arrivals.ts'
import { FOLLOWING } from './wording.ts'

export interface TerminalFollowsDeps {
  /** Where what is followed is kept, a bot's beside it. */
  readonly file: string
  /** False where nothing that is asked may be kept. */
  readonly keeps: boolean
  readonly arrivals: Arrivals
  readonly now: () => number
}

export interface TerminalFollows {
  /** What came since it was told last, with the answer that it is; nothing where nothing did. */
  readonly news: () => Promise<{ readonly text: string; readonly answer: Answer } | undefined>
  /** What is said to `/follow` with what stands behind it; `here` is where the asker is. */
  readonly follow: (written: string, here: string | null) => Promise<string>
  /** Ends all that is followed here, and what waits of it. */
  readonly forget: () => void
  readonly close: () => void
}

/** Whoever sits at the terminal: there is one. */
const HERE = 'terminal'

/** What is followed in the terminal, and told when it is opened: nobody can be told in between. */
export function openTerminalFollows({
  file,
  keeps,
  arrivals,
  now,
}: TerminalFollowsDeps): TerminalFollows {
  let db: DatabaseSync | undefined
  let opened: Follows | undefined

  return { news, follow, forget, close: () => db?.close() }

  /** Nobody who follows nothing has a file. */
  function open(): Follows {
    if (opened) return opened
    db = openStateDatabase(file)
    makeTables(db, FOLLOWS_TABLES)
    return (opened = createFollows(db))
  }

  async function news() {
    if (!keeps || !existsSync(file)) return undefined
    const follows = open()
    if (follows.of(HERE).length === 0) return undefined
    await look(follows)
    const waiting = follows.waiting(({ chat }) => chat === HERE)
    if (!waiting) return undefined
    const today = chinaDay(now())
    const { whole, parts, rest } = newsParts(waiting.news, today)
    follows.told(waiting, today)
    const told = parts.flatMap(({ head, answer, more }) => [head, replyText(answer, today), more])
    return { text: [...told, rest].filter(Boolean).join('\n\n'), answer: whole }
  }

  async function follow(written: string, here: string | null): Promise<string> {
    if (!keeps) return FOLLOWING.notKept
    const follows = open()
    if (written === '') return list(follows)
    const ending = endingIn(written, follows.of(HERE))
    if (ending) return end(follows, ending)
    const sought = soughtIn(written, here)
    if (!sought) return FOLLOWING.whatTopic
    // What is there already is no news.
    await look(follows)
    const id = randomUUID()
    const wanted = { id, user: HERE, chat: HERE, chatId: null, threadId: null, ...sought }
    const followed = follows.add(wanted, now())
    if (!followed) return `${FOLLOWING.full}\n${FOLLOWING.endHere}`
    return followed.id === id ? FOLLOWING.followedHere(followed) : FOLLOWING.known(followed)
  }

  function forget(): void {
    if (existsSync(file)) open().forget(HERE, HERE)
  }

  function list(follows: Follows): string {
    const all = follows.of(HERE)
    return all.length > 0 ? `${FOLLOWING.list(all)}\n${FOLLOWING.endHere}` : FOLLOWING.noneHere
  }

  function end(follows: Follows, { followed }: Ending): string {
    if (!followed) return list(follows)
    follows.end(follows.ofMatter(followed.matter))
    return FOLLOWING.ended
  }

  async function look(follows: Follows): Promise<void> {
    await lookAtArrivals({ arrivals, follows, now }, await arrivals.indexState())
  }
}
