import { renameSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '../../src/cli/bench/free-port.ts'
import { openProbes } from '../../src/cli/open-http.ts'
import { openOperations } from '../../src/cli/operations.ts'
import type { ServingEngine } from '../../src/cli/open.ts'
import { parseConfig } from '../../src/config.ts'
import { IndexUnavailableError } from '../../src/retrieval/index-unavailable.ts'
import { createLog } from '../../src/log.ts'
import { TOKEN } from '../support/bot-api/bot-api.ts'
import { smallEngine } from '../support/small-engine.ts'
import { tempFolder } from '../support/temp.ts'

/** What a bot serves for which nothing asks for HTTP, and what it logged. */
async function alone(port: number, holdings = smallEngine.holdings) {
  const lines: string[] = []
  const log = createLog('info', { write: (line: string) => void lines.push(line) })
  const operations = openOperations(log)
  const engine: ServingEngine = {
    ...smallEngine,
    holdings,
    renew: async () => {},
    takeUpWords: async () => {},
    close: async () => {},
  }
  const folder = tempFolder()
  const config = parseConfig({ TELEGRAM_BOT_TOKEN: TOKEN, WENCE_DATA_DIR: folder })
  const http = await openProbes({ config, engine, log, operations, port })
  onTestFinished(() => http?.close())
  return { http, folder, operations, logged: () => lines.join('') }
}

test('nothing but what says how it is', async () => {
  const { http } = await alone(0)
  const get = async (path: string) => (await fetch(`http://127.0.0.1:${http!.port}${path}`)).status
  expect(await Promise.all(['/healthz', '/readyz', '/metrics'].map(get))).toEqual([200, 200, 200])
  expect(await Promise.all(['/', '/desk', '/api/articles', '/chat'].map(get))).toEqual(
    Array(4).fill(404),
  )
})

test('a port that is taken is said in the log, and nothing else comes of it', async () => {
  const port = await freePort()
  const first = await alone(port)
  const second = await alone(port)
  expect([first.http?.port, second.http]).toEqual([port, undefined])
  expect(second.logged()).toMatch(/"level":"warn".*in use by another program/u)
})

test('a data directory that cannot be written to keeps questions from being taken', async () => {
  const { http, folder } = await alone(0)
  const ready = async () => {
    const response = await fetch(`http://127.0.0.1:${http!.port}/readyz`)
    return { status: response.status, text: await response.text() }
  }
  expect(await ready()).toMatchObject({ status: 200 })
  renameSync(folder, `${folder}.away`)
  expect(await ready()).toMatchObject({
    status: 503,
    text: expect.stringMatching(/存储：不能回答，.*数据目录不在了/u),
  })
  const figures = await (await fetch(`http://127.0.0.1:${http!.port}/metrics`)).text()
  expect(figures).toMatch(/^wence_ready 0$/mu)
  expect(figures).toMatch(/^wence_part_up\{part="storage"\} 0$/mu)
  renameSync(`${folder}.away`, folder)
  expect(await ready()).toMatchObject({ status: 200 })
})

test.each([
  ['is empty', () => Promise.resolve({ articles: 0, passages: 0, newest: null }), '还没有文章'],
  ['is away', () => Promise.reject(new IndexUnavailableError('Qdrant 连不上。')), 'Qdrant 连不上'],
  ['is broken', () => Promise.reject(new Error('it broke')), '原因在日志里'],
])(
  'an index that %s is said, from when on, and that it is there again',
  async (_what, fail, said) => {
    let look: () => ReturnType<typeof smallEngine.holdings> = fail
    const { http, logged } = await alone(0, () => look())
    const ready = async () => {
      const response = await fetch(`http://127.0.0.1:${http!.port}/readyz`)
      return { status: response.status, text: await response.text() }
    }
    expect(await ready()).toMatchObject({ status: 503, text: expect.stringContaining(said) })
    const again = await ready()
    expect(again.text).toMatch(/^not ready\n索引：不能回答，自 \d+月\d+日 \d\d:\d\d 起。/u)
    expect(logged().match(/it broke/gu)?.length ?? 0).toBe(_what === 'is broken' ? 2 : 0)
    look = smallEngine.holdings
    expect(await ready()).toMatchObject({ status: 200, text: expect.stringMatching(/^ready\n/u) })
  },
)
