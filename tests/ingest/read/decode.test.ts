import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode } from '../../../src/ingest/read/decode.ts'
import { toGbk } from './make-pdf.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const TEXT = '本报讯（记者 王伟）今年以来，全市工业投资同比增长15.5%。'

function utf16(text: string, order: 'le' | 'be'): Uint8Array {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le')
  return order === 'le' ? bytes : bytes.swap16()
}

test.each([
  ['UTF-8', utf8(TEXT), 'utf-8'],
  ['UTF-8 with a byte order mark', utf8(`\uFEFF${TEXT}`), 'utf-8'],
  ['GB18030', toGbk(TEXT), 'gb18030'],
  ['two characters of GB18030', toGbk('通知'), 'gb18030'],
  ['UTF-16, little end first', utf16(TEXT, 'le'), 'utf-16le'],
  ['UTF-16, big end first', utf16(TEXT, 'be'), 'utf-16be'],
])('reads %s', (_name, bytes, encoding) => {
  const decoded = decode(bytes)
  expect([TEXT, '通知']).toContain(decoded.text)
  expect(decoded).toMatchObject({ encoding, notes: [] })
})

test('reads UTF-8 cut inside a character, and says so', () => {
  const { text, encoding, notes } = decode(utf8(TEXT).slice(0, -1))
  expect(encoding).toBe('utf-8')
  expect(text).toBe(TEXT.replace('。', '\uFFFD'))
  expect(notes.join('')).toMatch(/损坏/)
})

test('notes nothing of U+FFFD that the file itself holds', () => {
  expect(decode(utf8('尼龙\uFFFD生产')).notes).toEqual([])
})

test('whatever is written in UTF-8 is read as such', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
      const whole = `全市${text}。`
      fc.pre(!/[\p{Cc}\p{Co}\uFEFF]/u.test(whole))
      expect(decode(utf8(whole)).text).toBe(whole)
    }),
  )
})

describe('refuses in one sentence that names the place', () => {
  test.each([
    ['nothing', new Uint8Array(), /^page\.txt: the file is empty; .*\.$/],
    ['white space', utf8(' \n\t'), /nothing but white space/],
    ['other bytes', Uint8Array.from({ length: 400 }, (_, i) => (i * 37) % 256), /no text in UTF-8/],
  ])('%s', (_name, bytes, message) => {
    expect(() => decode(bytes, 'page.txt')).toThrow(message)
  })
})
