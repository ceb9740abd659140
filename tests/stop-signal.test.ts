import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'

const MODULE = new URL('../src/stop-signal.ts', import.meta.url).href

/** A program by its source, begun. */
async function begun(source: string) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', source])
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const says = async (what: string) => expect((await lines.next()).value).toBe(what)
  await says('begun')
  return { child, says }
}

/** A program that finishes what it began for ever. */
const finishing = (before = '') =>
  begun(`
    import { aborted, endBySignals, stopSignal } from ${JSON.stringify(MODULE)}
    ${before}
    const stop = stopSignal()
    setInterval(() => {}, 1_000)
    console.log('begun')
    await aborted(stop)
    console.log('finishing')`)

test('the first signal asks for the end, and what comes in the same moment says no more', async () => {
  const { child, says } = await finishing()
  for (let i = 0; i < 3; i++) child.kill('SIGINT')
  await says('finishing')
  expect(child.exitCode).toBe(null)
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('a %s that comes later ends it at once', async (signal, code) => {
  const { child, says } = await finishing()
  child.kill('SIGTERM')
  await says('finishing')
  const again = setInterval(() => child.kill(signal), 600)
  expect(await once(child, 'exit')).toEqual([code, null])
  clearInterval(again)
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('the first process of a container is ended by %s, too', async (signal, code) => {
  const { child } = await begun(`
    import { endBySignals } from ${JSON.stringify(MODULE)}
    endBySignals(1)
    setInterval(() => {}, 1_000)
    console.log('begun')`)
  child.kill(signal)
  expect(await once(child, 'exit')).toEqual([code, null])
})

test('and finishes what it began where it listens itself', async () => {
  const { child, says } = await finishing('endBySignals(1)')
  child.kill('SIGTERM')
  await says('finishing')
  expect(child.exitCode).toBe(null)
})

test('what is done ends, with its exit code, though a connection is held open', async () => {
  const { child } = await begun(`
    import { endSoon } from ${JSON.stringify(MODULE)}
    setInterval(() => {}, 1_000)
    console.log('begun')
    endSoon()
    process.exitCode = 3`)
  if (child.exitCode === null) await once(child, 'exit')
  expect(child.exitCode).toBe(3)
})
