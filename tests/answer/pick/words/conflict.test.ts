import { expect, test } from 'vitest'
import { findConflict } from '../../../../src/answer/pick/words/conflict.ts'
import { passage } from '../../../support/paper-passages.ts'
import { ANYTHING, candidatesIn, scored, wordsIn } from './candidates.ts'

function report(text: string, place: string) {
  const [candidate] = candidatesIn(passage(text, { id: text, place: ['河南省', place] }))
  return scored(candidate!)
}

function conflict(a: string, b: string, places = ['鹤壁市', '鹤壁市']) {
  const first = report(a, places[0]!)
  const other = report(b, places[1]!)
  return findConflict(first, ANYTHING, [first, other])
}

test('two figures for one thing', () => {
  const found = conflict('全市规模以上制造业企业726家。', '规模以上制造业企业数量742家。')
  expect([found!.first, found!.other].map(wordsIn)).toEqual([
    '全市规模以上制造业企业726家',
    '规模以上制造业企业数量742家',
  ])
})

test.each([
  ['the same figure', '规模以上制造业企业726家。', '规模以上制造业企业数量726家。', undefined],
  ['another thing', '规模以上制造业企业726家。', '规模以上工业企业791家。', undefined],
  ['a part of it', '国家科技型中小企业603家。', '新增国家科技型中小企业79家。', undefined],
  ['another level', '省级工程技术研究中心8家。', '市级工程技术研究中心26家。', undefined],
  ['another unit', '规模以上制造业企业726家。', '规模以上制造业企业产值726亿元。', undefined],
  ['another year', '2022年规模以上制造业企业726家。', '2023年规模以上制造业企业742家。', undefined],
  ['another place', '规模以上制造业企业726家。', '规模以上制造业企业742家。', ['鹤壁市', '安阳市']],
])('%s is none', (_why, a, b, places) => {
  expect(conflict(a, b, places)).toBeNull()
})
