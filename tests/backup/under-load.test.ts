import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { isHalfRestored } from '../../src/backup/half-restored.ts'
import { openBackup } from '../../src/backup/open-backup.ts'
import { stateFilesIn } from '../../src/backup/state-files.ts'
import { takeBackup } from '../../src/backup/take-backup.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { type Held, fillState, stateIn, writePapers } from '../support/state.ts'
import { tempFolder } from '../support/temp.ts'

vi.setConfig({ testTimeout: 300_000 })

const root = fileURLToPath(new URL('../..', import.meta.url))

function start(args: readonly string[], data: string) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env.PATH, WENCE_DATA_DIR: data },
  })
  child.stderr.resume()
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** Another process that writes to a data directory until it is ended. */
async function living(data: string) {
  const child = start(['tests/support/live.ts', data], data)
  await once(child.stdout, 'data')
  return child
}

const rowsOf = (state: readonly Held[], name: string, table: string) => {
  const holds = state.find((one) => one.name === name)?.holds
  return typeof holds === 'object' ? (holds[table] ?? []) : []
}
const sum = (rows: readonly unknown[], what: string) =>
  rows.reduce((total: number, row) => total + Number(Object(row)[what]), 0)

test('taken while others write, it is of one moment, and nothing that is named is missing', async () => {
  const data = join(tempFolder(), 'data')
  const writer = await living(data)
  const file = join(tempFolder(), 'a.tar')
  let before = 0
  for (let n = 0; n < 3; n++) {
    const { manifest } = await takeBackup(file, {
      dataDirectory: data,
      ledger: 'ingest.sqlite',
      version: '0.1.0',
      now: 1,
    })
    expect(manifest.missing).toEqual([])
    const folder = tempFolder()
    await openBackup(file).unpack(folder)
    const state = stateIn(
      folder,
      stateFilesIn(folder).filter((name) => /sqlite|jsonl/u.test(name)),
    )
    const asked = rowsOf(state, 'conversations.sqlite', 'asked')
    const counted = rowsOf(state, 'conversations.sqlite', 'usage').filter(
      (row) => Object(row).kind === 'status',
    )
    expect(sum(counted, 'times')).toBe(asked.length)
    expect(asked.length).toBeGreaterThan(before)
    before = asked.length
    // What was written later is there for all that was written before.
    const judged = rowsOf(state, 'desk.sqlite', 'judgements').length
    const read = rowsOf(state, 'ingest.sqlite', 'files')
    expect(judged).toBeGreaterThanOrEqual(asked.length - 1)
    expect(read.length).toBeGreaterThanOrEqual(judged - 1)
    for (const row of read)
      expect(existsSync(join(folder, 'uploads', String(Object(row).source)))).toBe(true)
    const lines = readFileSync(join(folder, 'corrections.jsonl'), 'utf8').trim().split('\n')
    expect(lines.map((line) => Object(JSON.parse(line)).undo)).toEqual(
      lines.map((_, i) => `none ${i + 1}`),
    )
  }
  expect(writer.exitCode).toBe(null)
  writer.kill('SIGKILL')
  await once(writer, 'exit')
})

/** Kills a command at a random moment of the time that it takes whole; false when it had ended. */
async function killed(args: readonly string[], data: string, afterMs: number): Promise<boolean> {
  const child = start(args, data)
  const exit = once(child, 'exit')
  await sleep(afterMs)
  child.kill('SIGKILL')
  const [code] = await exit
  return code === null
}

async function whole(args: readonly string[], data: string): Promise<number> {
  const started = performance.now()
  const child = start(args, data)
  expect(await once(child, 'exit')).toEqual([0, null])
  return performance.now() - started
}

const KILLS = 6

test('killed at any moment, a backup leaves the one before, and a restore all or nothing', async () => {
  const folder = tempFolder()
  const at = (name: string) => join(folder, name)
  writePapers(at('papers'))
  await fillState(at('data'), at('papers'))
  mkdirSync(at('backups'))
  const random = seededRandom(7)
  const take = ['src/cli/backup.ts', at('backups/a.tar')]
  const takeMs = await whole(take, at('data'))
  for (let n = 0; n < KILLS; n++) {
    await killed(take, at('data'), takeMs * (0.3 + 0.7 * random()))
    await openBackup(at('backups/a.tar')).verify(at('scratch'))
    expect(readdirSync(at('backups')).length).toBeLessThanOrEqual(3)
  }
  await whole(take, at('data'))
  expect(readdirSync(at('backups'))).toEqual(['a.tar'])

  rmSync(at('papers'), { recursive: true })
  const restore = ['src/cli/restore.ts', '--replace', at('backups/a.tar')]
  const old = () => {
    rmSync(at('new'), { recursive: true, force: true })
    mkdirSync(at('new'))
    writeFileSync(at('new/corrections.jsonl'), 'mine\n')
  }
  const stateOf = () =>
    stateIn(at('new')).filter(({ name }) => /^(?:conv|desk|vec|corr|words|orig)/u.test(name))
  old()
  const mine = stateOf()
  const restoreMs = await whole(restore, at('new'))
  const restored = stateOf()
  for (let n = 0; n < KILLS; n++) {
    old()
    await killed(restore, at('new'), restoreMs * (0.3 + 0.7 * random()))
    if (isHalfRestored(at('new'))) await whole(['src/cli/restore.ts'], at('new'))
    expect([mine, restored]).toContainEqual(stateOf())
    await whole(restore, at('new'))
    expect(stateOf()).toEqual(restored)
  }
})

test('of backups that were killed each night, the next leaves nothing', async () => {
  const folder = tempFolder()
  const at = (name: string) => join(folder, name)
  writePapers(at('papers'))
  await fillState(at('data'), at('papers'))
  const take = ['src/cli/backup.ts', '--keep', '2', at('backups')]
  const child = start(take, at('data'))
  const isBegun = () => existsSync(at('backups')) && readdirSync(at('backups')).length > 0
  await vi.waitFor(() => expect(isBegun()).toBe(true), { timeout: 60_000, interval: 1 })
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(readdirSync(at('backups')).join()).toContain('.part')
  await whole(take, at('data'))
  expect(readdirSync(at('backups')).toSorted()).toEqual([
    expect.stringMatching(/^wence-.*\.tar$/u),
    'wence-backups-of.txt',
  ])
})
