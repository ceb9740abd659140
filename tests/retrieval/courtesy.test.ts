import { describe, expect, test } from 'vitest'
import { COURTESIES, courtesyFor } from '../../src/retrieval/courtesy.ts'

describe.each(COURTESIES)('$name', ({ name, entries }) => {
  test.each(entries)('$word', ({ right, wrong }) => {
    for (const message of right) expect(courtesyFor(message)?.kind).toBe(name)
    for (const message of wrong) expect(courtesyFor(message)?.kind).not.toBe(name)
  })
})

test('a word alone is offered as two or three questions, from headlines that have it', () => {
  const headlines = ['用电报装再提速', '中试基地建设', '企业用电成本下降']
  expect(courtesyFor('用电？', { headlines })).toEqual({
    kind: 'word',
    text: '想了解“用电”的哪一方面？',
    readings: ['《用电报装再提速》说了什么？', '《企业用电成本下降》说了什么？'],
  })
  expect(courtesyFor('储气库')?.readings).toHaveLength(3)
})

test.each(['zhuanli daikuan', 'How do I get a loan?'])('%s is asked for in Chinese', (message) => {
  expect(courtesyFor(message)?.kind).toBe('latin')
})

test.each(['濮阳', '报装要几天', '谢谢，那要几天', '市长是谁', '多少钱'])(
  '%s is for the articles',
  (message) => {
    expect(courtesyFor(message)).toBeUndefined()
  },
)
