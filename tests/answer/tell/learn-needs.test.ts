import { expect, test } from 'vitest'
import { type JudgedCut, learnNeeds } from '../../../src/answer/tell/learn-needs.ts'
import { Needs } from '../../../src/answer/tell/needs.ts'

const TOWNS = ['青湾', '柳塘', '石桥', '白坡', '云台', '南屏', '芦溪', '双河', '金沙', '平湖']

/** Half of them hold only on a condition, half name a thing beside. */
const CASES: readonly JudgedCut[] = TOWNS.flatMap((town, i) => [
  {
    id: `condition-${i}`,
    sentence: `如果企业在${town}落户满一年，租金减免${i + 2}万元。`,
    keep: [`租金减免${i + 2}万元`],
    mustTell: [`如果企业在${town}落户满一年`],
    mayDrop: [],
  },
  {
    id: `beside-${i}`,
    sentence: `${town}修好了三座桥，${town}小学添了${i + 2}间教室。`,
    keep: [`${town}小学添了${i + 2}间教室`],
    mustTell: [],
    mayDrop: [`${town}修好了三座桥`],
  },
])

test('the same cuts make the same weights, and a file that can be read', () => {
  const learned = learnNeeds(CASES, '2026-01-02')
  expect(learnNeeds(CASES, '2026-01-02')).toEqual(learned)
  expect(Needs.parse(JSON.parse(JSON.stringify(learned)))).toEqual(learned)
  expect(learned.about).toMatchObject({ made: '2026-01-02', cases: CASES.length })
})

test('what is held out is told right where the cuts are plain', () => {
  expect(learnNeeds(CASES, '2026-01-02').about).toMatchObject({
    'held out, all right': 1,
    'held out, must be told and is': 1,
    'held out, harmless and left alone': 1,
  })
})

test('cuts of which nothing was kept teach nothing', () => {
  const empty = { id: 'x', sentence: '青湾多雨，柳塘少雨。', keep: [], mustTell: [], mayDrop: [] }
  expect(learnNeeds([...CASES, empty], '2026-01-02').about['cases']).toBe(CASES.length)
})
