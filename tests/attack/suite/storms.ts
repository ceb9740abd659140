import { setTimeout as sleep } from 'node:timers/promises'
import { QUESTIONS, doubledIn, sayingIn } from '../../support/bot-api/asking.ts'
import { createCrowd } from '../../support/bot-api/crowd.ts'
import { gatherFollowers } from '../../support/bot-api/followers.ts'
import { type Attack, type Measured, shareOf } from '../attack.ts'
import { besides, bringForTomorrow, drained, openTarget, roomsOf } from '../bot.ts'

const CHATS = 200
const FOLLOWERS = 40
const KILLS = 3
/** So many of the waiting have their answer when it is killed again. */
const ANSWERED_A_LIFE = 8

export const attack: Attack = {
  name: 'storms',
  does: `Lets ${CHATS} chats ask, mend and type while the bot is down and an ingest brings what is followed, then kills it ${KILLS} times right after it began to answer.`,
  promises:
    'Every question is answered as it stands or its reader told why not; nobody is given up for being in line; each follower is told once a day.',
  async run(options) {
    const storms = shareOf(3, options)
    const total = { unanswered: 0, givenUp: 0, unsaid: 0, doubled: [] as number[] }
    const beside: Measured[] = []
    for (let storm = 0; storm < storms; storm++) {
      const { unanswered, givenUp, unsaid, doubled, ...more } = await stormed()
      beside.push(...more.beside)
      total.unanswered += unanswered
      total.givenUp += givenUp
      total.unsaid += unsaid
      total.doubled.push(doubled)
    }
    const measured: Measured[] = [
      {
        what: `unanswered, ${storms} storms of ${CHATS} chats`,
        value: total.unanswered,
        kept: total.unanswered === 0,
      },
      { what: 'given up unsaid', value: total.unsaid, kept: total.unsaid === 0 },
      { what: 'given up, told so', value: total.givenUp },
      { what: 'doubled by a storm at most', value: Math.max(...total.doubled) },
      ...beside,
    ]
    return measured
  },
}

async function stormed() {
  await using target = await openTarget()
  const { api } = target
  api.slow(5)
  const rooms = roomsOf(target, CHATS)
  const first = await target.start()
  const crowd = createCrowd(target)
  await crowd.askAlone()
  const followers = gatherFollowers(target, FOLLOWERS)
  await followers.follow()
  await first.end('SIGTERM')
  await api.until(() => !api.updates.isPolled())
  for (const [i, room] of rooms.entries())
    crowd.beside(room, room.write(QUESTIONS[i % QUESTIONS.length]!), i)
  await followers.bring()
  const sent = () => api.calls.filter(({ method }) => method === 'sendMessage').length
  for (let kill = 0; kill < KILLS; kill++) {
    const before = sent()
    const bot = target.spawn()
    await api.until(() => sent() >= before + ANSWERED_A_LIFE, 60_000)
    await sleep(0)
    await bot.end('SIGKILL')
  }
  const bot = await target.start()
  const unanswered = await drained(rooms)
  await followers.untilTold(FOLLOWERS)
  await bringForTomorrow(followers)
  await bot.end('SIGTERM')
  const announced = bot.logged().split('given up').length - 1
  const givenUp = sayingIn(rooms, '试了几次都没能答完')
  return {
    unanswered,
    givenUp,
    unsaid: Math.max(0, announced - givenUp),
    doubled: doubledIn(rooms),
    beside: besides({ crowd, followers, rooms }, KILLS),
  }
}
