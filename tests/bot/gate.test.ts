import { setTimeout as sleep } from 'node:timers/promises'
import { Api } from 'grammy'
import { expect, test } from 'vitest'
import { gate } from '../../src/bot/send/gate.ts'
import { TOKEN } from '../support/bot-api/bot-api.ts'

/** An API whose calls end when the test lets them. */
function held(options: Parameters<typeof gate>[0]) {
  const begun: string[] = []
  const ends: (() => void)[] = []
  const api = new Api(TOKEN)
  api.config.use(async (_prev, method, payload) => {
    begun.push('text' in payload ? payload.text : method)
    await new Promise<void>((resolve) => ends.push(resolve))
    return { ok: true as const, result: JSON.parse('{"message_id":1}') }
  }, gate(options))
  return { api, begun, ends }
}

test('messages go one after the other, and the next not before the last was noted', async () => {
  const { api, begun, ends } = held({ patience: 1_000 })
  const noted: string[] = []
  for (const text of ['一', '二'])
    void api.sendMessage(1, text).then(() => noted.push(`${text} with ${begun.length} begun`))
  void api.sendChatAction(1, 'typing')
  await sleep(120)
  expect(begun.toSorted()).toEqual(['sendChatAction', '一'])
  for (const end of ends.splice(0)) end()
  await sleep(20)
  expect(begun.at(-1)).toBe('二')
  expect(noted).toEqual(['一 with 2 begun'])
})

test('the longer somebody waited, the more go side by side, up to a bound', async () => {
  const { api, begun } = held({ patience: 2, most: 3 })
  for (const text of ['一', '二', '三', '四']) void api.sendMessage(1, text)
  await sleep(20)
  expect(begun).toEqual(['一'])
  await sleep(700)
  expect(begun).toEqual(['一', '二', '三'])
})

test('a process that was busy lets nobody through for that', async () => {
  const { api, begun } = held({ patience: 4 })
  for (const text of ['一', '二']) void api.sendMessage(1, text)
  await sleep(10)
  const until = performance.now() + 400
  while (performance.now() < until);
  await sleep(10)
  expect(begun).toEqual(['一'])
})

test('no more go in a second than Telegram takes, however soon each arrives', async () => {
  const api = new Api(TOKEN)
  const went: number[] = []
  api.config.use(
    async () => {
      went.push(performance.now())
      return { ok: true as const, result: JSON.parse('{"message_id":1}') }
    },
    gate({ aSecond: 3 }),
  )
  await Promise.all(
    ['一', '二', '三', '四', '五', '六', '七'].map((text) => api.sendMessage(1, text)),
  )
  const apart = went.slice(3).map((at, i) => at - went[i]!)
  // A clock may lie between.
  expect(Math.min(...apart)).toBeGreaterThan(990)
})
