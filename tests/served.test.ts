import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { sayLast, sayLastBy } from '../src/last-words.ts'
import { createLog, speakAsLog } from '../src/log.ts'
import { newRequest, requestNamed, served, serving, servingLater, shortly } from '../src/served.ts'

const lines = () => {
  const said: Record<string, unknown>[] = []
  return { said, to: { write: (line: string) => void said.push(JSON.parse(line)) } }
}

test('each line of the log says what it was written for, also of what comes later', async () => {
  const { said, to } = lines()
  const log = createLog('info', to)
  const of = (request: string, ms: number) =>
    serving({ request, door: 'api' }, async () => {
      await sleep(ms)
      log.info({ n: ms }, 'done')
    })
  await Promise.all([of('first', 20), of('second', 1)])
  log.info('of nobody')
  expect(said.map(({ request, door, msg }) => [request, door, msg])).toEqual([
    ['second', 'api', 'done'],
    ['first', 'api', 'done'],
    [undefined, undefined, 'of nobody'],
  ])
  expect(Object.keys(said[2]!)).toEqual(['level', 'time', 'msg'])
  expect(said[2]).toMatchObject({ level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/u) })
})

test('what comes from elsewhere is of whoever waited for it', async () => {
  const later = serving({ request: 'waits', door: 'chat' }, () => servingLater())
  await sleep(1)
  expect(served()).toBeUndefined()
  expect(later(() => served()?.request)).toBe('waits')
})

test('of an error the log has what it is and why, and nothing that it carries along', () => {
  const { said, to } = lines()
  const cause = Object.assign(new TypeError('fetch failed'), { code: 'ECONNREFUSED' })
  const error = Object.assign(new Error('It is away', { cause }), { payload: { text: '谁的话' } })
  createLog('info', to).error({ err: error }, 'failed')
  expect(said[0]!['err']).toEqual({
    type: 'Error',
    message: 'It is away',
    cause: {
      type: 'TypeError',
      message: 'fetch failed',
      code: 'ECONNREFUSED',
      stack: expect.any(String),
    },
    stack: expect.any(String),
  })
  expect(JSON.stringify(said)).not.toContain('谁的话')
})

test('what is written to stderr is lines of the log', () => {
  const { said, to } = lines()
  const { isTTY } = process.stderr
  const write = process.stderr.write.bind(process.stderr)
  try {
    const before: unknown = Reflect.get(process.stderr, 'write')
    speakAsLog(createLog('silent', to))
    expect(Reflect.get(process.stderr, 'write')).toBe(before)
    speakAsLog(createLog('info', to))
    process.stderr.write('one\ntwo\n')
    sayLast('why it ends')
  } finally {
    sayLastBy()
    Object.assign(process.stderr, { write, isTTY })
  }
  expect(said.map(({ level, msg }) => [level, msg])).toEqual([
    ['warn', 'one'],
    ['warn', 'two'],
    ['fatal', 'why it ends'],
  ])
})

test.each([
  ['a name of a proxy', 'ab12-cd34_ef', true],
  ['too short to tell requests apart', 'abc', false],
  ['words', 'what did I ask', false],
  ['a line break', 'abcdefgh\n{"level":"info"}', false],
  ['nothing', undefined, false],
])('%s is taken for the name of a request: %j %s', (_what, given, isTaken) => {
  expect(requestNamed(given)).toBe(isTaken ? given : undefined)
})

test('names of our own are names, and their beginning is short enough to be read out', () => {
  const names = Array.from({ length: 100 }, newRequest)
  expect(new Set(names).size).toBe(100)
  for (const name of names) expect(requestNamed(name)).toBe(name)
  expect(shortly({ request: names[0]!, door: 'web' })).toBe(names[0]!.slice(0, 8))
})
