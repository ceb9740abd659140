import { describe, expect, test } from 'vitest'
import { judge } from '../../../src/answer/evaluate/judge.ts'
import { JudgedQuestion } from '../../../src/answer/evaluate/judged-question.ts'
import { commonStretch, plain, sameWords, says } from '../../../src/answer/evaluate/says.ts'
import type { Answer } from '../../../src/corpus.ts'
import { passage } from '../../support/paper-passages.ts'

test.each([
  ['共150家', '50家', false],
  ['共50家', '50家', true],
  ['贷款2.86亿元', '2.86亿', true],
  ['贷款2.861亿元', '2.86', false],
  ['增长2.70%', '2.7', true],
  ['降了 -20.1 %', '-20.1%', true],
  ['“即插即用”', '"即插即用"', true],
])('%s has %s: %s', (text, words, expected) => {
  expect(says(plain(text), words)).toBe(expected)
})

test('the longest stretch in common', () => {
  expect(commonStretch('全市贷款余额', '制造业贷款余额')).toBe(4)
  expect(commonStretch('', '甲')).toBe(0)
})

test('a quote is of the judged words when most of them stand in it', () => {
  expect(
    sameWords('今年以来，全市20家企业通过质押143件专利', '20家企业通过质押143件专利和3件商标'),
  ).toBe(true)
  expect(sameWords('今年以来，形势趋好', '20家企业通过质押143件专利')).toBe(false)
})

const QUOTE = '全市20家企业通过质押143件专利获得质押融资2.86亿元'
const JUDGED = JudgedQuestion.parse({
  id: 'q',
  kind: 'figure',
  question: '多少家企业贷到款？',
  must_contain: ['20家'],
  must_contain_any: [['专利', '商标']],
  must_not_contain: ['30家'],
  evidence: [{ file: 'page.txt', quote: QUOTE }],
})
const UNANSWERABLE = JudgedQuestion.parse({ id: 'u', kind: 'unanswerable', question: '电话多少？' })

function answer(text: string | null, over: Partial<Answer> = {}): Answer {
  const { publication, date, place, url, headline, source, articleId, id } = passage(QUOTE)
  const citation = {
    n: 1,
    articleId,
    passageId: id,
    source,
    headline,
    publication,
    date,
    place,
    url,
    quote: QUOTE,
    spans: [{ start: 0, end: QUOTE.length }],
  }
  return {
    question: '多少家企业贷到款？',
    standalone: '',
    status: text === null ? 'not_found' : 'answered',
    statements: text === null ? [] : [{ text, citations: [1] }],
    citations: text === null ? [] : [citation],
    missing: [],
    notices: [],
    text: '',
    mode: 'words',
    model: null,
    promptVersion: null,
    ms: 1,
    ...over,
  }
}

describe('an answer', () => {
  test('is right with its words, its evidence and nothing broken', () => {
    expect(judge(JUDGED, answer(QUOTE), () => QUOTE)).toMatchObject({
      right: true,
      cites: true,
      why: [],
    })
  })

  test.each([
    ['that lacks a word', answer('全市企业通过质押专利获得质押融资'), 'lacks 20家'],
    ['that lacks a group', answer('全市20家企业获得质押融资'), 'lacks any of 专利, 商标'],
    ['that is refused', answer(null), 'refused, though the articles answer it'],
    [
      'that cites something else',
      answer(QUOTE, { citations: [{ ...answer(QUOTE).citations[0]!, source: 'other.txt' }] }),
      'cites none of the judged evidence',
    ],
  ])('%s is wrong', (_what, given, why) => {
    const verdict = judge(JUDGED, given)
    expect(verdict.right).toBe(false)
    expect(verdict.why).toContain(why)
  })

  test('that says what it must not is wrong', () => {
    const judged = { ...JUDGED, must_not_contain: ['2.86亿元'] }
    expect(judge(judged, answer(QUOTE)).why).toContain('says 2.86亿元')
  })

  test('that breaks the contract is wrong, and says how', () => {
    const verdict = judge(JUDGED, answer(`${QUOTE}，共999人`))
    expect(verdict.right).toBe(false)
    expect(verdict.broken.join()).toContain('999')
  })

  test('whose quote does not stand in its source is wrong', () => {
    expect(judge(JUDGED, answer(QUOTE), () => '另一篇文章').right).toBe(false)
  })

  test('to what cannot be answered is right when it refuses', () => {
    expect(judge(UNANSWERABLE, answer(null)).right).toBe(true)
    expect(judge(UNANSWERABLE, answer(QUOTE)).right).toBe(false)
  })
})
