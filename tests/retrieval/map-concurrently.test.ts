import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { mapConcurrently } from '../../src/retrieval/map-concurrently.ts'

test('keeps the order, whichever ends first, and the limit', async () => {
  let running = 0
  let most = 0
  const results = await mapConcurrently([5, 1, 3, 1, 1], 2, async (ms) => {
    most = Math.max(most, ++running)
    await sleep(ms)
    running--
    return ms * 10
  })
  expect(results).toEqual([50, 10, 30, 10, 10])
  expect(most).toBe(2)
})

test('begins nothing after an error, and waits for what is under way', async () => {
  const done: number[] = []
  const work = mapConcurrently([1, 2, 3, 4], 2, async (item) => {
    if (item === 1) throw new Error('first')
    await sleep(5)
    done.push(item)
  })
  await expect(work).rejects.toThrow('first')
  expect(done).toEqual([2])
})

test('of nothing makes nothing', async () => {
  expect(await mapConcurrently([], 3, async () => 1)).toEqual([])
})
