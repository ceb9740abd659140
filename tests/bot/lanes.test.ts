import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createLanes } from '../../src/bot/lanes.ts'

test('one key in order, several side by side', async () => {
  const lanes = createLanes(8)
  const events: string[] = []
  const gates = new Map<string, () => void>()
  const task = (name: string) => async () => {
    events.push(`${name}+`)
    await new Promise<void>((resolve) => gates.set(name, resolve))
    events.push(`${name}-`)
  }
  const all = [lanes.run(1, task('a')), lanes.run(1, task('b')), lanes.run(2, task('c'))]
  await turn()
  expect(events).toEqual(['a+', 'c+'])
  gates.get('c')!()
  gates.get('a')!()
  await turn()
  expect(events).toEqual(['a+', 'c+', 'c-', 'a-', 'b+'])
  expect(lanes.size()).toBe(1)
  gates.get('b')!()
  await lanes.idle()
  await Promise.all(all)
  expect(lanes.size()).toBe(0)
})

test('a task that throws holds up nothing', async () => {
  const lanes = createLanes(8)
  const failed = lanes.run(1, () => Promise.reject(new Error('no')))
  const next = lanes.run(1, () => Promise.resolve())
  await expect(failed).rejects.toThrow('no')
  await expect(next).resolves.toBeUndefined()
  await lanes.idle()
})
