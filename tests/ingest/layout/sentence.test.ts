import { expect, test } from 'vitest'
import {
  breaksOff,
  hasOpenBracket,
  isClosed,
  isFinished,
  opensWithRemainder,
} from '../../../src/ingest/layout/sentence.ts'
import { crossesWord } from '../../../src/ingest/layout/word-boundary.ts'

test.each([
  ['办结完毕。', true, true],
  ['他说：“好。”', true, true],
  ['甜美幸福。 本报记者 王某', false, true],
  ['新增四亿元。（王某 李某）', false, true],
  ['成功引进', false, false],
  ['主要指标：', false, false],
])('%s: closed %s, finished %s', (text, closed, finished) => {
  expect([isClosed(text), isFinished(text)]).toEqual([closed, finished])
})

test.each([
  ['投资一亿元，', true],
  ['位于开发区的', true],
  ['让产学研“无缝', true],
  ['我市召开会议', false],
  ['《办法》', false],
])('%s breaks off: %s', (text, expected) => {
  expect(breaksOff(text)).toBe(expected)
})

test.each([
  ['业，服务周到', true],
  ['地。下一步', true],
  ['原来，企业要跑四趟', false],
  ['今年，全市', false],
  ['全市新增企业', false],
])('%s can only go on: %s', (text, expected) => {
  expect(opensWithRemainder(text)).toBe(expected)
})

test.each([
  ['“先手棋”', false],
  ['《办法（试行', true],
  ['（一）', false],
])('%s leaves a bracket open: %s', (text, expected) => {
  expect(hasOpenBracket(text)).toBe(expected)
})

test.each([
  ['保护知识产', '权不受侵犯', true],
  ['会议定于9月', '22日召开', true],
  ['新增贷款36', '亿元', true],
  ['会议结束。', '各地行动', false],
])('%s|%s breaks a word: %s', (left, right, expected) => {
  expect(crossesWord(left, right)).toBe(expected)
})
