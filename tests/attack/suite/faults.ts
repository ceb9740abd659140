import { setTimeout as sleep } from 'node:timers/promises'
import { askSteadily, doubledIn, outOfOrderIn } from '../../support/bot-api/asking.ts'
import type { Fault } from '../../support/bot-api/bot-api.ts'
import { oneOf, seededRandom } from '../../support/seeded-random.ts'
import type { Attack } from '../attack.ts'
import { drained, openTarget, roomsOf } from '../bot.ts'

const RATE = 10
const CHATS = 100
const MS = 60_000
const FAILING = 0.2
const FAULTS: readonly Fault[] = [
  { code: 429, retry_after: 1 },
  { code: 500 },
  { code: 502 },
  'dropped',
  'lost',
  'late',
]

export const attack: Attack = {
  name: 'faults',
  does: `Lets a fifth of all calls of the Bot API fail, be put off, dropped, lost or late, while ${CHATS} chats ask ${RATE} questions a second.`,
  promises:
    'Every question is answered, in order within its chat; only what Telegram did and never answered comes twice.',
  async run({ share }) {
    await using target = await openTarget()
    const { api } = target
    const rooms = roomsOf(target, CHATS)
    const random = seededRandom(11)
    const bot = await target.start()
    api.order(() => (random() < FAILING ? oneOf(FAULTS, random) : undefined))
    const asking = askSteadily(rooms, RATE)
    await sleep(MS * share)
    await asking.stop()
    const unanswered = await drained(rooms, 120_000)
    const alive = bot.child.exitCode === null
    await bot.end('SIGTERM')
    const calls = api.calls.filter(({ method }) => method === 'sendMessage')
    const failed = calls.filter(({ outcome }) => outcome !== 'done')
    const lost = calls.filter(({ outcome }) => outcome === 'lost').length
    const doubled = doubledIn(rooms)
    const disorder = outOfOrderIn(rooms)
    return [
      { what: 'asked', value: asking.count() },
      { what: 'calls to send that failed', value: failed.length },
      { what: 'unanswered', value: unanswered, kept: unanswered === 0 },
      { what: 'doubled', value: doubled, kept: doubled <= lost },
      { what: 'done and never answered by Telegram', value: lost },
      { what: 'chats out of order', value: disorder, kept: disorder === 0 },
      { what: 'ended by it', value: alive ? 0 : 1, kept: alive },
    ]
  },
}
