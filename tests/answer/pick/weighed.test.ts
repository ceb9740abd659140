import { expect, test } from 'vitest'
import { createPickByWeights } from '../../../src/answer/pick/learned/pick.ts'
import { weighed } from '../../../src/answer/pick/weighed.ts'
import type { WordsPick } from '../../../src/answer/pick/words-pick.ts'
import { requestFor } from './learned/seen.ts'

const ARTICLE =
  '青湾市对新落户的木器厂一次性奖励5万元，由市工信局在次月拨付。今年春茶开采早于往年。'
const ANSWERED: WordsPick = {
  picks: { status: 'answered', statements: [[1]], missing: [], premise: null },
  conflict: null,
  nearest: null,
}

/** What is picked where the words always point at the first piece. */
function picked(question: string, words: WordsPick = ANSWERED, rare: readonly string[] = []) {
  const pick = weighed(() => words, createPickByWeights())
  const { retrieved, ...request } = requestFor(question, [ARTICLE], rare)
  return pick({
    ...request,
    question: { question },
    date: '2023-06-01',
    retrieved: { ...retrieved, standalone: question },
  })
}

test('what an article likely answers is told as the words pick it', () => {
  expect(picked('青湾市新落户的木器厂一次性奖励多少钱？')).toMatchObject(ANSWERED)
})

test('what no article likely answers is refused', () => {
  const question = '潜水艇维修资质怎么年检？'
  const { picks } = picked(question, ANSWERED, ['潜水艇', '维修', '资质', '年检'])
  expect(picks).toEqual({ status: 'not_found', statements: [], missing: [], premise: null })
})

test('next to a refused question stands what the words find near, or else the weights', () => {
  const refused: WordsPick = {
    picks: { status: 'not_found', statements: [], missing: [], premise: null },
    conflict: null,
    nearest: null,
  }
  expect(picked('青湾市新落户的木器厂一次性奖励多少钱？', refused).nearest).not.toBeNull()
  const near = { ...refused, nearest: [2] }
  expect(picked('青湾市新落户的木器厂一次性奖励多少钱？', near)).toMatchObject(near)
})

test('what contradicts the question, or says otherwise, is told however unlikely', () => {
  const question = '潜水艇维修资质怎么年检？'
  const premise = { ...ANSWERED, picks: { ...ANSWERED.picks, premise: [1] } }
  const conflict = { ...ANSWERED, conflict: [[1], [2]] as const }
  for (const words of [premise, conflict])
    expect(picked(question, words, ['潜水艇', '年检'])).toBe(words)
})

test('nothing stands next to a refused question where the weights find nothing near', () => {
  const question = '潜水艇维修资质怎么年检？'
  const refused: WordsPick = {
    picks: { status: 'not_found', statements: [], missing: [], premise: null },
    conflict: null,
    nearest: [1],
  }
  const nothing = { status: 'not_found' as const, statements: [], missing: [], premise: null }
  const weigh = () => ({
    picks: nothing,
    conflict: null,
    nearest: null,
    probability: 0.01,
    explain: () => [],
  })
  const { retrieved, ...request } = requestFor(question, [ARTICLE])
  const pick = weighed(() => refused, weigh)
  const all = { question: { question }, date: '2023-06-01' }
  expect(
    pick({ ...request, ...all, retrieved: { ...retrieved, standalone: question } }).nearest,
  ).toBeNull()
})
