import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createLanes } from '../../src/bot/updates/lanes.ts'

/** Tasks that note when they begin and end when told. */
function tasks() {
  const events: string[] = []
  const gates = new Map<string, () => void>()
  const frees = new Map<string, () => void>()
  const task = (name: string) => async (free: () => void) => {
    events.push(`${name}+`)
    frees.set(name, free)
    await new Promise<void>((resolve) => gates.set(name, resolve))
    events.push(`${name}-`)
  }
  const end = async (name: string) => {
    gates.get(name)!()
    await turn()
  }
  return { events, frees, task, end }
}

test('one key in order, several side by side', async () => {
  const lanes = createLanes(8)
  const { events, task, end } = tasks()
  const all = [lanes.run(1, task('a')), lanes.run(1, task('b')), lanes.run(2, task('c'))]
  await turn()
  expect(events).toEqual(['a+', 'c+'])
  await end('c')
  await end('a')
  expect(events).toEqual(['a+', 'c+', 'c-', 'a-', 'b+'])
  expect(lanes.size()).toBe(1)
  await end('b')
  await lanes.idle()
  await Promise.all(all)
  expect(lanes.size()).toBe(0)
})

test('so many at a time, in the order in which they came', async () => {
  const lanes = createLanes(2)
  const { events, task, end } = tasks()
  for (const [key, name] of ['a', 'b', 'c', 'd'].entries()) void lanes.run(key, task(name))
  await turn()
  expect(events).toEqual(['a+', 'b+'])
  await end('b')
  expect(events).toEqual(['a+', 'b+', 'b-', 'c+'])
})

test('a task that gave back its place still holds up its key', async () => {
  const lanes = createLanes(1)
  const { events, frees, task, end } = tasks()
  void lanes.run(1, task('a'))
  void lanes.run(1, task('b'))
  void lanes.run(2, task('c'))
  await turn()
  frees.get('a')!()
  await turn()
  expect(events).toEqual(['a+', 'c+'])
  await end('a')
  expect(events).toEqual(['a+', 'c+', 'a-'])
  await end('c')
  expect(events.at(-1)).toBe('b+')
})

test('who is to run alone runs beside others, but not beside its like', async () => {
  const lanes = createLanes(3)
  const { events, task, end } = tasks()
  void lanes.run(1, task('a'), { alone: true })
  void lanes.run(2, task('b'), { alone: true })
  void lanes.run(3, task('c'))
  await turn()
  expect(events).toEqual(['a+', 'c+'])
  await end('a')
  expect(events.at(-1)).toBe('b+')
})

test('a task that throws holds up nothing', async () => {
  const lanes = createLanes(1)
  const failed = lanes.run(1, () => Promise.reject(new Error('no')))
  const next = lanes.run(1, () => Promise.resolve())
  await expect(failed).rejects.toThrow('no')
  await expect(next).resolves.toBeUndefined()
  await lanes.idle()
})
