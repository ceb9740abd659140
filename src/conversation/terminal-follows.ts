import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { replyText } from '../answer/reply.ts'
import { chinaDay } from '../china-time.ts'
import type { Answer } from '../corpus.ts'
import type { Arrivals } from './arrivals.ts'
import { UnwritableError } from '../stores/errors.ts'
import type { Follows } from '../stores/follows.ts'
import { openState } from '../stores/sqlite/open-state.ts'
import type { State } from '../stores/state.ts'
import { type Ending, endingIn } from './ending-in.ts'
import { newsParts } from './news-parts.ts'
import { soughtIn } from './sought-in.ts'
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

export interface TerminalNews {
  readonly text: string
  readonly answer?: Answer
}

export interface TerminalFollows {
  /** What came since it was told last, with the answer that it is; nothing where nothing did. */
  readonly news: () => Promise<TerminalNews | undefined>
  /** What is said to `/follow` with what stands behind it; `here` is where the asker is. */
  readonly follow: (written: string, here: string | null) => Promise<string>
  /** Ends all that is followed here, and what waits of it; gives why that cannot be just now. */
  readonly forget: () => Promise<string | undefined>
  readonly close: () => Promise<void>
}

/** Whoever sits at the terminal: there is one. */
const HERE = 'terminal'
/** Nobody can type while it is waited for a program that holds the file. */
const PATIENCE_MS = 1_000

/** What is followed in the terminal, and told when it is opened: nobody can be told in between. */
export function openTerminalFollows({
  file,
  keeps,
  arrivals,
  now,
}: TerminalFollowsDeps): TerminalFollows {
  let opened: State | undefined

  return {
    news: () => unlessHeld(news, { text: FOLLOWING.heldHere }),
    follow: (written, here) => unlessHeld(() => follow(written, here), FOLLOWING.heldHere),
    forget: () => unlessHeld(forget, FOLLOWING.heldHere),
    close: async () => opened?.close(),
  }

  /** Nobody who follows nothing has a file. */
  async function open(): Promise<State> {
    return (opened ??= await openState(file, { keepQuestions: true, patienceMs: PATIENCE_MS }))
  }

  async function news(): Promise<TerminalNews | undefined> {
    if (!keeps || !existsSync(file)) return undefined
    const { follows } = await open()
    if ((await follows.of(HERE)).length === 0) return undefined
    await look(follows)
    const waiting = await follows.waiting(({ chat }) => chat === HERE)
    if (!waiting) return undefined
    const today = chinaDay(now())
    const { whole, parts, rest } = newsParts(waiting.news, today)
    await follows.told(waiting, today)
    const told = parts.flatMap(({ head, answer, more }) => [head, replyText(answer, today), more])
    return { text: [...told, rest].filter(Boolean).join('\n\n'), answer: whole }
  }

  async function follow(written: string, here: string | null): Promise<string> {
    if (!keeps) return FOLLOWING.notKept
    const { follows } = await open()
    if (written === '') return list(follows)
    const ending = endingIn(written, await follows.of(HERE))
    if (ending) return end(follows, ending)
    const sought = soughtIn(written, here)
    if (!sought) return FOLLOWING.whatTopic
    // What is there already is no news.
    await look(follows)
    const id = randomUUID()
    const wanted = { id, user: HERE, chat: HERE, chatId: null, threadId: null, ...sought }
    const followed = await follows.add(wanted, now())
    if (!followed) return `${FOLLOWING.full}\n${FOLLOWING.endHere}`
    return followed.id === id ? FOLLOWING.followedHere(followed) : FOLLOWING.known(followed)
  }

  async function forget(): Promise<undefined> {
    if (existsSync(file)) await (await open()).forget({ user: HERE, chat: HERE })
  }

  async function list(follows: Follows): Promise<string> {
    const all = await follows.of(HERE)
    return all.length > 0 ? `${FOLLOWING.list(all)}\n${FOLLOWING.endHere}` : FOLLOWING.noneHere
  }

  async function end(follows: Follows, { followed }: Ending): Promise<string> {
    if (!followed) return `${FOLLOWING.whichToEnd}\n${await list(follows)}`
    await follows.end(await follows.ofMatter(followed.matter))
    return FOLLOWING.ended(followed)
  }

  async function look(follows: Follows): Promise<void> {
    await lookAtArrivals({ arrivals, follows, now }, await arrivals.indexState())
  }
}

/** What some work gives, or something else where another program holds the file. */
async function unlessHeld<T>(work: () => T | Promise<T>, held: T): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof UnwritableError && error.isHeld)) throw error
    return held
  }
}
