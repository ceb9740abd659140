import { expect, test } from 'vitest'
import { LONGEST_QUESTION, cutQuestion } from '../../src/answer/cut-question.ts'

test('an ordinary question is read whole', () => {
  expect(cutQuestion('怎么办？')).toEqual({ question: '怎么办？', cut: false })
})

test('a question is cut at code points, never within one', () => {
  const long = '𠮷'.repeat(LONGEST_QUESTION + 1)
  expect(cutQuestion(long)).toEqual({ question: '𠮷'.repeat(LONGEST_QUESTION), cut: true })
  expect(cutQuestion('𠮷'.repeat(LONGEST_QUESTION)).cut).toBe(false)
})
