import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { answersIn, QUESTIONS } from './asking.ts'
import type { Served } from './harness.ts'
import { type Room, type Shown, person } from './room.ts'

/** Each takes one question in so many. */
const TYPED_EVERY = 5
const MENDED_EVERY = 7
const JUDGED_EVERY = 6
const PAUSE_MS = 250
const MENDED_MS = [300, 1_000, 2_500] as const

/** Whether its answer depends on what was asked before it. */
const followsUp = (question: string) => question.startsWith('那')
const keyOf = ({ chat, message_id: id }: Shown) => `${chat.id}:${id}`

/**
 * What people do beside asking: some type behind the bot's name in other chats, pausing; some mend what they asked,
 * within seconds; some put a thumb under what they were told.
 */
export function createCrowd({ api, dir }: Pick<Served, 'api' | 'dir'>) {
  const mended = new Map<string, string>()
  const judged = new Set<string>()
  const alone = new Map<string, string>()
  const later = (ms: number, work: () => void) => void setTimeout(work, ms).unref()

  function type(question: string, i: number): void {
    const someone = person(50_000 + i)
    for (const [n, typed] of [question.slice(0, 3), question.slice(0, 6), question].entries())
      later(n * PAUSE_MS, () => void api.inline.type(typed, someone))
  }

  function mend(room: Room, asked: Shown, i: number): void {
    const newer = QUESTIONS[(i + 1) % QUESTIONS.length]!
    later(MENDED_MS[i % MENDED_MS.length]!, () => {
      // Whoever asked on mends no more: it would be answered after what was asked later.
      if (room.messages.findLast(({ from }) => !from.is_bot)?.message_id !== asked.message_id)
        return
      room.edit(asked, newer, 3)
      mended.set(keyOf(asked), newer)
    })
  }

  function judge(room: Room, asked: Shown): void {
    const answer = answersIn(room).findLast(({ reply_to_message: of }) => {
      return of.message_id !== asked.message_id && !mended.has(keyOf(of))
    })
    if (!answer || judged.has(keyOf(answer))) return
    judged.add(keyOf(answer))
    room.react(answer, [], ['👍'])
  }

  /** What is told to a question alone, or, where it goes on from another, how it was read. */
  const tells = (answer: string, question: string) =>
    answer === alone.get(question) ||
    (answer.startsWith('按“') && answer.split('”理解')[0]!.includes(question.toWellFormed()))

  /** After the `i`th question was asked in a room. */
  function beside(room: Room, asked: Shown, i: number): void {
    if (i % TYPED_EVERY === 1) type(asked.text!, i)
    if (i % MENDED_EVERY === 2) mend(room, asked, i)
    if (i % JUDGED_EVERY === 3) judge(room, asked)
  }

  return {
    /** What is told to each question when nobody else asks, with nothing asked before. */
    async askAlone(): Promise<void> {
      for (const [i, question] of QUESTIONS.entries()) {
        const room = api.person(40_000 + i)
        room.write(question)
        alone.set(question, (await room.next(60_000)).text ?? '')
      }
    },
    beside,
    /**
     * What became of it: how many mended questions have no answer to what they ask now, how many answers are
     * those of another question, and how many thumbs were not counted, once nobody writes any more.
     */
    tally(rooms: readonly Room[]) {
      let older = 0
      let others = 0
      let mendedIn = 0
      for (const room of rooms) {
        const last = Map.groupBy(answersIn(room), ({ reply_to_message: of }) => of.message_id)
        for (const [id, answers] of last) {
          const asked = room.find(id)!
          const wasMended = mended.has(keyOf(asked))
          if (wasMended) mendedIn++
          if (followsUp(asked.text!)) continue
          if (tells(answers.at(-1)!.text!, asked.text!)) continue
          if (wasMended) older++
          else others++
        }
      }
      const counted = count(dir, "SELECT count(*) n FROM feedback WHERE verdict = 'useful'")
      return {
        mended: mendedIn,
        tellingTheOlder: older,
        toAnother: others,
        judged: judged.size,
        thumbsNotCounted: judged.size - counted,
        ...api.inline.summary(),
        halfCharacters: api.calls.filter(
          ({ outcome }) => typeof outcome === 'object' && outcome.description?.includes('UTF-8'),
        ).length,
      }
    },
  }
}

export type Crowd = ReturnType<typeof createCrowd>

function count(dir: string, sql: string): number {
  const path = join(dir, 'conversations.sqlite')
  if (!existsSync(path)) return 0
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return Number(db.prepare(sql).get()?.['n'])
  } finally {
    db.close()
  }
}
