import { setTimeout as sleep } from 'node:timers/promises'
import type { Update } from 'grammy/types'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createAnswering } from '../../src/bot/exchange.ts'
import { createInbox } from '../../src/bot/inbox.ts'
import { createServe } from '../../src/bot/serve.ts'
import { openStateDatabase } from '../../src/conversation/state-database.ts'

/** A server whose answers the test writes. */
function serving(handle: (update: Update) => Promise<void>) {
  const inbox = createInbox(openStateDatabase(':memory:'), 1)
  const lines: string[] = []
  const log = pino({ base: null }, { write: (line: string) => void lines.push(line) })
  const start = () =>
    createServe({
      bot: { handleUpdate: handle },
      me: { username: 'wence_bot' },
      inbox,
      answering: createAnswering(),
      log,
      now: () => 0,
    })
  return { inbox, start, logged: () => lines.join('') }
}
const update = (id: number): Update => ({ update_id: id })

test('after the end was asked for nothing is begun, and what waits stays for the next start', async () => {
  const handled: number[] = []
  const { inbox, start } = serving(async ({ update_id: id }) => {
    handled.push(id)
    await sleep(20)
  })
  const serve = start()
  serve.take([update(1)])
  await sleep(1)
  const drained = serve.drain()
  serve.take([update(2)])
  await drained
  expect(handled).toEqual([1])
  expect(inbox.open().map((stored) => stored.update.update_id)).toEqual([2])
  const next = start()
  next.resume()
  await next.drain().catch(() => {})
})

test('an update that ends the process each time is given up', async () => {
  const handled: number[] = []
  const { inbox, start, logged } = serving(({ update_id: id }) => {
    handled.push(id)
    return Promise.resolve()
  })
  inbox.accept([update(1)], 0)
  for (let i = 0; i < 3; i++) inbox.begin(1)
  start().resume()
  await sleep(5)
  expect(handled).toEqual([])
  expect(inbox.open()).toEqual([])
  expect(logged()).toContain('given up')
})

test('an answer begun before is announced as one that may come twice', async () => {
  const { inbox, start, logged } = serving(() => Promise.resolve())
  inbox.accept([update(1), update(2)], 0)
  inbox.begin(1)
  start().resume()
  await sleep(5)
  expect(logged().split('may come twice')).toHaveLength(2)
})

test('one that fails is logged and done', async () => {
  const { inbox, start, logged } = serving(() => Promise.reject(new Error('broken')))
  start().take([update(1)])
  await sleep(5)
  expect(inbox.open()).toEqual([])
  expect(logged()).toContain('not answered')
})
