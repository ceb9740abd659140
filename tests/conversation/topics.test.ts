import { describe, expect, test } from 'vitest'
import { TOPICS, parseTopics, topicsOf } from '../../src/conversation/topics.ts'

/** The topics of an article that says no more than its headline. */
const topicsBy = (headline: string) =>
  topicsOf({ headline, kicker: null, subtitle: null, text: headline })

describe.each(TOPICS)('$name', ({ name, words, right, wrong }) => {
  test.each(right)('%s', (headline) => expect(topicsBy(headline)).toContain(name))
  test.each(wrong)('not %s', (headline) => {
    expect(words.some((word) => headline.includes(word))).toBe(true)
    expect(topicsBy(headline)).not.toContain(name)
  })
  test('has examples, and each word once', () => {
    expect(right.length * wrong.length).toBeGreaterThan(0)
    expect(new Set(words).size).toBe(words.length)
  })
})

test('a word in passing is no topic; an article may have several', () => {
  const article = { headline: null, kicker: null, subtitle: null }
  expect(topicsOf({ ...article, text: '他曾在银行办理贷款。市里下雨。' })).toEqual([])
  const both =
    '企业贷款贴息。贷款利率下降，融资担保费减半。科技企业研发投入增加，专利成果转化，科研加快。'
  expect(topicsOf({ ...article, text: both })).toEqual(['融资', '科技创新'])
})

test('a table is read block by block', () => {
  expect(parseTopics('# 说明\n[甲]\n一 二\n三\n✓ 对\n✗ 错\n\n[乙]\n四\n')).toEqual([
    { name: '甲', words: ['一', '二', '三'], right: ['对'], wrong: ['错'] },
    { name: '乙', words: ['四'], right: [], wrong: [] },
  ])
})
