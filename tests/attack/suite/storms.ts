import { setTimeout as sleep } from 'node:timers/promises'
import { doubledIn, sayingIn } from '../../support/bot-api/asking.ts'
import { type Attack, type Measured, shareOf } from '../attack.ts'
import { drained, openTarget, roomsOf } from '../bot.ts'

const CHATS = 200
const KILLS = 3
/** So many of the waiting have their answer when it is killed again. */
const ANSWERED_A_LIFE = 8

export const attack: Attack = {
  name: 'storms',
  does: `Lets ${CHATS} chats ask while the bot is down, then kills it ${KILLS} times right after it began to answer.`,
  promises:
    'Every question is answered or its reader told why not; nobody is given up for being in line.',
  async run(options) {
    const storms = shareOf(3, options)
    const total = { unanswered: 0, givenUp: 0, unsaid: 0, doubled: [] as number[] }
    for (let storm = 0; storm < storms; storm++) {
      const { unanswered, givenUp, unsaid, doubled } = await stormed()
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
    ]
    return measured
  },
}

async function stormed() {
  await using target = await openTarget()
  const { api } = target
  api.slow(5)
  const rooms = roomsOf(target, CHATS)
  for (const room of rooms) room.write('企业用电报装要多久？')
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
  await bot.end('SIGTERM')
  const announced = bot.logged().split('given up').length - 1
  const givenUp = sayingIn(rooms, '试了几次都没能答完')
  return {
    unanswered,
    givenUp,
    unsaid: Math.max(0, announced - givenUp),
    doubled: doubledIn(rooms),
  }
}
