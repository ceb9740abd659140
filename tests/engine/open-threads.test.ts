import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { NEW_CHAT } from '../../src/conversation/conversation.ts'
import { type ThreadsOptions, openThreads } from '../../src/engine/open-threads.ts'
import { IndexUnavailableError } from '../../src/retrieval/index-unavailable.ts'
import { tempFolder } from '../support/temp.ts'

async function open(more: Partial<ThreadsOptions> = {}) {
  const folder = tempFolder()
  const [file, broken] = [join(folder, 'log'), join(folder, 'broken')]
  const options = {
    entry: new URL('scripted-thread.ts', import.meta.url),
    given: { log: file, broken },
    longestMs: 20_000,
    heldMs: 1_000,
    log: pino({ level: 'silent' }),
    ...more,
  }
  const engine = await openThreads(options)
  onTestFinished(engine.close)
  const opened = () => readFileSync(file, 'utf8').match(/opened/g)?.length
  return {
    engine,
    options,
    file,
    broken,
    opened,
    ask: (what: string) => engine.ask(NEW_CHAT, what),
  }
}

const ENDED = 'The thread that answered ended'

test('a question is answered in a thread, also while another computes', async () => {
  const { engine, ask } = await open()
  const hangs = ask('hang')
  hangs.catch(() => {})
  expect((await ask('')).answer.question).toBe('用电')
  expect(await engine.cities(1)).toEqual(['濮阳市'])
  expect(await engine.open({ last: null }, 1)).toBeUndefined()
  expect((await engine.checkClaim({ claim: '一' })).verdict).toBe('near')
  const isSpent = { spend: () => false }
  expect((await engine.checkClaim({ claim: '一' }, isSpent)).verdict).toBe('not_found')
  await expect(hangs).rejects.toThrow(ENDED)
})

test.each([
  ['hang', 'computed for 1000 ms without a pause', 1_000],
  ['grow', 'memory limit', 15_000],
  ['end', 'ended by itself', 15_000],
])('one that should %s fails alone, and its thread is replaced', async (does, why, heldMs) => {
  const { ask, opened } = await open({ size: 1, heldMs })
  const before = ask('wait:200')
  const fails = ask(does)
  const after = [ask(''), ask('wait:10')]
  await expect(fails).rejects.toThrow(ENDED)
  expect(String(await fails.catch((error: Error) => error.cause))).toContain(why)
  await expect(Promise.all([before, ...after])).resolves.toHaveLength(3)
  expect(opened()).toBe(2)
})

test('of those that waited for a model when one of them went wrong, only that one fails', async () => {
  const { ask } = await open()
  const others = Array.from({ length: 6 }, () => ask('wait:900'))
  const fails = ask('wait:300 hang')
  await expect(fails).rejects.toThrow(ENDED)
  await expect(Promise.all(others)).resolves.toHaveLength(6)
})

test('many wait for a model at once, however long it takes', async () => {
  const { ask } = await open({ heldMs: 600 })
  const started = performance.now()
  await Promise.all(Array.from({ length: 40 }, () => ask('wait:800')))
  expect(performance.now() - started).toBeLessThan(5_000)
})

test('statements are told in order, and once though the question is asked again', async () => {
  const { engine, ask } = await open({ size: 1 })
  const told: string[] = []
  const onStatement = ({ text }: { text: string }) => void told.push(text)
  const streams = engine.ask(NEW_CHAT, 'tell:a tell:b wait:300 tell:c', { onStatement })
  await expect(ask('hang')).rejects.toThrow(ENDED)
  await streams
  expect(told).toEqual(['a', 'b', 'c'])
})

test('the budget is asked of whoever asks', async () => {
  const { engine } = await open()
  const budget = [true, false]
  const { answer } = await engine.ask(NEW_CHAT, 'spend spend', { spend: () => budget.shift()! })
  expect(answer.text).toBe('truefalse')
  const spend = () => Promise.reject(new Error('The disk is full'))
  await expect(engine.ask(NEW_CHAT, 'spend', { spend })).rejects.toThrow('The disk is full')
})

test('a reader who stops an answer stops it in its thread', async () => {
  const { engine } = await open()
  const stop = new AbortController()
  const stopped = engine.ask(NEW_CHAT, 'stopped', { signal: stop.signal })
  setTimeout(() => stop.abort(), 100)
  await expect(stopped).resolves.toBeDefined()
  await expect(engine.ask(NEW_CHAT, 'stopped', { signal: stop.signal })).resolves.toBeDefined()
})

test('an error keeps its class where that is looked at', async () => {
  const { ask } = await open()
  await expect(ask('unavailable')).rejects.toThrow(IndexUnavailableError)
  await expect(ask('unavailable')).rejects.toThrow('It is away')
})

test('what takes too long altogether fails, and nothing else', async () => {
  const { ask } = await open({ size: 1, longestMs: 700 })
  const slow = ask('wait:60000')
  await expect(slow).rejects.toThrow('No answer within 700 ms')
  await expect(ask('')).resolves.toBeDefined()
})

test('a thread that cannot be opened is told; one that cannot be replaced is tried again', async () => {
  const { ask, broken, options } = await open({ size: 1 })
  writeFileSync(broken, '')
  await expect(openThreads(options)).rejects.toThrow('It cannot be opened')
  await expect(ask('end')).rejects.toThrow(ENDED)
  const waits = ask('')
  await sleep(1_500)
  rmSync(broken)
  await expect(waits).resolves.toBeDefined()
})

test('threads are renewed one after the other, and nobody who asks meanwhile notices', async () => {
  const { engine, ask, file, opened } = await open()
  const asked = [ask('wait:1500')]
  const asking = setInterval(() => asked.push(ask('wait:20')), 20)
  await engine.renew().finally(() => clearInterval(asking))
  expect(opened()).toBe(4)
  await expect(Promise.all(asked)).resolves.toHaveLength(asked.length)
  expect(asked.length).toBeGreaterThan(10)
  await expect.poll(() => readFileSync(file, 'utf8').match(/closed/g)?.length).toBe(2)
  await expect(ask('')).resolves.toBeDefined()
})

test('where new threads cannot be opened, the old ones answer on', async () => {
  const { engine, ask, broken, opened } = await open()
  writeFileSync(broken, '')
  await expect(engine.renew()).rejects.toThrow('It cannot be opened')
  await expect(Promise.all([ask(''), ask('wait:50'), ask('')])).resolves.toHaveLength(3)
  rmSync(broken)
  await engine.renew()
  expect(opened()).toBe(4)
})

test('closing closes what the threads opened', async () => {
  const { engine, file, ask } = await open()
  const left = ask('wait:60000')
  left.catch(() => {})
  await engine.close()
  expect(readFileSync(file, 'utf8').match(/closed/g)).toHaveLength(2)
  await expect(left).rejects.toThrow('The engine was closed')
})
