import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { eventStream } from '../../src/web/event-stream.ts'

test('a stream says its events, each on one line, and in between that it is still there', async () => {
  const app = new Hono().get('/', (c) =>
    eventStream(
      c,
      async (say) => {
        await say('first', { text: '两\n行\r\n与\u2028一段' })
        await sleep(60)
        await say('last', 2)
      },
      20,
    ),
  )
  const text = await (await app.request('/')).text()
  const [first, ...more] = text.split('\n\n').slice(0, -1)
  expect(first).toBe('event: first\ndata: {"text":"两\\n行\\r\\n与\u2028一段"}')
  expect(more.at(-1)).toBe('event: last\ndata: 2')
  expect(more.slice(0, -1).length).toBeGreaterThan(0)
  expect(new Set(more.slice(0, -1))).toEqual(new Set([':']))
})
