import { expect, test } from 'vitest'
import { stitched } from '../../../src/answer/verify/stitched.ts'
import { passage } from './passages.ts'

const PUYANG = ['河南省', '濮阳市']
const TAIQIAN = ['河南省', '濮阳市', '台前县']
const YANGGU = ['山东省', '聊城市', '阳谷县']

test.each([
  ['one place', '企业无需承担费用', [PUYANG, PUYANG], null],
  ['a county and its city', '全市企业可以申请', [PUYANG, TAIQIAN], null],
  [
    'two places, none named',
    '接电无需费用，通水不超过5个工作日',
    [PUYANG, YANGGU],
    ['濮阳市', '阳谷县'],
  ],
  [
    'two places, one named',
    '濮阳接电无需费用，通水不超过5个工作日',
    [PUYANG, YANGGU],
    ['濮阳市', '阳谷县'],
  ],
  ['two places, both named', '濮阳接电无需费用，阳谷通水不超过5个工作日', [PUYANG, YANGGU], null],
  ['a place that is not known', '接电无需费用', [PUYANG, []], null],
])('%s', (_name, text, places, expected) => {
  const cited = places.map((place, i) => {
    const of = passage('接电无需费用，通水不超过5个工作日。', { place }, i * 100)
    return { passage: of, start: 0, end: of.text.length }
  })
  expect(stitched(text, cited)).toEqual(expected)
})
