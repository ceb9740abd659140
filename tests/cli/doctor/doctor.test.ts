import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Check, fine } from '../../../src/cli/doctor/check.ts'
import { examine } from '../../../src/cli/doctor/examine.ts'
import { parseConfig } from '../../../src/config.ts'
import { openStateDatabase } from '../../../src/stores/sqlite/state-database.ts'
import { openLedger } from '../../../src/ingest/ledger.ts'
import { openEmbeddedIndex } from '../../../src/retrieval/embedded-index.ts'
import { tempFolder } from '../../support/temp.ts'

const doctor = fileURLToPath(new URL('../../../src/cli/doctor.ts', import.meta.url))

/** Runs it as a person does, in a folder without an `.env`. */
async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const folder = tempFolder()
  const child = spawn(process.execPath, [doctor, '--seconds', '60', ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], WENCE_DATA_DIR: join(folder, 'data'), ...env },
  })
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { code, out, err }
}

const Told = z.object({
  ok: z.boolean(),
  findings: z.array(
    z.object({
      check: z.string(),
      id: z.string(),
      level: z.enum(['fine', 'look', 'broken']),
      text: z.string(),
      todo: z.string().optional(),
    }),
  ),
})

test('on a fresh machine it says a line for each finding and how many there are', async () => {
  const { code, out, err } = await run(['--offline'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const lines = out.trim().split('\n')
  expect(lines.at(-1)).toMatch(/^看了 \d+ 处：\d+ 处正常，\d+ 处值得看看（!），0 处有问题（✗）。$/u)
  for (const line of lines.slice(0, -2)) expect(line).toMatch(/^[✓!✗] \S+  \S.*。$/u)
}, 60_000)

test('what is broken makes it exit 1, in JSON too, and ends none of the rest', async () => {
  const { code, out } = await run(['--json'], {
    PORT: 'many',
    TELEGRAM_BOT_TOKEN: '1:a',
    TELEGRAM_API_ROOT: 'http://127.0.0.1:1',
  })
  const { ok, findings } = Told.parse(JSON.parse(out))
  expect({ code, ok }).toEqual({ code: 1, ok: false })
  const broken = findings.filter(({ level }) => level === 'broken').map(({ id }) => id)
  expect(broken).toEqual(['settings-wrong', 'telegram-unreached'])
  expect(findings.map(({ id }) => id)).toContain('disk-none')
}, 60_000)

test('its advice is typed as it was', async () => {
  const advice = (env: Readonly<Record<string, string>>) =>
    run(['--offline'], env).then(({ out }) =>
      out.split('\n').find((line) => line.includes('还没有索引')),
    )
  expect(await advice({ npm_lifecycle_event: 'doctor' })).toContain('npm run ingest -- 文件夹')
  expect(await advice({})).toMatch(/wence ingest 文件夹|bot src\/cli\/ingest\.ts 文件夹/u)
}, 60_000)

test('it changes nothing, and makes nothing', async () => {
  const data = tempFolder()
  openStateDatabase(join(data, 'conversations.sqlite')).close()
  await openEmbeddedIndex(join(data, 'index.sqlite')).close()
  openLedger(join(data, 'ingest.sqlite'), 'its').close()
  const state = () =>
    readdirSync(data).map((name) => [name, readFileSync(join(data, name), 'latin1')])
  const before = state()
  expect((await run(['--offline'], { WENCE_DATA_DIR: data })).code).toBe(0)
  expect(state()).toEqual(before)
  const none = join(data, 'none')
  await run(['--offline'], { WENCE_DATA_DIR: none })
  expect(existsSync(none)).toBe(false)
}, 60_000)

test('a time that is none is a wrong call', async () => {
  expect(await run(['--seconds', 'soon'])).toMatchObject({ code: 2, out: '' })
})

const patient = { config: parseConfig({}), env: {}, notices: [], faults: [] }
const told = async (checks: readonly Check[], seconds = 60, offline = false) => {
  const findings = []
  for await (const one of examine(checks, patient, { seconds, offline })) findings.push(one)
  return findings.map((one) => one.findings.map(({ id, text: said }) => `${id} ${said}`))
}

test('it ends when it has said all, though nobody it asked answers or hangs up', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const address = silent.address()
  const at = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  try {
    const { code, out } = await run(['--seconds', '2'], {
      QDRANT_URL: at,
      CHAT_MODEL: 'm',
      EMBEDDING_MODEL: 'e',
      OPENAI_BASE_URL: `${at}/v1`,
      TELEGRAM_BOT_TOKEN: '1:a',
      TELEGRAM_API_ROOT: at,
      PUBLIC_URL: 'https://wence.example.org',
      HTTPS_PROXY: at,
    })
    expect(code).toBe(1)
    expect(out).toContain('✗ Telegram  连不上')
  } finally {
    silent.close()
  }
}, 60_000)

test('checks run side by side, are told in order, and one that fails or hangs ends nothing', async () => {
  let running = 0
  let most = 0
  const slow = (name: string, ms: number): Check => ({
    name,
    async look() {
      most = Math.max(most, ++running)
      await sleep(ms)
      running--
      return [fine(name, '')]
    },
  })
  const fails: Check = { name: 'fails', look: () => Promise.reject(new Error('why')) }
  const throws: Check = {
    name: 'throws',
    look() {
      throw new Error('at once')
    },
  }
  expect(await told([slow('a', 30), slow('b', 1), fails, throws])).toEqual([
    ['a '],
    ['b '],
    [expect.stringContaining('why')],
    [expect.stringContaining('at once')],
  ])
  expect(most).toBe(2)
  const hangs: Check = { name: 'hangs', look: () => new Promise(() => {}) }
  expect(await told([hangs], 0.05)).toEqual([[expect.stringMatching(/^late /u)]])
  const asks: Check = { name: 'asks', asks: true, look: () => [fine('asked', '')] }
  expect(await told([asks], 60, true)).toEqual([[expect.stringMatching(/^offline /u)]])
})
