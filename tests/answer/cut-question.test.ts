import { expect, test } from 'vitest'
import { CUT_NOTICE, LONGEST_QUESTION, cutQuestion } from '../../src/answer/cut-question.ts'
import { verify } from '../../src/answer/verify/verify.ts'

test('an ordinary question is read whole', () => {
  expect(cutQuestion('怎么办？')).toEqual({ question: '怎么办？', cut: false })
})

test('a question is cut at code points, never within one', () => {
  const long = '𠮷'.repeat(LONGEST_QUESTION + 1)
  expect(cutQuestion(long)).toEqual({ question: '𠮷'.repeat(LONGEST_QUESTION), cut: true })
  expect(cutQuestion('𠮷'.repeat(LONGEST_QUESTION)).cut).toBe(false)
})

test('the notice of it stands in verification', () => {
  const draft = {
    status: 'not_found' as const,
    statements: [],
    missing: [],
    premise: null,
    notices: [CUT_NOTICE],
  }
  expect(verify(draft, [], '问').notices).toHaveLength(1)
})
