import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wordsOf } from '../../src/language/words.ts'

const parted = (text: string) => wordsOf(text).map((word) => word.text)

test.each([
  ['若干企业落户', ['若干', '企业', '落户']],
  ['县里将修路', ['县里', '将', '修路']],
  ['将军山下', ['将军', '山下']],
  ['今年以来', ['今年以来']],
  ['', []],
])('the words of %s', (text, expected) => expect(parted(text)).toEqual(expected))

test.each([
  ['企业', 'n'],
  ['增长', 'v'],
  ['目前', 't'],
  ['对', 'p'],
  ['，', 'x'],
  ['濮阳', 'ns'],
])('%s is a %s', (text, tag) => expect(wordsOf(text)[0]!.tag).toBe(tag))

test('words are a text without a gap', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      expect(parted(text).join('')).toBe(text)
      let from = 0
      for (const { text: word, start, end } of wordsOf(text)) {
        expect(start).toBe(from)
        expect(word).toBe(text.slice(start, end))
        from = end
      }
      expect(from).toBe(text.length)
    }),
  )
})

test('a text is read once', () => {
  expect(wordsOf('县里修路')).toBe(wordsOf('县里修路'))
})
