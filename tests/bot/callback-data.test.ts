import { expect, test } from 'vitest'
import {
  type Tap,
  fitsCallbackData,
  parseCallbackData,
  toCallbackData,
} from '../../src/bot/callback-data.ts'

const ASKED = 'aB3_-xYz01234567'

test.each<[Tap, string]>([
  [{ kind: 'source', n: 12, asked: ASKED }, `s:${ASKED}:12`],
  [{ kind: 'useful', asked: ASKED }, `u:${ASKED}`],
  [{ kind: 'wrong', asked: ASKED }, `w:${ASKED}`],
  [{ kind: 'reading', n: 2, asked: ASKED }, `r:${ASKED}:2`],
  [{ kind: 'places', asked: ASKED }, `p:${ASKED}`],
  [{ kind: 'place', place: '内蒙古自治区', asked: ASKED }, `g:${ASKED}:内蒙古自治区`],
  [{ kind: 'settle', place: '濮阳市' }, 'h:濮阳市'],
  [{ kind: 'articles', page: 3 }, 'l:3'],
  [{ kind: 'article', article: 'dengta-1' }, 'a:dengta-1'],
  [{ kind: 'turn', page: 2, article: 'dengta-1' }, 't:dengta-1:2'],
  [{ kind: 'example', n: 0 }, 'e:0'],
  [{ kind: 'unanswered', page: 1 }, 'n:1'],
  [{ kind: 'complaints', page: 1 }, 'f:1'],
  [{ kind: 'check' }, 'c'],
  [{ kind: 'ask' }, 'q'],
  [{ kind: 'unfollow', follow: ASKED }, `y:${ASKED}`],
  [{ kind: 'forget' }, 'x'],
  [{ kind: 'keep' }, 'k'],
  [{ kind: 'forget', owner: 'uNd0W-r' }, 'x:uNd0W-r'],
])('%o is %s and comes back', (tap, data) => {
  expect(toCallbackData(tap)).toBe(data)
  expect(parseCallbackData(data)).toEqual(tap)
})

test.each([
  '',
  's',
  's:',
  `s:${ASKED}:x`,
  's:../etc:1',
  'z:1',
  'l:-1',
  'l:1e9',
  'h:',
  'constructor',
  '__proto__',
])('data that is not ours means nothing: %j', (data) => {
  expect(parseCallbackData(data)).toBeUndefined()
})

test('a name too long for a button is refused', () => {
  const tap = { kind: 'place', asked: ASKED, place: '很长很长的地名'.repeat(3) } as const
  expect(fitsCallbackData(tap)).toBe(false)
  expect(() => toCallbackData(tap)).toThrow(RangeError)
})
