import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { expect, onTestFinished, test, vi } from 'vitest'
import { inIngestTurn } from '../../src/cli/one-ingest.ts'
import { openIngest } from '../../src/cli/run-ingest.ts'
import { parseConfig } from '../../src/config.ts'
import { takeHold } from '../../src/database/hold.ts'
import { openDatabase } from '../../src/database/open.ts'
import { tempFolder } from '../support/temp.ts'

vi.setConfig({ testTimeout: 60_000 })

const root = fileURLToPath(new URL('../..', import.meta.url))
const HOLD = new URL('../../src/database/hold.ts', import.meta.url).href

/** A process of ours, which is ended with the test. */
function start(args: readonly string[], data: string) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env.PATH, WENCE_DATA_DIR: data },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function said(stream: Readable, what: RegExp): Promise<string> {
  for await (const line of createInterface({ input: stream })) if (what.test(line)) return line
  throw new Error(`never said: ${what}`)
}

/** Another process that ingests until it is killed. */
async function ingesting(data: string) {
  const file = join(data, 'ingest.lock.sqlite')
  const source = `
    import { takeHold } from ${JSON.stringify(HOLD)}
    globalThis.hold = takeHold(${JSON.stringify(file)}, 'npm run ingest seeds (process 77)')
    console.log(hold ? 'has it' : 'has it not')
    process.stdin.once('data', () => { hold.release(); process.exit() })
    setInterval(() => {}, 1_000)`
  const child = start(['--input-type=module', '-e', source], data)
  await said(child.stdout, /^has it$/)
  return child
}

function article(folder: string) {
  writeFileSync(join(folder, 'a.txt'), '近日，市税务局推出新办法，企业可以网上申报，不收取费用。\n')
  return join(folder, 'a.txt')
}

test('a second ingest says at once who ingests, waits, and goes on when that is done', async () => {
  const data = tempFolder()
  const first = await ingesting(data)
  const second = start(['src/cli/ingest.ts', article(tempFolder()), '--json'], data)
  const out = text(second.stdout)
  const lines = createInterface({ input: second.stderr })[Symbol.asyncIterator]()
  expect((await lines.next()).value).toBe(
    'Another ingest is under way: npm run ingest seeds (process 77). Waiting until it is done …',
  )
  first.stdin.write('\n')
  expect((await lines.next()).value).toBe('It has ended; going on.')
  expect(await once(second, 'exit')).toEqual([0, null])
  expect(JSON.parse(await out)).toMatchObject([{ source: 'a.txt', status: 'new' }])
})

test('one that was killed holds up nobody', async () => {
  const data = tempFolder()
  const first = await ingesting(data)
  first.kill('SIGKILL')
  await once(first, 'exit')
  const second = start(['src/cli/ingest.ts', article(tempFolder())], data)
  const err = text(second.stderr)
  expect(await once(second, 'exit')).toEqual([0, null])
  expect(await err).not.toContain('Another')
})

test('who only looks waits for nobody', async () => {
  const data = tempFolder()
  await ingesting(data)
  const dry = start(['src/cli/ingest.ts', article(tempFolder()), '--dry-run'], data)
  const repair = start(['src/cli/repair.ts', article(tempFolder())], data)
  expect(await Promise.all([once(dry, 'exit'), once(repair, 'exit')])).toEqual([
    [0, null],
    [0, null],
  ])
})

test('the desk is told who ingests instead', async () => {
  const data = tempFolder()
  await ingesting(data)
  const { ingest, close } = openIngest(parseConfig({ WENCE_DATA_DIR: data }))
  onTestFinished(close)
  const path = article(tempFolder())
  await expect(ingest({ kind: 'again', path })).rejects.toThrow(
    'Another ingest is under way: npm run ingest seeds (process 77). Try again when it is done.',
  )
  expect(await ingest({ kind: 'try', path })).toMatchObject([{ source: 'a.txt', articles: 1 }])
})

test('of two first starts one reads the seeds, and both have them', async () => {
  const data = tempFolder()
  const both = [0, 1].map(() => start(['src/cli/articles.ts', '--json'], data))
  const [one, other] = await Promise.all(
    both.map(async (child) => {
      const all = await Promise.all([text(child.stdout), text(child.stderr)])
      return { out: all[0], err: all[1] }
    }),
  )
  expect(one!.out).toBe(other!.out)
  expect(one!.out.split('\n').length).toBeGreaterThan(20)
  const reading = [one!, other!].filter(({ err }) => err.includes('reading seeds/'))
  expect(reading.length).toBe(1)
})

test('an index is searched and listed while others write to it', async () => {
  const data = tempFolder()
  const path = article(tempFolder())
  const filled = start(['src/cli/ingest.ts', path], data)
  await once(filled, 'exit')
  await ingesting(data)
  const writing = openDatabase(join(data, 'index.sqlite'), { busyMs: 0 })
  onTestFinished(() => writing.close())
  writing.exec('BEGIN IMMEDIATE; DELETE FROM articles')
  const [found, listed] = await Promise.all(
    [
      ['src/cli/search.ts', '网上申报', '--json'],
      ['src/cli/articles.ts', '--json'],
    ].map(async (args) => {
      const child = start(args, data)
      const out = text(child.stdout)
      expect(await once(child, 'exit')).toEqual([0, null])
      return JSON.parse(await out)
    }),
  )
  expect(found).toMatchObject({ results: [{ source: 'a.txt' }] })
  expect(listed).toMatchObject({ source: 'a.txt' })
})

test('a thread of the same process waits for its turn too', async () => {
  const config = parseConfig({ WENCE_DATA_DIR: tempFolder() })
  const file = join(config.WENCE_DATA_DIR, 'ingest.lock.sqlite')
  await inIngestTurn(config, async () => {
    expect(takeHold(file, 'we again')).toBeUndefined()
    const source = `
      const { parentPort } = require('node:worker_threads')
      import(${JSON.stringify(HOLD)}).then(({ takeHold }) =>
        parentPort.postMessage(takeHold(${JSON.stringify(file)}, 'a thread') === undefined))`
    const worker = new Worker(source, { eval: true })
    expect(await once(worker, 'message')).toEqual([true])
    await worker.terminate()
  })
  const hold = takeHold(file, 'we again')
  expect(hold).toBeDefined()
  hold?.release()
})
