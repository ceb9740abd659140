import { expect, test } from 'vitest'
import { createCatalogue } from '../../src/conversation/catalogue.ts'
import { smallIndex } from '../support/small-library.ts'

const one = (await smallIndex.article('dengta-1'))!

/** An index that can be changed, and counts how often it is walked through. */
function changing() {
  let generation = 1
  let ids = ['a']
  let walks = 0
  const index = {
    state: async () => `one ${generation}`,
    async *articles() {
      walks++
      for (const [i, id] of ids.entries())
        yield Promise.resolve({ ...one, id, date: { ...one.date, value: `202${i}` } })
    },
  }
  const put = (...next: string[]) => {
    ids = next
    generation++
  }
  return { index, put, walks: () => walks }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 10))

test('is read anew after a change, not by whoever asks', async () => {
  let now = 0
  const { index, put, walks } = changing()
  const catalogue = createCatalogue({ index, now: () => now })
  const ids = async () => (await catalogue.entries()).map(({ id }) => id)
  expect(await Promise.all([ids(), ids()])).toEqual([['a'], ['a']])
  expect(walks()).toBe(1)
  put('a', 'b')
  expect(await ids()).toEqual(['a'])
  now += 61_000
  expect(await ids()).toEqual(['a'])
  await settled()
  expect(await ids()).toEqual(['b', 'a'])
  expect(walks()).toBe(2)
})

test('one that did not change is not read again', async () => {
  let now = 0
  const { index, walks } = changing()
  const catalogue = createCatalogue({ index, now: () => now })
  await catalogue.entries()
  now += 900_000
  await catalogue.entries()
  await settled()
  expect(walks()).toBe(1)
})

test('lets others have their turn while it reads', async () => {
  const many = {
    state: async () => 'many',
    async *articles() {
      for (let i = 0; i < 3000; i++) yield { ...one, id: `a${i}` }
    },
  }
  let turns = 0
  const counting = setInterval(() => turns++, 1)
  await createCatalogue({ index: many }).entries()
  clearInterval(counting)
  expect(turns).toBeGreaterThan(3)
})

test('one that cannot be read fails, and is tried again', async () => {
  let isAway = true
  const index = {
    state: async () => 'one',
    async *articles() {
      if (isAway) throw new Error('away')
      yield Promise.resolve(one)
    },
  }
  const catalogue = createCatalogue({ index })
  await expect(catalogue.entries()).rejects.toThrow('away')
  isAway = false
  expect(await catalogue.entries()).toHaveLength(1)
})
