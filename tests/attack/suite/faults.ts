import { setTimeout as sleep } from 'node:timers/promises'
import { askSteadily, doubledIn, outOfOrderIn } from '../../support/bot-api/asking.ts'
import { createCrowd } from '../../support/bot-api/crowd.ts'
import { failing } from '../../support/bot-api/failing.ts'
import { gatherFollowers } from '../../support/bot-api/followers.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import type { Attack } from '../attack.ts'
import { besides, bringForTomorrow, drained, openTarget, roomsOf } from '../bot.ts'

const RATE = 10
const CHATS = 100
const MS = 60_000
const FAILING = 0.2
const FOLLOWERS = 40

export const attack: Attack = {
  name: 'faults',
  does: `Lets a fifth of all calls of the Bot API fail, be put off, dropped, lost or late, while ${CHATS} chats ask ${RATE} questions a second, mend and judge them, others type elsewhere and an ingest beside brings what is followed.`,
  promises:
    'Every question is answered as it stands, in order within its chat; each follower is told once a day; only what Telegram did and never answered comes twice.',
  async run({ share }) {
    await using target = await openTarget()
    const { api } = target
    const rooms = roomsOf(target, CHATS)
    const bot = await target.start()
    const crowd = createCrowd(target)
    await crowd.askAlone()
    const followers = gatherFollowers(target, FOLLOWERS)
    await followers.follow()
    api.order(failing(FAILING, seededRandom(11)))
    const asking = askSteadily(rooms, RATE, { beside: crowd.beside })
    const brought = followers.bring()
    await sleep(MS * share)
    await brought
    await followers.untilTold(FOLLOWERS)
    await asking.stop()
    const unanswered = await drained(rooms, 120_000)
    await bringForTomorrow(followers)
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
      ...besides({ crowd, followers, rooms }, lost),
    ]
  },
}
