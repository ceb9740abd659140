import { setTimeout as sleep } from 'node:timers/promises'
import { GrammyError, HttpError } from 'grammy'
import type { Update } from 'grammy/types'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { TelegramBot } from '../../src/bot/create-bot.ts'
import { createClock } from '../../src/clock.ts'
import { createDisk } from '../../src/bot/updates/disk.ts'
import { createAnswering } from '../../src/bot/exchange.ts'
import { createHolds } from '../../src/bot/send/holds.ts'
import { createInbox } from '../../src/bot/updates/inbox.ts'
import type { Planned } from '../../src/bot/send/send.ts'
import { createServe } from '../../src/bot/updates/serve.ts'
import { openStateDatabase } from '../../src/stores/sqlite/state-database.ts'

const said = (text: string): Planned => ({
  chatId: 1,
  text,
  options: { entities: [], link_preview_options: { is_disabled: true } },
})

/** A server whose answers the test writes; what is delivered is what was planned. */
function serving(bot: Partial<TelegramBot>, patienceMs = 60_000) {
  const db = openStateDatabase(':memory:')
  const inbox = createInbox(db, 1)
  const lines: string[] = []
  const log = pino({ base: null }, { write: (line: string) => void lines.push(line) })
  const stop = new AbortController()
  const disk = createDisk({ log, tell: () => {}, signal: stop.signal, firstMs: 5 })
  const delivered: string[] = []
  const start = () =>
    createServe({
      bot: {
        answer: () => Promise.resolve([]),
        supersedes: () => false,
        concerns: () => true,
        giveUp: () => [said('sorry')],
        offer: () => Promise.resolve(),
        deliver: ({ update_id: id }) => {
          for (const part of inbox.planned(id))
            if (part.message === null) {
              delivered.push(part.planned.text)
              inbox.arrived(id, part.n, delivered.length)
            }
          return Promise.resolve()
        },
        ...bot,
      },
      me: { id: 42, username: 'wence_bot' },
      inbox,
      disk,
      answering: createAnswering(),
      holds: createHolds(),
      settings: { streams: false },
      log,
      requestOf: (id) => `update-${id}`,
      clock: createClock(),
      againMs: 0,
      patienceMs,
    })
  const open = () => inbox.open().left.map(({ update }) => update.update_id)
  return { db, inbox, start, open, delivered, logged: () => lines.join('') }
}
const update = (id: number): Update => ({ update_id: id })

test('after the end was asked for nothing is begun, and what waits stays for the next start', async () => {
  const answered: number[] = []
  const { open, start } = serving({
    async answer({ update_id: id }) {
      answered.push(id)
      await sleep(20)
      return []
    },
  })
  const serve = start()
  await serve.take([update(1)])
  await sleep(1)
  const drained = serve.drain()
  await serve.take([update(2)])
  await drained
  expect(answered).toEqual([1])
  expect(open()).toEqual([2])
})

test('who is given up is told, and only then done with', async () => {
  const answered: number[] = []
  const { inbox, open, delivered, start, logged } = serving({
    answer: ({ update_id: id }) => {
      answered.push(id)
      return Promise.resolve([])
    },
  })
  inbox.accept([update(1)], 0)
  inbox.begin(1, 3)
  start().resume()
  await sleep(5)
  expect(answered).toEqual([])
  expect(delivered).toEqual(['sorry'])
  expect(open()).toEqual([])
  expect(logged()).toContain('given up')
})

test('who cannot be told for want of a connection is told when there is one', async () => {
  let lost = 3
  const told: number[] = []
  const { inbox, open, start } = serving({
    deliver({ update_id: id }) {
      if (lost-- > 0) return Promise.reject(new HttpError('lost', new Error('no route')))
      told.push(id)
      return Promise.resolve()
    },
  })
  inbox.accept([update(1)], 0)
  inbox.begin(1, 3)
  const serve = start()
  serve.resume()
  while (serve.size() > 0) await sleep(1)
  expect(told).toEqual([1])
  expect(open()).toEqual([])
})

test.each([
  [429, 'Too Many Requests: retry after 0', { retry_after: 0.01 }],
  [401, 'Unauthorized', {}],
  [400, 'Bad Request: Logged out', {}],
  [502, 'Bad Gateway', {}],
])(
  'what Telegram does not take yet (%i) waits in its chat, and nothing else',
  async (code, description, parameters) => {
    let refused = 3
    const told: number[] = []
    const refusal = { ok: false, error_code: code, description, parameters } as const
    const { open, start, logged } = serving({
      answer: () => Promise.resolve([said('x')]),
      deliver({ update_id: id }) {
        if (id === 1 && refused-- > 0)
          return Promise.reject(new GrammyError('x', refusal, 'sendMessage', {}))
        told.push(id)
        return Promise.resolve()
      },
    })
    const serve = start()
    await serve.take([update(1), update(2)])
    while (serve.size() > 0) await sleep(1)
    expect(told).toEqual([2, 1])
    expect(open()).toEqual([])
    expect(logged()).not.toContain('not answered')
  },
)

test('what Telegram fails at for hours is given up: it may be what ends it', async () => {
  const refusal = { ok: false, error_code: 500, description: 'Internal Server Error' } as const
  const { open, start, logged } = serving(
    {
      answer: () => Promise.resolve([said('x')]),
      deliver: () => Promise.reject(new GrammyError('x', refusal, 'sendMessage', {})),
    },
    20,
  )
  const serve = start()
  await serve.take([update(1)])
  while (serve.size() > 0) await sleep(1)
  expect(open()).toEqual([])
  expect(logged()).toContain('not answered')
})

test('what was said only in part goes on after the last that arrived, in the same words', async () => {
  const answered: number[] = []
  const { inbox, delivered, start, logged } = serving({
    answer: ({ update_id: id }) => {
      answered.push(id)
      return Promise.resolve([said('another answer')])
    },
  })
  inbox.accept([update(1)], 0)
  inbox.begin(1, 1)
  inbox.plan(1, ['one', 'two', 'three'].map(said))
  inbox.arrived(1, 0, 7)
  start().resume()
  await sleep(5)
  expect(answered).toEqual([])
  expect(delivered).toEqual(['two', 'three'])
  expect(logged().split('may come twice')).toHaveLength(2)
})

test('whoever ended the process drags nobody along: at most so many are begun, suspects come last and alone', async () => {
  const begun: number[] = []
  const { inbox, start } = serving({
    answer: ({ update_id: id }) => {
      begun.push(id)
      return new Promise(() => {})
    },
  })
  inbox.accept(
    Array.from({ length: 100 }, (_, i) => update(i)),
    0,
  )
  for (let id = 0; id < 20; id++) inbox.begin(id, 2)
  start().resume()
  await sleep(5)
  expect(begun).toEqual(Array.from({ length: 8 }, (_, i) => 20 + i))

  for (let id = 20; id < 100; id++) inbox.end(id, 'answered')
  begun.length = 0
  start().resume()
  await sleep(5)
  expect(begun).toEqual([0])
})

test('what only has to be sent goes first, however often it was begun', async () => {
  const { inbox, delivered, start } = serving({
    answer: ({ update_id: id }) => Promise.resolve([said(String(id))]),
  })
  inbox.accept([update(1), update(2), update(3)], 0)
  for (const id of [2, 3]) {
    inbox.begin(id, 5)
    inbox.plan(id, [said(String(id))])
  }
  start().resume()
  await sleep(20)
  expect(delivered).toEqual(['2', '3', '1'])
})

test('one that fails is logged and done', async () => {
  const { open, start, logged } = serving({
    answer: () => Promise.resolve([said('x')]),
    deliver: () => Promise.reject(new Error('broken')),
  })
  await start().take([update(1)])
  await sleep(5)
  expect(open()).toEqual([])
  expect(logged()).toContain('not answered')
})

test('what is stored of an update and cannot be read is set aside, and the rest answered', async () => {
  const { db, inbox, open, delivered, start, logged } = serving({
    answer: () => Promise.resolve([said('x')]),
  })
  inbox.accept([update(1), update(2), update(3)], 0)
  db.exec(`UPDATE inbox SET body = '{"update_id": nonsense' WHERE id = 2`)
  start().resume()
  await sleep(5)
  expect(delivered).toHaveLength(2)
  expect(open()).toEqual([])
  expect(logged()).toContain('"update":2,"msg":"set aside')
})

test('while the disk is full what was taken waits, and is answered once when there is room', async () => {
  const answered: number[] = []
  const { db, inbox, open, delivered, start } = serving({
    answer: ({ update_id: id }) => {
      answered.push(id)
      return Promise.resolve([said('x'.repeat(20_000))])
    },
  })
  const serve = start()
  const pages = Number(db.prepare('PRAGMA page_count').get()?.['page_count'])
  db.exec(`PRAGMA max_page_count = ${pages + 1}`)
  await serve.take(Array.from({ length: 10 }, (_, i) => update(i)))
  await sleep(50)
  expect(delivered).toEqual([])
  expect(open()).toHaveLength(10)
  db.exec('PRAGMA max_page_count = 100000')
  while (serve.size() > 0) await sleep(5)
  expect(delivered).toHaveLength(10)
  expect(new Set(answered).size).toBe(10)
  expect(inbox.open().left).toEqual([])
})
