import { expect, test } from 'vitest'
import { isRubbish, notesOn } from '../../../../src/ingest/read/pdf/notes.ts'
import { print } from './print.ts'

const sheet = (text: string) => ({
  width: 595,
  height: 842,
  prints: text === '' ? [] : [print(50, 50, text)],
  rules: [],
  frames: [],
  pictures: [],
})

test.each([
  ['今年以来，全市企业增长较快。', false],
  ['Plain English text of a page', false],
  ['\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000E', true],
  ['ÃÔÅÄÕÖØÙÚÛÜ', true],
])('%s', (text, expected) => {
  expect(isRubbish(sheet(text))).toBe(expected)
})

test('names pages that are pictures, that cannot be read, and a file half of which is empty', () => {
  const page = sheet('今年以来，全市企业增长较快。')
  expect(notesOn([page, page])).toEqual([])
  expect(notesOn([page, sheet(''), sheet(''), page, sheet('')])).toEqual([
    '第2—3、5页是图片，没有文字',
    '全文5页，只有2页有文字',
  ])
  expect(notesOn([page, sheet('ÃÔÅÄÕÖØÙÚÛÜ'), page])).toEqual(['第2页的字体没有注明文字，读不出来'])
})
