import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { serveBot, spawnBot } from '../support/bot-api/harness.ts'
import { tracesOf } from '../support/traces.ts'

const QUESTION = '企业用电报装要多久？独一无二的问法'

test('with nothing kept, what was answered is in no file a moment later, while the bot runs', async () => {
  await using served = await serveBot('polling', { KEEP_QUESTIONS_DAYS: '0' })
  const { api, dir } = served
  const bot = served.start()
  const rooms = Array.from({ length: 20 }, (_, n) => api.person(400 + n))
  for (const room of rooms) room.write(QUESTION)
  await Promise.all(rooms.map((room) => room.next(20_000)))
  await vi.waitUntil(() => tracesOf(dir, '独一无二').length === 0, {
    timeout: 5_000,
    interval: 100,
  })
  for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).mode & 0o077).toBe(0)
  expect(bot.logged()).not.toContain('独一无二')
})

test('what is forgotten is gone when that is confirmed, however the process ends then', async () => {
  await using served = await serveBot('polling')
  const { api, dir, settings } = served
  await using bot = spawnBot(settings)
  const [me, other] = [api.person(441), api.person(442)]
  for (let n = 0; n < 5; n++) {
    me.write(QUESTION)
    other.write(`企业用电报装要多久？别人问的${n}`)
    await Promise.all([me.next(20_000), other.next(20_000)])
  }
  expect(tracesOf(dir, '独一无二')).not.toEqual([])
  me.write('/forget')
  const asked = await me.next()
  me.tap(asked, '全部删除')
  await me.until(() => me.find(asked.message_id)?.text === '您的记录已全部删除。')
  await bot.end('SIGKILL')
  expect(tracesOf(dir, '独一无二')).toEqual([])
  expect(tracesOf(dir, '别人问的4')).not.toEqual([])
})
