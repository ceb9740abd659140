import { expect, test } from 'vitest'
import { chinaDay, chinaToday } from '../../src/china-time.ts'
import { createHoldings } from '../../src/conversation/holdings.ts'
import { smallIndex } from '../support/small-library.ts'

const one = (await smallIndex.article('dengta-1'))!

/** An index that changes, whose walks take a second and are counted. */
function changing() {
  let state = 0
  let now = 0
  let walks = 0
  const dates: (string | null)[] = ['2023-05', null, '2024-01-02']
  const index = {
    state: async () => String(state),
    async *articles() {
      walks++
      now += 1_000
      for (const value of dates) yield { ...one, date: { ...one.date, value } }
    },
    size: async () => dates.length * 2,
  }
  return {
    holdings: createHoldings({ index, now: () => now }).holdings,
    print: (date: string) => {
      dates.push(date)
      state++
    },
    pass: (ms: number) => void (now += ms),
    walks: () => walks,
  }
}

test('articles, passages and the newest that was printed, not only announced', async () => {
  const { holdings, print, pass } = changing()
  expect(await holdings()).toEqual({ articles: 3, passages: 6, newest: '2024-01-02' })
  print(chinaDay(Date.now() + 40 * 24 * 3600 * 1000))
  print(chinaToday())
  pass(100_000)
  expect(await holdings()).toMatchObject({ articles: 5, newest: chinaToday() })
})

test('it is counted after a change alone, and not all the time while an ingest writes', async () => {
  const { holdings, print, pass, walks } = changing()
  await holdings()
  pass(1e9)
  await holdings()
  expect(walks()).toBe(1)
  print('2024-02-03')
  await holdings()
  expect(walks()).toBe(2)
  print('2024-03-04')
  pass(50_000)
  expect(await holdings()).toMatchObject({ articles: 4 })
  pass(60_000)
  expect(await holdings()).toMatchObject({ articles: 5, newest: '2024-03-04' })
  expect(walks()).toBe(3)
})
