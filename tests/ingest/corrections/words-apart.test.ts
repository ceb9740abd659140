import { expect, test } from 'vitest'
import { wordsApart } from '../../../src/ingest/corrections/find-words.ts'

const OPENING =
  '各县（市、区）人民政府，市政府各部门、各直属机构，各有关单位：经市政府研究同意，现将'
const texts = ['用水', '用电', '用气'].map((what) => `${OPENING}${what}报装有关事项通知如下`)

test('forty letters find a place again', () => {
  const [words] = wordsApart([{ text: texts[0]!.repeat(3), at: 2 }])
  expect(words!.match(/[\p{L}\p{N}]/gu)).toHaveLength(40)
  expect(texts[0]).toContain(words)
})

test('places that begin alike are found by more, until no two have the same', () => {
  const words = wordsApart(texts.map((text) => ({ text: `${text}。${text}`, at: 0 })))
  words.forEach((one, i) =>
    texts.forEach((text, k) => expect(`${text}。${text}`.startsWith(one)).toBe(i === k)),
  )
})

test('places that are the same to their end have the same words', () => {
  expect(
    wordsApart([
      { text: '同上', at: 0 },
      { text: '同上', at: 0 },
    ]),
  ).toEqual(['同上', '同上'])
})
