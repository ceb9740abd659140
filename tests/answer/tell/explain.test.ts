import { describe, expect, test } from 'vitest'
import { type Printed, createExplain } from '../../../src/answer/tell/explain.ts'

const PRINTED: Printed = { date: '2022-10-13', place: ['河南省', '濮阳市', '台前县'] }
const explained = (pieces: readonly string[], printed: Printed = PRINTED) =>
  pieces.map(createExplain(printed)).join('')
const dated = (date: string | null): Printed => ({ date, place: [] })
const placed = (...place: string[]): Printed => ({ date: null, place })

describe('what a word means by when and where it was printed stands behind it', () => {
  test.each<readonly [printed: Printed, piece: string, told: string]>([
    [PRINTED, '今年新增摊位', '今年（2022年）新增摊位'],
    [PRINTED, '今年以来新增摊位', '今年（2022年）以来新增摊位'],
    [PRINTED, '比去年同期多', '比去年（2021年）同期多'],
    [PRINTED, '前年开工', '前年（2020年）开工'],
    [PRINTED, '明年扩建', '明年（2023年）扩建'],
    [PRINTED, '目前有摊位', '目前（2022年10月）有摊位'],
    [PRINTED, '截至目前有摊位', '截至目前（2022年10月）有摊位'],
    [PRINTED, '昨日开市', '昨日（10月12日）开市'],
    [PRINTED, '今天开市', '今天（10月13日）开市'],
    [PRINTED, '我省新增摊位', '我省（河南省）新增摊位'],
    [PRINTED, '我市新增摊位', '我市（濮阳市）新增摊位'],
    [PRINTED, '本市新增摊位', '本市（濮阳市）新增摊位'],
    [PRINTED, '我县新增摊位', '我县（台前县）新增摊位'],
    [placed('湖北省', '恩施州'), '我市新增摊位', '我市（恩施州）新增摊位'],
    [placed('北京市', '东城区'), '我区的摊位', '我区（东城区）的摊位'],
    [dated('2022'), '目前有摊位', '目前（2022年）有摊位'],
    [dated('2022-01-01'), '昨日开市', '昨日（12月31日）开市'],
    [PRINTED, '将摊位纳人规划', '将摊位纳人（疑为“纳入”）规划'],
  ])('%j %s', (printed, piece, told) => expect(explained([piece], printed)).toBe(told))
})

describe('nothing is explained', () => {
  test.each<readonly [why: string, printed: Printed, piece: string]>([
    ['without a date', dated(null), '今年比去年多，目前满员，昨日开市'],
    ['a day of which only the month is known', dated('2022-10'), '昨日开市，今天收市'],
    ['without a place', placed(), '我市的摊位'],
    ['by a place of another rank', placed('河南省'), '我市的摊位'],
    ['in a title', PRINTED, '《我市今年夜市计划》'],
    ['that the page explains itself', PRINTED, '今年（2022年）新增摊位'],
    ['where it is a title that follows', PRINTED, '今年《夜市计划》出台'],
    ['that only begins like one', PRINTED, '自我县城改造'],
    ['that only looks misread', PRINTED, '接纳人员'],
  ])('%s', (_why, printed, piece) => expect(explained([piece], printed)).toBe(piece))
})

test('each once in a statement, whatever piece it stands in', () => {
  expect(explained(['今年新增摊位，', '今年客流翻番，', '我市第一，', '我市居首'])).toBe(
    '今年（2022年）新增摊位，今年客流翻番，我市（濮阳市）第一，我市居首',
  )
  expect(explained(['将其纳人规划，', '纳人预算'])).toBe('将其纳人（疑为“纳入”）规划，纳人预算')
})

test('several in one piece, each behind its own word', () => {
  expect(explained(['我市今年比去年多'])).toBe('我市（濮阳市）今年（2022年）比去年（2021年）多')
})

test('another statement explains anew', () => {
  const [first, second] = [createExplain(PRINTED), createExplain(PRINTED)]
  expect([first('今年'), second('今年')]).toEqual(['今年（2022年）', '今年（2022年）'])
})
