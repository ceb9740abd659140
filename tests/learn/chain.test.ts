import { expect, test } from 'vitest'
import { Chain, decoder, learnChain } from '../../src/learn/chain.ts'
import type { Row } from '../../src/learn/chain.ts'

const VOCABULARY = { names: ['rain', 'sun'], own: ['wet', 'dry'], after: ['always'] }
const [RAIN, SUN] = [0, 1]
const link = (...own: number[]) => ({ own, after: [0] })
const equal = (right: number, found: number) => (right === found ? 0 : 1)

/** Weather that lasts: what is seen is wrong now and then, and the days around it tell. */
const ROWS: Row[] = [
  { links: [link(0), link(0), link(1), link(0)], right: [RAIN, RAIN, RAIN, RAIN], weight: 1 },
  { links: [link(1), link(1), link(0), link(1)], right: [SUN, SUN, SUN, SUN], weight: 1 },
  { links: [link(0), link(0), link(1), link(1)], right: [RAIN, RAIN, SUN, SUN], weight: 1 },
]

test('learns what speaks for a name, and that a name lasts', () => {
  const decode = decoder(learnChain(ROWS, VOCABULARY, equal, 40), VOCABULARY)
  expect(decode([link(0), link(0), link(1), link(0), link(0)])).toEqual([0, 0, 0, 0, 0])
  expect(decode([link(1), link(1), link(0), link(1), link(1)])).toEqual([1, 1, 1, 1, 1])
})

test('a name that is given stays', () => {
  const decode = decoder(learnChain(ROWS, VOCABULARY, equal, 40), VOCABULARY)
  expect(decode([link(0), { ...link(0), fixed: SUN }, link(0)])[1]).toBe(SUN)
})

test('the same rows make the same weights, which a file can hold', () => {
  const [a, b] = [learnChain(ROWS, VOCABULARY, equal), learnChain(ROWS, VOCABULARY, equal)]
  expect(a).toEqual(b)
  expect(Chain.parse(JSON.parse(JSON.stringify(a)))).toEqual(a)
})

test('names nothing of nothing', () => {
  expect(decoder(learnChain(ROWS, VOCABULARY, equal), VOCABULARY)([])).toEqual([])
})
