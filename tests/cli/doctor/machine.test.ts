import { createServer } from 'node:net'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { judgeClock } from '../../../src/cli/doctor/clock.ts'
import { clock } from '../../../src/cli/doctor/clock.ts'
import { machine, memoryOf, nodeOf } from '../../../src/cli/doctor/machine.ts'
import { sizeText } from '../../../src/size-text.ts'
import { startBotApi } from '../../support/bot-api/bot-api.ts'
import { idsOf, lookWith, textOf } from '../../support/doctor.ts'

test('of this machine', async () => {
  expect(idsOf(await lookWith(machine))).toEqual([
    'machine-node',
    expect.stringMatching(/^machine-(?:little-)?memory$/u),
    'machine-no-proxy',
  ])
})

test.each([
  ['24.14.0', 'machine-node'],
  ['25.0.1', 'machine-node'],
  ['24.13.9', 'machine-old-node'],
])('Node %s: %s', (version, id) => expect(nodeOf(version).id).toBe(id))

test.each([
  [512e6, 'machine-little-memory'],
  [4e9, 'machine-memory'],
])('%d bytes of memory: %s', (limit, id) => expect(memoryOf(limit, 1e8).id).toBe(id))

test('a proxy is tried, and named without its password', async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const HTTPS_PROXY = `http://me:geheim@127.0.0.1:${port}`
  const there = await lookWith(machine, { settings: { HTTPS_PROXY } })
  expect(textOf(there, 'machine-proxy')).toContain(`127.0.0.1:${port}`)
  expect(JSON.stringify(there)).not.toContain('geheim')
  server.close()
  await once(server, 'close')
  const gone = await lookWith(machine, { settings: { HTTPS_PROXY } })
  expect(textOf(gone, 'machine-proxy-fails')).toContain('ECONNREFUSED')
  expect(idsOf(await lookWith(machine, { settings: { HTTPS_PROXY }, offline: true }))).toHaveLength(
    2,
  )
})

test('the clock is compared with a server that is asked anyway', async () => {
  const api = await startBotApi()
  const settings = { TELEGRAM_BOT_TOKEN: '1:a', TELEGRAM_API_ROOT: api.root }
  expect(idsOf(await lookWith(clock, { settings }))).toEqual(['clock-right', 'clock-zone'])
  expect(idsOf(await lookWith(clock, { settings, offline: true }))).toEqual([
    'clock-unasked',
    'clock-zone',
  ])
  await api.close()
  expect(idsOf(await lookWith(clock, { settings }))).toEqual(['clock-unasked', 'clock-zone'])
})

test.each([
  [0, 'clock-right'],
  [-29_000, 'clock-right'],
  [31_000, 'clock-off'],
  [-3_600_000, 'clock-off'],
])('%d ms ahead: %s', (ms, id) => expect(judgeClock(ms, 'a.example').id).toBe(id))

test.each([
  [-43_199_000, '慢 12 小时'],
  [95_000, '快 95 秒'],
  [-600_000, '慢 10 分钟'],
  [3 * 86_400_000, '快 3 天'],
])('%d ms ahead is %s', (ms, text) =>
  expect(judgeClock(ms, 'a.example').text).toBe(`比 a.example ${text}`),
)

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_500, '1.5 kB'],
  [12_345_678, '12 MB'],
  [3e12, '3.0 TB'],
])('%d bytes are %s', (bytes, text) => expect(sizeText(bytes)).toBe(text))
