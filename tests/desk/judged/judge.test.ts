import { describe, expect, test } from 'vitest'
import { judge } from '../../../src/answer/evaluate/judge.ts'
import type { JudgedQuestion } from '../../../src/answer/evaluate/judged-question.ts'
import type { Answer } from '../../../src/corpus.ts'
import { type Judging, deciding, judgedFrom } from '../../../src/desk/judged/judge.ts'
import type { Pointed } from '../../../src/desk/judged/pointed.ts'
import { answerOf, citationOf } from '../../support/answers-to-read.ts'

const QUOTE = '对秸秆收储企业，每吨补贴40元，由市财政拨付。'
const OTHER = '收储企业全县有35家，去年新增12家。'
const piece = (words: string, quote = QUOTE): Pointed => ({
  name: `a1-1:${quote.indexOf(words)}`,
  words,
  quote,
  file: 'a.txt',
})
const TOLD = QUOTE.slice(0, -1)
  .split('，')
  .map((words) => piece(words))

const said = (text: string, quote = QUOTE): Answer =>
  answerOf({
    standalone: '秸秆收储每吨补多少钱？',
    statements: [{ text, citations: [1] }],
    citations: [citationOf(1, quote)],
  })
const REFUSED = answerOf({ status: 'not_found' })

/** A verdict on the answer that told the whole sentence. */
const judged = (verdict: Judging['verdict'], more: Partial<Judging> = {}): JudgedQuestion =>
  judgedFrom({
    question: { id: 'q1', question: '秸秆收储每吨补多少钱？', date: '2023-06-01' },
    answer: said(QUOTE),
    verdict,
    pointed: [],
    told: TOLD,
    ...more,
  })
const isRight = (question: JudgedQuestion, answer: Answer) => judge(question, answer).right

describe('what a verdict measures', () => {
  test('right: says what decides and cites the sentence, whatever else is left out', () => {
    const question = judged('right')
    expect(question.must_contain_any).toEqual([['每吨补贴40元']])
    expect(isRight(question, said(QUOTE))).toBe(true)
    expect(isRight(question, said('每吨补贴40元。'))).toBe(true)
    expect(isRight(question, said('由市财政拨付。'))).toBe(false)
    expect(isRight(question, said('去年新增12家。', OTHER))).toBe(false)
    expect(isRight(question, REFUSED)).toBe(false)
  })

  test('right, with what makes it right pointed at', () => {
    const question = judged('right', { pointed: [piece('由市财政拨付')] })
    expect(isRight(question, said('由市财政拨付。'))).toBe(true)
    expect(isRight(question, said('每吨补贴40元。'))).toBe(false)
  })

  test('right, with nothing that decides: cites what its first statement cites', () => {
    const answer: Answer = {
      ...said(QUOTE),
      standalone: '为什么要补贴秸秆收储？',
      statements: [
        { text: OTHER, citations: [2] },
        { text: QUOTE, citations: [1] },
      ],
      citations: [citationOf(1, QUOTE), citationOf(2, OTHER)],
    }
    const question = judged('right', { answer, told: [piece('去年新增12家', OTHER), ...TOLD] })
    expect(question.evidence.map(({ quote }) => quote)).toEqual([OTHER])
    expect(isRight(question, said(QUOTE))).toBe(false)
    expect(isRight(question, said(OTHER, OTHER))).toBe(true)
  })

  test('right, with a sentence ticked: cites that sentence, and still says what decides', () => {
    const whole: Pointed = { name: 'a1-1:0', words: OTHER, quote: OTHER, file: 'a.txt' }
    const question = judged('right', { quoted: [whole] })
    expect(question).toMatchObject({
      must_contain: [],
      must_contain_any: [['每吨补贴40元']],
      evidence: [{ quote: OTHER }],
    })
  })

  test('right, with a sentence too many: its own words do not come again', () => {
    const both: Answer = {
      ...said(QUOTE),
      statements: [
        { text: QUOTE, citations: [1] },
        { text: '对秸秆收储企业，去年新增12家。', citations: [2] },
      ],
      citations: [citationOf(1, QUOTE), citationOf(2, OTHER)],
    }
    const told = [...TOLD, piece('对秸秆收储企业', OTHER), piece('去年新增12家', OTHER)]
    const question = judged('right', { answer: both, told, extra: [1] })
    expect(question.must_not_contain).toEqual(['去年新增12家'])
    expect(question.evidence.map(({ quote }) => quote)).toEqual([QUOTE])
    expect(isRight(question, both)).toBe(false)
    expect(isRight(question, said(QUOTE))).toBe(true)
  })

  test('a right refusal must be refused again', () => {
    const question = judged('right', { answer: REFUSED, told: [] })
    expect(isRight(question, REFUSED)).toBe(true)
    expect(isRight(question, said(QUOTE))).toBe(false)
  })

  test.each(['wrong', 'answer'] as const)(
    '%s: says what was pointed at, and cites it',
    (verdict) => {
      const question = judged(verdict, { pointed: [piece('去年新增12家', OTHER)] })
      expect(question.evidence).toEqual([{ file: 'a.txt', quote: OTHER }])
      expect(isRight(question, said('去年新增12家。', OTHER))).toBe(true)
      expect(isRight(question, said('收储企业全县有35家。', OTHER))).toBe(false)
      expect(isRight(question, said(QUOTE))).toBe(false)
    },
  )

  test('wrong, with nothing pointed at: what it said must not come again', () => {
    const question = judged('wrong')
    expect(isRight(question, said(QUOTE))).toBe(false)
    expect(isRight(question, said('去年新增12家。', OTHER))).toBe(true)
    expect(isRight(question, REFUSED)).toBe(false)
  })

  test('should answer, with nothing pointed at: anything but a refusal', () => {
    const question = judged('answer', { answer: REFUSED, told: [] })
    expect(isRight(question, said(QUOTE))).toBe(true)
    expect(isRight(question, REFUSED)).toBe(false)
  })

  test('should refuse: nothing but a refusal', () => {
    expect(isRight(judged('refuse'), REFUSED)).toBe(true)
    expect(isRight(judged('refuse'), said(QUOTE))).toBe(false)
  })

  test('misread: says how it should read, in the sentence as it is read then', () => {
    const question = judged('misread', {
      pointed: [piece('每吨补贴40元')],
      reading: '每吨补贴400元',
    })
    expect(isRight(question, said('每吨补贴40元。'))).toBe(false)
    const mended = QUOTE.replace('40元', '400元')
    expect(isRight(question, said('每吨补贴400元。', mended))).toBe(true)
  })

  test('misread, where nobody says how: the misread words do not come again', () => {
    const question = judged('misread', { pointed: [piece('每吨补贴40元')] })
    expect(isRight(question, said(QUOTE))).toBe(false)
    expect(isRight(question, said('由市财政拨付。'))).toBe(true)
  })
})

test.each([
  ['秸秆收储每吨补多少钱？', [['每吨补贴40元']]],
  ['每吨补多少钱，有多少家企业？', [['每吨补贴40元']]],
  ['为什么要补贴秸秆收储？', []],
])('what decides: %s', (question, words) => {
  const groups = deciding(question, TOLD)
  expect(groups.map((group) => group.map((one) => one.words))).toEqual(words)
})
