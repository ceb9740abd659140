import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Room, Shown } from '../../support/bot-api/room.ts'
import type { Attack } from '../attack.ts'
import { openTarget } from '../bot.ts'

const DAY_MS = 24 * 3600 * 1000
const LIMIT = 6
const BEYOND = 4
const SOURCE = '① 原文'
/** A tap costs a quarter of a question. */
const TAP_REFILL_MS = (60_000 / LIMIT) * 0.25 * 2
const SHIFTS = [
  ['right', 0],
  ['a day back', -DAY_MS],
  ['a year ahead', 365 * DAY_MS],
  ['an hour back', -DAY_MS / 24],
  ['a month ahead', 30 * DAY_MS],
] as const
const PRELOAD = fileURLToPath(new URL('../shift-clock.ts', import.meta.url))

export const attack: Attack = {
  name: 'clock',
  does: `Sets the bot's clock a day back, a year ahead and otherwise, while it serves and while it is started; in each time somebody asks ${LIMIT + BEYOND} questions where ${LIMIT} a minute are allowed.`,
  promises:
    'Nobody is locked out, nobody let in beyond the limit, no question called too old, and nothing that was kept erased.',
  async run() {
    const found = { refused: 0, letIn: 0, tooOld: 0, erased: 0 }
    await using target = await openTarget({ LIMIT_USER_PER_MINUTE: String(LIMIT) })
    const { api } = target
    const file = join(target.dir, 'shift')
    process.env['SHIFTED_CLOCK'] = file
    const set = (ms: number) => writeFileSync(file, String(ms))
    const start = () => target.start({ nodeOptions: `--import=${PRELOAD}` })
    const answers: { room: Room; answer: Shown }[] = []

    async function asks(room: Room): Promise<void> {
      const began = performance.now()
      for (let i = 0; i < LIMIT + BEYOND; i++) room.write('企业用电报装要多久？')
      const replies: Shown[] = []
      for (let i = 0; i < LIMIT + BEYOND; i++) replies.push(await room.next(20_000))
      const texts = replies.map(({ text }) => text ?? '')
      const tooFast = texts.filter((text) => text.includes('秒再问')).length
      const refilled = Math.ceil(((performance.now() - began) / 60_000) * LIMIT)
      const passed = texts.length - tooFast
      found.refused += Math.max(0, LIMIT - passed)
      found.letIn += Math.max(0, passed - LIMIT - refilled)
      found.tooOld += texts.filter((text) => text.includes('我不在线')).length
      const answer = replies.find((reply) =>
        JSON.stringify(reply.reply_markup ?? '').includes(SOURCE),
      )
      if (answer) answers.push({ room, answer })
    }

    set(0)
    let bot = await start()
    let id = 20_000
    for (const [, ms] of SHIFTS) {
      set(ms)
      await sleep(100)
      await asks(api.person(id++))
    }
    for (const [, ms] of SHIFTS) {
      set(ms)
      await bot.end('SIGTERM')
      bot = await start()
      await asks(api.person(id++))
    }
    // What was answered in any of these times can be opened in the last, once the limit allows it.
    await sleep(TAP_REFILL_MS)
    for (const { room, answer } of answers) {
      room.tap(answer, SOURCE)
      const source = await room.next(20_000).catch(() => undefined)
      if (!source || source.text?.includes('已经清除')) found.erased++
    }
    const alive = bot.child.exitCode === null
    await bot.end('SIGTERM')
    delete process.env['SHIFTED_CLOCK']
    return [
      { what: 'people', value: id - 20_000 },
      { what: 'refused within the limit', value: found.refused, kept: found.refused === 0 },
      { what: 'let in beyond it', value: found.letIn, kept: found.letIn === 0 },
      { what: 'called too old', value: found.tooOld, kept: found.tooOld === 0 },
      { what: 'answers whose sources are gone', value: found.erased, kept: found.erased === 0 },
      { what: 'ended by it', value: alive ? 0 : 1, kept: alive },
    ]
  },
}
