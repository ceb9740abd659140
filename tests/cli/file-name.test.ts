import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freeName, safeFileName } from '../../src/cli/file-name.ts'

test.each([
  ['濮阳日报 2022-10-19.txt', '濮阳日报 2022-10-19.txt'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\用户\\小王\\通知.docx', '通知.docx'],
  ['..', '未命名'],
  ['.env', 'env'],
  ['~$通知.docx', '通知.docx'],
  ['a\u0000b\n.txt', 'ab.txt'],
  ['报纸\u202Etxt.exe', '报纸txt.exe'],
  ['a<b>"c"|d?.txt', 'abcd.txt'],
  ['', '未命名'],
  ['.txt', 'txt'],
  ['通知.txt. . ', '通知.txt'],
])('a file named %j is kept as %s', (given, kept) => {
  expect(safeFileName(given)).toBe(kept)
})

test('any name is kept as one that a file system takes, the same each time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (given) => {
      const name = safeFileName(given)
      expect(Buffer.byteLength(name)).toBeLessThan(220)
      expect(name).toMatch(/^[^./\\\p{C}][^/\\\p{C}]*$/u)
      expect(safeFileName(name)).toBe(name)
    }),
  )
})

test('a name that somebody has gets a number, its ending stays', () => {
  const taken = ['通知.docx', '通知（2）.docx', '附件']
  expect(freeName('通知.docx', (name) => taken.includes(name))).toBe('通知（3）.docx')
  expect(freeName('附件', (name) => taken.includes(name))).toBe('附件（2）')
  expect(freeName('新.txt', () => false)).toBe('新.txt')
})
