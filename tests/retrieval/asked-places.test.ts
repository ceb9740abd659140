import { expect, test } from 'vitest'
import { askedPlaces, unnamedPlace } from '../../src/retrieval/asked-places.ts'

test.each([
  ['named in full', '濮阳市的企业', undefined, [['河南省', '濮阳市']], true],
  ['the narrower of two', '濮阳台前县的企业', undefined, [['河南省', '濮阳市', '台前县']], true],
  [
    'both of two cities',
    '聊城和濮阳比',
    undefined,
    [
      ['山东省', '聊城市'],
      ['河南省', '濮阳市'],
    ],
    true,
  ],
  ['ours, whose is not known', '咱市的企业', undefined, [], false],
  ['ours, of an asker', '咱市的企业', '河南省濮阳市', [['河南省', '濮阳市']], true],
  ['not named, of an asker', '怎么接电', '濮阳', [['河南省', '濮阳市']], false],
  ['another than the asker’s', '聊城怎么接电', '濮阳市', [['山东省', '聊城市']], true],
  ['of an asker from nowhere known', '怎么接电', '火星', [], false],
])('%s', (_name, question, place, paths, firm) => {
  expect(askedPlaces(question, place)).toEqual({ paths, firm })
})

test.each([
  ['咱市有多少家企业', 'city'],
  ['市长是谁', 'city'],
  ['本地有什么补贴', 'city'],
  ['咱县有什么补贴', 'county'],
  ['县长是谁', 'county'],
  ['濮阳市市长是谁', null],
  ['怎么接电', null],
  ['全市场通办是什么', null],
])('the asker’s own place, which is not named: %s', (question, level) => {
  expect(unnamedPlace(question)).toBe(level)
})
