import { expect, test } from 'vitest'
import { asksNow } from '../../src/retrieval/asks-now.ts'

test.each([
  ['市长是谁', true],
  ['市科技局局长叫什么名字', true],
  ['目前有多少家茶厂', true],
  ['今年有什么补贴', true],
  ['最新的补贴标准是多少', true],
  ['市长的讲话提了什么要求', false],
  ['2022年有多少家茶厂', false],
  ['谁写的这份报告', false],
])('asks how things stand now: %s', (question, now) => {
  expect(asksNow(question)).toBe(now)
})
