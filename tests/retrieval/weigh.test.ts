import { expect, test } from 'vitest'
import type { Unit } from '../../src/retrieval/understand.ts'
import { understand } from '../../src/retrieval/understand.ts'
import { queryTerms, weighUnits } from '../../src/retrieval/weigh.ts'

const unit = (text: string, others: string[] = [], weight = 1): Unit => ({
  text,
  others,
  weight,
  from: 'question',
})
const corpus = {
  of: new Map([
    ['企业', 0.7],
    ['质押', 5.2],
    ['用电', 4.7],
    ['电报', 4.7],
    ['报装', 4.7],
  ]),
  nowhere: 7.6,
}
const weigh = (...units: Unit[]) => weighUnits(units, corpus)

test('a rare part of the question is worth more than a common one, and half of it half', () => {
  const [common, rare, half] = weigh(unit('企业'), unit('质押'), unit('质押', [], 0.5))
  expect(rare!.mass).toBeGreaterThan(common!.mass)
  expect(half!.mass).toBeCloseTo(rare!.mass / 2)
})

test('a word that no paper prints is worth what its other words are', () => {
  const [said, written] = weigh(unit('厂子', ['企业']), unit('企业'))
  expect(said!.mass).toBeCloseTo(written!.mass)
  expect(said!.known).toBe(true)
})

test('a word that nothing here has, in these or other words, is not known', () => {
  const [unknown, partly] = weigh(unit('公积', ['住房公积金']), unit('用电量'))
  expect(unknown!.known).toBe(false)
  expect(partly!.known).toBe(false)
})

test('terms of other words and of what was spoken of before weigh less than the asker’s own', () => {
  const terms = new Map(
    queryTerms(
      understand({
        question: '厂子怎么接电',
        history: [{ question: '专利质押', answer: '贷款2亿元' }],
      }),
    ).map(({ term, weight }) => [term, weight]),
  )
  expect(terms.get('厂子')).toBe(1)
  expect(terms.get('企业')).toBeLessThan(0.5)
  expect(terms.get('质押')).toBeLessThan(1)
  expect(terms.get('亿元')).toBeLessThan(terms.get('质押')!)
})
