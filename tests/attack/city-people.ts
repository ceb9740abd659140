/** People of a city beside those who ask in chats: readers who want the staff's reply, the staff, and who asks on the web. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { lookInto } from '../../src/database/look-into.ts'
import { answersIn } from '../support/bot-api/asking.ts'
import type { BotApi } from '../support/bot-api/bot-api.ts'
import type { Room } from '../support/bot-api/room.ts'
import { again, until } from './patience.ts'
import { browser } from './web-load.ts'

/** What no article answers. */
export const UNANSWERED = '火星移民签证'
const READERS = 6
const WANTED_EVERY_MS = 6_000
const WEB_EVERY_MS = 4_000
const CALLS_STAFF = '请工作人员回复'
const SIGNATURE = '值班'

/** A question of which somebody wanted staff's reply. */
export interface Wanted {
  readonly room: Room
  readonly asked: number
}

/** Readers who ask what no article answers, and then the staff. */
export async function readers(api: BotApi, signal: AbortSignal): Promise<Wanted[]> {
  const rooms = Array.from({ length: READERS }, (_, n) => api.person(20_000 + n))
  const wanted: Wanted[] = []
  for (let n = 0; !signal.aborted; n++) {
    const room = rooms[n % READERS]!
    const { message_id: asked } = room.write(UNANSWERED)
    const answer = () => answersIn(room).find((one) => one.reply_to_message.message_id === asked)
    await until(() => answer() !== undefined)
    // One that was given up has no button.
    if (JSON.stringify(answer()?.reply_markup ?? '').includes(CALLS_STAFF)) {
      room.tap(answer()!, CALLS_STAFF)
      wanted.push({ room, asked })
    }
    await sleep(WANTED_EVERY_MS)
  }
  return wanted
}

/** What staff wrote to it, as it was delivered. */
export const repliesTo = ({ room, asked }: Wanted) =>
  answersIn(room).filter(
    ({ text, reply_to_message: of }) =>
      of.message_id === asked && text?.startsWith(`工作人员回复（${SIGNATURE}）`),
  )

/** Staff at the desk, who reply to whoever waits for it, until they are told to stop. */
export function staff(url: string, data: string, token: string) {
  const stopped = new AbortController()
  const { send } = browser(url)
  const waiting = () =>
    lookInto(join(data, 'conversations.sqlite'), (db) =>
      db.prepare("SELECT asked FROM replies WHERE state = 'open'").all(),
    ).map(({ asked }) => String(asked))

  async function reply(): Promise<void> {
    await send('/desk/sign-in', { token: token, who: SIGNATURE }, [302])
    while (!stopped.signal.aborted) {
      for (const asked of await again(async () => waiting()))
        // Whoever was written to already is no longer waiting.
        await send(
          `/desk/inbox/${asked}/reply`,
          { asked, text: `请到窗口办，编号 ${asked}。`, signature: SIGNATURE },
          [303, 409],
        )
      await sleep(1_000)
    }
  }

  return { done: reply(), stop: () => stopped.abort() }
}

/** Asks on the web, each question once; gives those that were answered. */
export async function asksOnWeb(
  url: string,
  person: number,
  signal: AbortSignal,
): Promise<string[]> {
  const { send } = browser(url)
  const asked: string[] = []
  while (!signal.aborted) {
    const question = `第${person}人第${asked.length}问：企业用电报装要多久？`
    await send('/chat/ask', { question })
    asked.push(question)
    await sleep(WEB_EVERY_MS)
  }
  return asked
}
