import { expect, test } from 'vitest'
import { snippet, soughtIn } from '../../src/conversation/snippet.ts'
import type { WeighedUnit } from '../../src/retrieval/weigh.ts'

const unit = (text: string, mass: number, ...others: string[]): WeighedUnit => ({
  text,
  weight: 1,
  others,
  from: 'question',
  mass,
  known: true,
  words: [text, ...others].map((word) => ({ text: word, terms: [] })),
})
const marked = ({ text, marks }: ReturnType<typeof snippet>) =>
  marks.map(({ start, end }) => text.slice(start, end))

test('looks for whole words and what else they are called, not for letters across two words', () => {
  const sought = soughtIn('复工贷款', [unit('复工', 3), unit('工贷', 5), unit('贷款', 4, '融资')])
  expect(sought.flatMap(({ words }) => words)).toEqual(['贷款', '融资', '复工', '贷款'])
})

test('shows the sentence that has most of it, and marks it there', () => {
  const sought = soughtIn('复工贷款', [unit('复工', 3), unit('贷款', 4, '融资')])
  const text = `全市企业复工。${'天气晴好。'.repeat(30)}银行为复工企业发放贷款，降低融资成本。`
  const found = snippet(text, sought)
  expect(marked(found)).toEqual(['复工', '贷款', '融资'])
  expect(found.text).toMatch(/^银行为复工企业/)
})

test('a long sentence is cut before and behind, and says so', () => {
  const text = `${'很长的话，'.repeat(60)}贷款${'，又是很长的话'.repeat(60)}。`
  const found = snippet(text, soughtIn('贷款', [unit('贷款', 4)]))
  expect(found.text).toMatch(/^….*贷款.*…$/u)
  expect(marked(found)).toEqual(['贷款'])
})

test('where nothing stands it shows the beginning', () => {
  expect(snippet('市里下雨。', [])).toEqual({ text: '市里下雨。', marks: [] })
  expect(snippet('', [])).toEqual({ text: '', marks: [] })
})
