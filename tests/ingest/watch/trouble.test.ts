import { expect, test } from 'vitest'
import { createTrouble } from '../../../src/ingest/watch/trouble.ts'

test('rests longer each time, is told once, and says when it is over', () => {
  let now = 0
  const said: string[] = []
  const {
    met,
    over,
    isResting,
    now: current,
  } = createTrouble({
    firstMs: 10,
    mostMs: 25,
    onMet: (what) => said.push(what),
    onOver: (what, ms) => said.push(`over after ${ms}: ${what}`),
    now: () => now,
  })
  expect([current(), isResting()]).toEqual([null, false])
  const rests = []
  for (let i = 0; i < 3; i++) {
    met('It is away.')
    const from = now
    // What was under way at the same time changes nothing.
    met('It is away.')
    while (isResting()) now += 1
    rests.push(now - from)
  }
  expect(rests).toEqual([10, 20, 25])
  expect(current()).toEqual({ what: 'It is away.', since: 0 })
  over()
  over()
  expect(said).toEqual(['It is away.', 'over after 55: It is away.'])
  expect([current(), isResting()]).toEqual([null, false])
})
