import { expect, test } from 'vitest'
import {
  parseJudged,
  rightness,
  saidOf,
  saysIt,
} from '../../../../src/answer/pick/learned/learn/judged.ts'
import { requestFor } from './seen.ts'

const [right, wrong] = requestFor('问', [
  '每户最高可贷50万元，三年还清。',
  '全市气温回升，春耕开始。',
]).context.articles.map(({ sentences }) => sentences[0]!)

test('reads questions judged by documents', () => {
  const judged = parseJudged({
    id: 'q',
    question: '贷多少？',
    answers: ['50万元'],
    doc_ids: ['a0'],
  })
  expect(judged).toMatchObject({ answerable: true, document: 'a0' })
  expect(rightness(right!, judged)).toBe(1)
  expect(rightness(wrong!, judged)).toBe(0)
  expect(parseJudged({ id: 'q', question: '贷多少？', answers: [], doc_ids: [] }).answerable).toBe(
    false,
  )
})

test('reads questions judged by evidence', () => {
  const judged = parseJudged({
    id: 'q',
    question: '贷多少？',
    kind: 'figure',
    evidence: [{ file: '0.txt', quote: '每户最高可贷50万元' }],
    must_contain: ['50万元'],
    must_contain_any: [['三年', '3年']],
  })
  expect(judged).toMatchObject({ answerable: true, document: '0.txt' })
  expect(rightness(right!, judged)).toBe(1)
  expect(saysIt('可贷50万元', judged)).toBe(false)
  expect(saysIt('可贷50万元，3年还清', judged)).toBe(true)
  expect(parseJudged({ id: 'u', question: '贷多少？', kind: 'unanswerable' }).answerable).toBe(
    false,
  )
})

test('says by letters, or by four fifths of a long answer', () => {
  expect(saidOf('可贷 50 万元（约）', ['50万元'])).toBe(1)
  expect(
    saidOf('通过公众号、支付宝等渠道办理申报缴费', ['通过公众号、支付宝等多种渠道办理申报、缴费']),
  ).toBe(1)
  expect(saidOf('通过公众号办理', ['通过公众号、支付宝等多种渠道办理申报、缴费'])).toBeLessThan(0.8)
})
