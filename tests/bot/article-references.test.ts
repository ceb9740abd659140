import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { createArticleReferences } from '../../src/bot/article-references.ts'
import { fitsCallbackData } from '../../src/bot/callback-data.ts'
import { openStateDatabase } from '../../src/stores/sqlite/state-database.ts'

test('whatever an article’s id is, its reference fits a button and a link and leads back', () => {
  const references = createArticleReferences(openStateDatabase(':memory:'))
  assert(
    property(string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), (id) => {
      const reference = references.of(id)
      expect(`a_${reference}`).toMatch(/^[\w-]{1,64}$/)
      expect(fitsCallbackData({ kind: 'turn', article: reference, page: 999 })).toBe(true)
      expect(references.resolve(reference)).toBe(id)
    }),
  )
})
