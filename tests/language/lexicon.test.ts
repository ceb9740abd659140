import fc from 'fast-check'
import { expect, test } from 'vitest'
import { governorsOf } from '../../src/language/governors.ts'
import { matcher, parseLexicon, type WordClass } from '../../src/language/lexicon.ts'
import type { Word } from '../../src/language/words.ts'

test('reads classes, their words and the examples of each', () => {
  const text = '# 说明\n\n[if start]\n若\t✓ 若有\t✓ 若无\t✗ 若干\n如 ✓ 如有\n\n[plan any]\n将'
  expect(parseLexicon(text)).toEqual([
    {
      name: 'if',
      where: 'start',
      entries: [
        { word: '若', right: ['若有', '若无'], wrong: ['若干'] },
        { word: '如', right: ['如有'], wrong: [] },
      ],
    },
    { name: 'plan', where: 'any', entries: [{ word: '将', right: [], wrong: [] }] },
  ])
})

test.each([
  ['a word before any class', '若', '不在任何一类下面'],
  ['a class without a place', '[if]\n若', '要写成 [类名'],
  ['a class of an unknown place', '[if middle]\n若', '要写成 [类名'],
  ['a class that is not closed', '[if start\n若', '要写成 [类名'],
  ['a class without a name', '[ start]\n若', '要写成 [类名'],
  ['a word twice in a class', '[if start]\n若\n如\n若', '里有两个“若”'],
  ['something else behind a word', '[if start]\n若 若有', '和例句'],
])('refuses %s', (_name, text, message) => {
  expect(() => parseLexicon(text)).toThrow(SyntaxError)
  expect(() => parseLexicon(text)).toThrow(message)
})

test('one word may be in two classes', () => {
  expect(parseLexicon('[if start]\n若\n[then any]\n若')).toHaveLength(2)
})

const wordsFrom = (texts: readonly string[]) =>
  texts.map((text): Word => ({ text, tag: 'x', start: 0, end: 0 }))
const classOf = (where: WordClass['where'], ...words: string[]): WordClass => ({
  name: 'c',
  where,
  entries: words.map((word) => ({ word, right: [], wrong: [] })),
})

test.each([
  ['start', ['甲'], '甲 乙', true],
  ['start', ['甲'], '乙 甲', false],
  ['start', ['甲乙'], '甲 乙 丙', true],
  ['start', ['甲'], '甲乙', false],
  ['end', ['甲'], '乙 甲', true],
  ['end', ['甲'], '甲 乙', false],
  ['end', ['乙甲'], '丙 乙 甲', true],
  ['end', ['甲'], '乙甲', false],
  ['end', ['的', '的话'], '买 的 话', true],
  ['any', ['甲'], '乙 甲 丙', true],
  ['any', ['甲乙'], '丙 甲 乙 丙', true],
  ['any', ['甲'], '乙甲 丙', false],
  ['any', ['甲乙'], '甲 丙 乙', false],
  ['within', ['甲'], '乙甲 丙', true],
  ['within', ['甲乙'], '丙甲 乙', true],
  ['within', ['甲'], '乙 丙', false],
  ['any', [], '甲', false],
  ['start', ['甲'], '', false],
  ['end', ['甲'], '', false],
] as const)('%s: %j in %s: %s', (where, entries, text, expected) => {
  const words = wordsFrom(text.split(' ').filter((word) => word !== ''))
  expect(matcher(classOf(where, ...entries))(words)).toBe(expected)
})

const texts = fc.array(
  fc.string({ unit: fc.constantFrom('甲', '乙'), minLength: 1, maxLength: 3 }),
  {
    maxLength: 6,
  },
)

test('a word stands where joined words of the text are it', () => {
  fc.assert(
    fc.property(texts, texts, (listed, text) => {
      const words = wordsFrom(text)
      const stretches = words.flatMap((_, from) =>
        words.slice(from).map((__, more) => ({ from, to: from + more + 1 })),
      )
      const standing = stretches.filter(({ from, to }) =>
        listed.includes(text.slice(from, to).join('')),
      )
      const has = (where: WordClass['where']) => matcher(classOf(where, ...listed))(words)
      expect(has('any')).toBe(standing.length > 0)
      expect(has('start')).toBe(standing.some(({ from }) => from === 0))
      expect(has('end')).toBe(standing.some(({ to }) => to === words.length))
      expect(has('within')).toBe(listed.some((word) => text.join('').includes(word)))
    }),
  )
})

test('classes of one name are one, and what is no class has no words', () => {
  const governs = governorsOf([classOf('start', '甲'), classOf('end', '乙')])
  expect(governs('c', wordsFrom(['甲', '丙']))).toBe(true)
  expect(governs('c', wordsFrom(['丙', '乙']))).toBe(true)
  expect(governs('c', wordsFrom(['乙', '甲']))).toBe(false)
  expect(governs('d', wordsFrom(['甲']))).toBe(false)
})
