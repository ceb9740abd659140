import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clip } from '../../../../src/answer/pick/words/clip.ts'
import { facetsOf } from '../../../../src/answer/pick/words/facet.ts'
import { subjectOf } from '../../../../src/answer/pick/words/subject.ts'
import { understand } from '../../../../src/retrieval/understand.ts'
import { weighUnits } from '../../../../src/retrieval/weigh.ts'
import { passage } from '../../../support/paper-passages.ts'
import { candidatesIn, scored, wordsIn } from './candidates.ts'

/** What is told of a sentence that answers a question; every word of the question stands somewhere. */
function clipped(question: string, sentence: string, several = false): string {
  const { units } = understand({ question })
  const known = { passages: 100, of: new Map(units.map(({ text }) => [text, 3])) }
  const [facet] = facetsOf(question, subjectOf(question, weighUnits(units, known)))
  const [candidate] = candidatesIn(passage(sentence)).toSorted(
    (a, b) => b.text.length - a.text.length,
  )
  if (!candidate || !facet) throw new Error('nothing to cut')
  return wordsIn(clip({ ...scored(candidate), facet }, several))
}

const FILLER = '各级各部门认真贯彻落实决策部署，发挥自身优势，强化责任担当，打出政策组合拳'

describe('a long sentence', () => {
  test('is cut to the clauses that answer', () => {
    const quote = clipped(
      '专利质押贷款多少钱',
      `${FILLER}，${FILLER}，${FILLER}，专利质押贷款2亿元，${FILLER}。`,
    )
    expect(quote).toBe('专利质押贷款2亿元，')
  })

  test('keeps the condition before it', () => {
    const quote = clipped(
      '小微企业贷款贴息多少钱',
      `${FILLER}；除个体工商户外，${FILLER}，${FILLER}，小微企业贷款贴息2万元，${FILLER}。`,
    )
    expect(quote).toContain('除个体工商户外')
  })

  test('keeps the figures beside the one asked for', () => {
    const quote = clipped(
      '编制成本降低多少',
      `${FILLER}，${FILLER}，${FILLER}，编制成本降低30%，审批时间压缩20%，${FILLER}。`,
    )
    expect(quote).toContain('20%')
  })

  test('keeps the clause that another hangs on', () => {
    const quote = clipped(
      '工业投资排第几',
      `${FILLER}，${FILLER}，${FILLER}，工业投资增长57.6%，居全省第1位，${FILLER}。`,
    )
    expect(quote).toContain('工业投资增长57.6%，居全省第1位')
  })
})

test.each([
  ['who reports', '本报讯（记者 王某）全市企业贷款2亿元。', '全市企业贷款2亿元。'],
  ['a bare heading', '一是推动贷款。全市企业贷款2亿元。', '全市企业贷款2亿元。'],
])('%s is left out', (_what, sentence, told) => {
  expect(clipped('贷款多少钱', sentence)).toBe(told)
})

test('an ordinary sentence is told whole', () => {
  const sentence = '全市20家企业通过专利质押获得贷款2.86亿元，创出了新的模式。'
  expect(clipped('贷款多少钱', sentence)).toBe(sentence)
})

test('whatever is cut, the rest is verbatim, and no bracket is left open', () => {
  const clause = fc.constantFrom(
    '贷款2亿元',
    '（含担保',
    '）',
    '“银企对接',
    '”活动',
    FILLER,
    '其中企业30家',
    '除外地企业外',
  )
  fc.assert(
    fc.property(fc.array(clause, { minLength: 3, maxLength: 12 }), (clauses) => {
      const sentence = `${clauses.join('，')}。`
      const quote = clipped('贷款多少钱', sentence)
      expect(sentence).toContain(quote)
      const balance = (text: string) =>
        (text.match(/[（“]/gu) ?? []).length - (text.match(/[）”]/gu) ?? []).length
      if (quote !== sentence) expect(balance(quote)).toBe(0)
    }),
  )
})
