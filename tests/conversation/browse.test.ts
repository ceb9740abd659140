import { expect, test } from 'vitest'
import { browse } from '../../src/conversation/browse.ts'
import type { Entry } from '../../src/conversation/catalogue.ts'

const entry = (id: string, date: string | null, place: string, topics: string): Entry => ({
  id,
  headline: id,
  paper: null,
  kind: 'article',
  date,
  place: place.split(' ').filter(Boolean),
  topics: topics.split(' ').filter(Boolean),
})

const ENTRIES = [
  entry('a', '2023-05-02', '辽宁省 辽阳市 灯塔市', '水电气'),
  entry('b', '2023-05', '辽宁省 辽阳市', '融资 科技创新'),
  entry('c', '2023', '辽宁省 鞍山市', '融资'),
  entry('d', '2022-12-31', '河南省', ''),
  entry('e', null, '', '融资'),
]
const ALL = { place: [], month: '', topic: '' }
const ids = (entries: readonly Entry[]) => entries.map(({ id }) => id).join('')
const text = (choices: readonly { value: string; count: number }[]) =>
  choices.map(({ value, count }) => `${value} ${count}`).join(', ')

test('all, with what can be chosen and how many each leaves', () => {
  const { entries, places, months, topics } = browse(ENTRIES, ALL)
  expect(ids(entries)).toBe('abcde')
  expect(text(places)).toBe('辽宁省 3, 河南省 1')
  expect(text(months)).toBe('2023 3, 2022 1')
  expect(text(topics)).toBe('融资 3, 科技创新 1, 水电气 1')
})

test.each([
  [{ place: ['辽宁省'] }, 'abc', '辽阳市 2, 鞍山市 1'],
  [{ place: ['辽宁省', '辽阳市'] }, 'ab', '灯塔市 1'],
  [{ place: ['辽阳市'] }, '', ''],
  [{ month: '2023' }, 'abc', '辽宁省 3'],
  [{ month: '2023-05' }, 'ab', '辽宁省 2'],
  [{ topic: '融资' }, 'bce', '辽宁省 2'],
  [{ place: ['辽宁省'], month: '2023', topic: '融资' }, 'bc', '鞍山市 1, 辽阳市 1'],
  [{ topic: '外贸' }, '', ''],
])('what agrees with %j', (filters, left, places) => {
  const browsed = browse(ENTRIES, { ...ALL, ...filters })
  expect(ids(browsed.entries)).toBe(left)
  expect(text(browsed.places)).toBe(places)
})

test('a year that is chosen shows its months, and other topics stay beside the one that is chosen', () => {
  expect(text(browse(ENTRIES, { ...ALL, month: '2023' }).months)).toBe('2023-05 2, 2023 1')
  expect(text(browse(ENTRIES, { ...ALL, topic: '水电气' }).topics)).toContain('融资 3')
})
