import fc from 'fast-check'
import { expect, test } from 'vitest'
import { numberPieces } from '../../../src/answer/context/number-pieces.ts'
import { pickByWords } from '../../../src/answer/pick/by-words.ts'
import type { Passage } from '../../../src/corpus.ts'
import type { Retrieved } from '../../../src/retrieval/retrieve.ts'
import { understand } from '../../../src/retrieval/understand.ts'
import { weighUnits } from '../../../src/retrieval/weigh.ts'
import { passage } from '../../support/paper-passages.ts'
import { pieceOf } from './contexts.ts'

/** What is picked of one article's passages; every word of the question stands somewhere. */
function pick(question: string, passages: readonly Passage[]) {
  const understood = understand({ question })
  const known = { passages: 100, of: new Map(understood.units.map(({ text }) => [text, 3])) }
  const ranked = { rank: 1, score: 1, parts: {}, coverage: 1, nearness: 1, lacking: [] }
  const retrieved: Retrieved = {
    standalone: question,
    understood,
    units: weighUnits(understood.units, known),
    results: passages.map((found) => ({ ...ranked, passage: found })),
  }
  const context = numberPieces([passages])
  const picked = pickByWords({
    question: { question },
    standalone: question,
    retrieved,
    context,
  })
  const read = (pieces: readonly number[]) => pieces.map((n) => pieceOf(context, n))
  return { ...picked, context, read, told: picked.picks.statements.map(read) }
}

const LOANS = passage(
  '截至10月底，全市35家企业通过专利质押获得贷款4.2亿元，单笔最高3000万元。关于贷款风险，唐广平代表提出：一是设立风险补偿资金池。二是简化评估流程。三是推行线上登记。',
)

test('the pieces of the sentence that answers are picked', () => {
  const { picks, told } = pick('多少家企业通过专利质押获得贷款？', [LOANS])
  expect(picks.status).toBe('answered')
  expect(told[0]).toEqual([
    '截至10月底',
    '全市35家企业通过专利质押获得贷款4.2亿元',
    '单笔最高3000万元',
  ])
})

test('what is counted off is picked whole, a list for each of its sentences', () => {
  const { told } = pick('贷款风险唐广平代表提了哪些建议？', [LOANS])
  expect(told).toEqual([
    ['关于贷款风险', '唐广平代表提出', '一是设立风险补偿资金池'],
    ['二是简化评估流程'],
    ['三是推行线上登记'],
  ])
})

test('what was asked and is not said is missing, in words of the question', () => {
  const { picks } = pick('多少家企业通过专利质押获得贷款，电话是多少？', [LOANS])
  expect(picks).toMatchObject({ status: 'partial', missing: ['电话是多少'] })
})

test('a wrong figure is contradicted by the clause that has the right one', () => {
  const { picks, read } = pick('全市有50家企业通过专利质押获得贷款，对吧？', [LOANS])
  expect(read(picks.premise ?? [])).toEqual(['全市35家企业通过专利质押获得贷款4.2亿元'])
})

test('two figures for one thing are a conflict', () => {
  const [a, b] = ['全市规模以上工业企业612家。', '全市规模以上工业企业共598家。']
  const { conflict, read } = pick('全市规模以上工业企业有多少家？', [
    passage(a, { id: 'a', n: 1 }),
    passage(b, { id: 'b', n: 2 }),
  ])
  expect(conflict?.map(read).toSorted()).toEqual([
    ['全市规模以上工业企业612家'],
    ['全市规模以上工业企业共598家'],
  ])
})

test('who wrote it is told by the line of the head', () => {
  const headline = '全市专利质押贷款情况'
  const head = passage(`${headline}\n本报记者 秦小满`, { id: 'head', n: 0, part: 'head', headline })
  const { told } = pick('专利质押贷款情况那篇是哪位记者写的？', [head, { ...LOANS, headline }])
  expect(told).toEqual([['本报记者 秦小满']])
})

test('of what nothing answers, the nearest sentence is picked', () => {
  const { picks, nearest, read } = pick('专利质押获得贷款的热线电话是多少？', [LOANS])
  expect(picks).toMatchObject({ status: 'not_found', statements: [] })
  expect(read(nearest ?? [])).toContain('全市35家企业通过专利质押获得贷款4.2亿元')
})

const WORDS =
  '专利质押 贷款 全市 企业 35家 多少家 多少钱 谁 什么时候 哪些 对吧 ？ ， 没有 唐广平 代表 提出 怎么办'.split(
    ' ',
  )
const CLAUSES = [
  '全市35家企业通过专利质押获得贷款4.2亿元',
  '一是设立资金池',
  '该平台已对接企业286家',
  '“无一笔逾期',
  '（含担保）',
  '推动贷款。',
  '\n',
]

test('whatever is asked of whatever text, each list is of pieces of one sentence', () => {
  const words = (from: readonly string[]) =>
    fc.array(fc.constantFrom(...from), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(words(WORDS), words(CLAUSES), (asked, text) => {
      const { picks, conflict, nearest, context } = pick(asked.join(''), [passage(text.join('，'))])
      const lists = [...picks.statements, ...(conflict ?? []), picks.premise, nearest]
      for (const list of lists.filter((one) => one !== null)) {
        expect(new Set(list.map((n) => context.at(n)?.sentence)).size).toBe(1)
      }
    }),
  )
})
