import { expect, test } from 'vitest'
import { numberPieces } from '../../../../src/answer/context/number-pieces.ts'
import { candidatesOf } from '../../../../src/answer/pick/words/candidate.ts'
import { nearest } from '../../../../src/answer/pick/words/nearest.ts'
import { sentencesOf } from '../../../../src/answer/pick/words/stretch.ts'
import { passage } from '../../../support/paper-passages.ts'
import { ANYTHING, scored, wordsIn } from './candidates.ts'

function near(coverage: number, text: string): string | null {
  const context = numberPieces([[passage(text)]])
  const all = candidatesOf(context).map((candidate) => scored(candidate, { coverage }))
  const found = nearest([{ facet: ANYTHING, scored: all }], sentencesOf(context))
  return found && wordsIn(found)
}

test('what comes near is a whole sentence', () => {
  expect(near(0.6, '专利质押贷款利率低、放款快。贷款的企业多。')).toBe(
    '专利质押贷款利率低、放款快。',
  )
})

test('not the heading in front of it', () => {
  expect(near(0.6, '推动贷款。专利质押贷款利率低、放款快。')).toBe('专利质押贷款利率低、放款快。')
})

test('nor what shares next to nothing with the question', () => {
  expect(near(0.1, '秋天的花海五颜六色，十分美丽。')).toBeNull()
})
