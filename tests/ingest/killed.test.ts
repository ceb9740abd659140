import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { tempFolder } from '../support/temp.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

function run(script: string, args: readonly string[], data: string) {
  return spawn(process.execPath, [`src/cli/${script}.ts`, ...args], {
    cwd: root,
    env: { ...process.env, WENCE_DATA_DIR: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function ingestWhole(data: string) {
  const child = run('ingest', ['seeds'], data)
  child.stdout.resume()
  const [said, [code]] = await Promise.all([
    child.stderr.setEncoding('utf8').toArray(),
    once(child, 'exit'),
  ])
  expect(code, said.join('')).toBe(0)
}

async function articles(data: string) {
  const child = run('articles', ['--json'], data)
  child.stderr.resume()
  return (await child.stdout.setEncoding('utf8').toArray()).join('')
}

test(
  'a run that was killed at any moment is made whole by the next',
  { timeout: 120_000 },
  async () => {
    const undisturbed = tempFolder()
    const started = performance.now()
    await ingestWhole(undisturbed)
    const wholeMs = performance.now() - started

    const killed = tempFolder()
    for (const share of [0.3, 0.5, 0.6, 0.7, 0.8, 0.9]) {
      const child = run('ingest', ['seeds'], killed)
      child.stderr.resume()
      const exit = once(child, 'exit')
      await sleep(wholeMs * share)
      child.kill('SIGKILL')
      await exit
    }
    await ingestWhole(killed)
    expect(await articles(killed)).toBe(await articles(undisturbed))
  },
)

test(
  'a first start that was killed while it read the seeds is made whole by the next',
  { timeout: 120_000 },
  async () => {
    const undisturbed = tempFolder()
    const started = performance.now()
    const whole = await articles(undisturbed)
    const wholeMs = performance.now() - started
    for (const share of [0.5, 0.65, 0.8, 0.9]) {
      const killed = tempFolder()
      const child = run('articles', ['--json'], killed)
      child.stderr.resume()
      const exit = once(child, 'exit')
      await sleep(wholeMs * share)
      child.kill('SIGKILL')
      await exit
      expect(await articles(killed)).toBe(whole)
    }
  },
)
