import { describe, expect, test } from 'vitest'
import { matcher, readLexicon } from '../../src/language/lexicon.ts'
import { wordsOf } from '../../src/language/words.ts'

const classes = readLexicon(new URL('../../src/language/opposites.txt', import.meta.url))

test('classes come in pairs', () => expect(classes.length % 2).toBe(0))

describe.each(classes.flatMap((of) => of.entries.map((entry) => ({ of, entry }))))(
  '$entry.word',
  ({ of, entry }) => {
    const has = matcher({ ...of, entries: [entry] })
    test('stands in what is right', () => {
      expect(entry.right.length).toBeGreaterThan(0)
      for (const sentence of entry.right) expect(has(wordsOf(sentence)), sentence).toBe(true)
    })
    test('does not stand in what is wrong', () => {
      for (const sentence of entry.wrong) expect(has(wordsOf(sentence)), sentence).toBe(false)
    })
  },
)
