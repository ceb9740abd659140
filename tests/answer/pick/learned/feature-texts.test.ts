import { expect, test } from 'vitest'
import { FEATURE_NAMES } from '../../../../src/answer/pick/learned/features.ts'
import { featureText } from '../../../../src/answer/pick/learned/feature-texts.ts'

test('every feature is said in Chinese, each in words of its own', () => {
  const texts = FEATURE_NAMES.map(featureText)
  expect(texts.filter((text) => /[A-Za-z]/u.test(text))).toEqual([])
  expect(new Set(texts).size).toBe(texts.length)
})
