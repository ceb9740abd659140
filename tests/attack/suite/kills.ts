import { setTimeout as sleep } from 'node:timers/promises'
import {
  askSteadily,
  delaysOf,
  doubledIn,
  outOfOrderIn,
  quantile,
  sayingIn,
} from '../../support/bot-api/asking.ts'
import { createCrowd } from '../../support/bot-api/crowd.ts'
import { gatherFollowers } from '../../support/bot-api/followers.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { type Attack, type Measured, shareOf } from '../attack.ts'
import { besides, bringForTomorrow, drained, openTarget, roomsOf } from '../bot.ts'

const RATE = 25
const CHATS = 200
const FOLLOWERS = 40
/** So often it is killed again with news on their way. */
const NEWS_KILLS = 3
/** It is killed at a moment so long after it serves, at most. */
const LONGEST_LIFE_MS = 900
/** How long Telegram takes, in ms, how often it is killed then, and whether one at most may come twice: what is on its way at a time is latency times rate. */
const NETWORKS = [
  { latencyMs: 5, kills: 160, promised: true },
  { latencyMs: 60, kills: 20, promised: false },
  { latencyMs: 200, kills: 20, promised: false },
] as const

export const attack: Attack = {
  name: 'kills',
  does: `Kills the bot at random moments while ${CHATS} chats ask it ${RATE} questions a second, mend and judge them, others type elsewhere and an ingest beside brings what is followed, and starts it again.`,
  promises:
    'Every question is answered as it stands, in order within its chat; at most one answer a kill comes twice while Telegram answers faster than messages come; each follower is told once a day.',
  async run(options) {
    const measured: Measured[] = []
    for (const { latencyMs, kills, promised } of NETWORKS) {
      const rounds = shareOf(kills, options)
      const { doubled, lost, disorder, givenUp, p95, beside } = await killed(latencyMs, rounds)
      const most = Math.max(...doubled)
      options.say(`${rounds} kills at ${latencyMs} ms: ${JSON.stringify(doubled)} came twice`)
      const name = (what: string) => `${what}, ${rounds} kills at ${latencyMs} ms`
      measured.push(
        { what: name('lost'), value: lost, kept: lost === 0 },
        {
          what: name('doubled by one kill at most'),
          value: most,
          ...(promised && { kept: most <= 1 }),
        },
        { what: name('doubled by a kill on average'), value: mean(doubled).toFixed(2) },
        { what: name('chats out of order'), value: disorder, kept: disorder === 0 },
        { what: name('given up, told so'), value: givenUp },
        { what: name('p95 ms of the last 5 s, alive'), value: p95 },
        ...beside.map((one) => ({ ...one, what: name(one.what) })),
      )
    }
    return measured
  },
}

async function killed(latencyMs: number, rounds: number) {
  await using target = await openTarget()
  const { api } = target
  const rooms = roomsOf(target, CHATS)
  const random = seededRandom(latencyMs)
  api.slow(latencyMs)
  let bot = await target.start()
  let serves = true
  const crowd = createCrowd(target)
  await crowd.askAlone()
  const followers = gatherFollowers(target, FOLLOWERS)
  await followers.follow()
  const asking = askSteadily(rooms, RATE, { serves: () => serves, beside: crowd.beside })
  const brought = followers.bring()
  // What comes twice comes after the kill that it is due to.
  const seen: number[] = []
  async function kill(): Promise<void> {
    seen.push(doubledIn(rooms))
    await bot.end('SIGKILL')
    serves = false
    bot = await target.start()
    serves = true
  }
  for (let round = 0; round < rounds; round++) {
    await sleep(random() * LONGEST_LIFE_MS)
    await kill()
  }
  await brought
  for (let n = 0; n < NEWS_KILLS; n++) {
    await followers.untilTold(followers.told() + 2)
    await kill()
  }
  await followers.untilTold(FOLLOWERS)
  const calmFrom = Date.now()
  await sleep(5_000)
  await asking.stop()
  const lost = await drained(rooms)
  seen.push(doubledIn(rooms))
  await bringForTomorrow(followers)
  await bot.end('SIGTERM')
  const calm = delaysOf(api, asking).filter(({ at, delay }) => at - delay >= calmFrom)
  return {
    doubled: seen.slice(1).map((total, i) => total - seen[i]!),
    lost,
    disorder: outOfOrderIn(rooms),
    givenUp: sayingIn(rooms, '试了几次都没能答完'),
    p95: quantile(calm, 0.95),
    beside: besides({ crowd, followers, rooms }, rounds + NEWS_KILLS),
  }
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length
