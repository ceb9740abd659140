import { statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { serveBot, spawnBot } from '../support/bot-api/harness.ts'
import { fillStore } from '../support/fill-store.ts'
import { readHolds } from '../support/watch-loop.ts'
import { worstQuestions } from '../support/worst-questions.ts'

const STAFF = 7001
const STORED = 10_000
const LONGEST_MS = 50

test('nothing that is asked holds the bot’s event loop', async () => {
  await using served = await serveBot('polling', { TELEGRAM_STAFF: String(STAFF) })
  const { api, dir, settings } = served
  const holds = join(dir, 'holds.jsonl')
  const store = join(dir, 'conversations.sqlite')
  await fillStore(store, STORED)
  const watch = new URL('../support/watch-loop.ts', import.meta.url).href
  await using bot = spawnBot(
    { ...settings, NODE_OPTIONS: `--import=${watch}`, HOLDS_FILE: holds },
    fileURLToPath(new URL('../../src/main.ts', import.meta.url)),
  )
  await api.until(() => api.updates.isPolled(), 30_000)
  const since = Date.now()

  const staff = api.person(STAFF)
  const commands = ['/stats', '/unanswered', '/feedback', '/articles', '/place', '/articles 企业']
  for (const command of commands) staff.write(command)
  const usual = ['企业用电报装要多久？', '我市小微企业有什么补贴？']
  const rooms = [...usual, ...worstQuestions()].map((question, i) => {
    const room = api.person(8000 + i)
    room.write(question)
    return room
  })
  for (const _ of commands) await staff.next(30_000)
  for (const room of rooms) expect((await room.next(30_000)).text).not.toContain('出错')
  // Too much to be erased at once, and others ask meanwhile.
  expect(statSync(store).size).toBeGreaterThan(4 * 2 ** 20)
  const [leaving, ...staying] = rooms
  leaving!.write('/forget')
  const choice = await leaving!.next(30_000)
  leaving!.tap(choice, '全部删除')
  for (const room of staying) room.write('企业用电报装要多久？')
  for (const room of staying) expect((await room.next(30_000)).text).not.toContain('出错')
  await leaving!.until(
    () => leaving!.find(choice.message_id)?.text === '您的记录已全部删除。',
    30_000,
  )
  await bot.end('SIGTERM')
  // Computing, not waiting: on a busy machine the latter says what others do.
  const computed = readHolds(holds, since).map(({ cpuMs }) => cpuMs)
  expect(Math.max(0, ...computed)).toBeLessThan(LONGEST_MS)
}, 90_000)
