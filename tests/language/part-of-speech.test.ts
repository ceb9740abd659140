import { expect, test } from 'vitest'
import { thingsIn } from '../../src/language/part-of-speech.ts'

const things = (text: string) => thingsIn(text).map(({ start, end }) => text.slice(start, end))

test.each([
  ['住房公积金最高能贷多少', ['住房', '公积金']],
  ['学区怎么划', ['学区']],
  ['吹得热闹', []],
  ['', []],
])('in %s', (text, expected) => {
  expect(things(text)).toEqual(expected)
})
