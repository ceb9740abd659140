import { expect, test } from 'vitest'
import {
  circled,
  claimReply,
  replyOf,
  replyText,
  sourceLine,
  tidy,
} from '../../src/answer/reply.ts'
import type { Claim } from '../../src/corpus.ts'
import { ANSWERS, answerOf, citationOf } from '../support/answers-to-read.ts'

const TODAY = '2023-02-01'

test.each(ANSWERS)('%s', (_name, answer, today) => {
  expect(replyText(answer, today)).toMatchSnapshot()
})

/** The heads and how many lines each has. */
const heads = (...given: Parameters<typeof replyOf>) =>
  replyOf(...given).heads.map(({ printed, parts }) => [
    printed,
    ...parts.map(({ title, lines }) => `${title ?? ''}${lines.length}`),
  ])

test('statements of one article stand under one head, in whatever order they come', () => {
  const elsewhere = { articleId: 'b', place: ['山东省', '聊城市'] }
  const answer = answerOf({
    statements: [1, 2, 3].map((n) => ({ text: `第${n}句。`, citations: [n] })),
    citations: [citationOf(1, '一'), citationOf(2, '二', elsewhere), citationOf(3, '三')],
  })
  expect(heads(answer, TODAY)).toEqual([
    ['濮阳市 · 2022年10月 · 濮阳日报（均为推断）', '2'],
    ['聊城市 · 2022年10月 · 濮阳日报（均为推断）', '1'],
  ])
})

test('a mark is printed once in the statements, behind the last that it belongs to', () => {
  const answer = answerOf({
    statements: [
      { text: '甲。', citations: [1] },
      { text: '乙。', citations: [1, 2] },
      { text: '丙。', citations: [2] },
    ],
    citations: [citationOf(1, '一'), citationOf(2, '二')],
  })
  expect(replyText(answer, TODAY)).toContain('\n甲。\n\n乙。①\n\n丙。②\n')
})

const headOn = (value: string | null, today: string) =>
  heads(
    answerOf({
      statements: [{ text: '一句。', citations: [1] }],
      citations: [
        citationOf(1, '一句', {
          publication: { name: '濮阳日报', inferred: false, issue: null, page: null },
          date: { value, printed: null, inferred: false, reason: null },
        }),
      ],
    }),
    today,
  )[0]?.[0]

test.each([
  ['2022-10', '2024-10-31', ''],
  ['2022-10', '2024-11-01', '（两年多前）'],
  ['2022-10-09', '2024-10-09', ''],
  ['2022-10-09', '2024-10-10', '（两年多前）'],
  ['2022-10-09', '2025-10-09', '（两年多前）'],
  ['2022-10-09', '2025-10-10', '（三年多前）'],
  ['2020-02-29', '2022-02-28', ''],
  ['2020-02-29', '2022-03-01', '（两年多前）'],
  ['2021-12-31', '2023-12-31', ''],
  ['2021-12-31', '2024-01-01', '（两年多前）'],
  ['2022-10', '2009-01-01', ''],
  ['2010-01', '2026-03-01', '（16年多前）'],
])('printed %s and asked on %s, it is as old as this: %s', (printed, today, age) => {
  const [year, month] = printed.split('-').map(Number)
  expect(headOn(printed, today)).toBe(`濮阳市 · ${year}年${month}月${age} · 濮阳日报`)
})

test.each([
  ['2022', '2024-12-31', '濮阳市 · 2022年 · 濮阳日报'],
  ['2022', '2025-01-01', '濮阳市 · 2022年（两年多前） · 濮阳日报'],
  ['2022', '2025-12-31', '濮阳市 · 2022年（两年多前） · 濮阳日报'],
  [null, '2025-01-01', '濮阳市 · 日期不详 · 濮阳日报'],
])('a year, or no date at all: %s on %s', (printed, today, head) => {
  expect(headOn(printed, today)).toBe(head)
})

test.each([
  [false, true, '濮阳市 · 2022年10月（推断，两年多前） · 濮阳日报'],
  [true, true, '濮阳市 · 2022年10月（两年多前） · 濮阳日报（均为推断）'],
  [true, false, '濮阳市 · 2022年10月（两年多前） · 濮阳日报（推断）'],
])('an old article says so beside what was inferred: %s, %s', (paper, day, head) => {
  const publication = { name: '濮阳日报', inferred: paper, issue: null, page: null }
  const date = { value: '2022-10', printed: null, inferred: day, reason: null }
  const answer = answerOf({
    statements: [{ text: '一句。', citations: [1] }],
    citations: [citationOf(1, '一句', { publication, date })],
  })
  expect(heads(answer, '2025-01-01')[0]?.[0]).toBe(head)
})

const PAPER = { name: '浚县报', inferred: false, issue: null, page: null }
const DATE = { value: '2023-03-05', printed: null, inferred: false, reason: null }
const PRINTED = {
  headline: '零投资',
  publication: PAPER,
  date: DATE,
  place: ['河南省', '鹤壁市', '浚县'],
}
const guessed = { inferred: true }

test.each([
  ['as printed', PRINTED, '《零投资》 · 浚县报 · 2023年3月5日 · 鹤壁市浚县'],
  [
    'an inferred paper',
    { ...PRINTED, publication: { ...PAPER, ...guessed } },
    '《零投资》 · 浚县报（推断） · 2023年3月5日 · 鹤壁市浚县',
  ],
  [
    'an inferred date',
    { ...PRINTED, date: { ...DATE, ...guessed } },
    '《零投资》 · 浚县报 · 2023年3月5日（推断） · 鹤壁市浚县',
  ],
  [
    'both inferred',
    { ...PRINTED, publication: { ...PAPER, ...guessed }, date: { ...DATE, ...guessed } },
    '《零投资》 · 浚县报 · 2023年3月5日（均为推断） · 鹤壁市浚县',
  ],
  [
    'an issue, and a province alone',
    { ...PRINTED, publication: { ...PAPER, issue: '第3期' }, place: ['河南省'] },
    '《零投资》 · 浚县报 第3期 · 2023年3月5日 · 河南省',
  ],
  [
    'nothing printed at all',
    {
      headline: null,
      publication: { ...PAPER, name: null, ...guessed },
      date: { ...DATE, value: null, ...guessed },
      place: [],
    },
    '（原文无标题） · 报纸名未印出 · 日期不详',
  ],
])('a source is named: %s', (_name, printed, line) => {
  expect(sourceLine(printed)).toBe(line)
})

test.each([
  ['an empty answer', answerOf({ statements: [], citations: [] }), ''],
  [
    'a statement whose source is not known yet',
    answerOf({ statements: [{ text: '一句。', citations: [1] }] }),
    '一句。①',
  ],
])('%s', (_name, answer, text) => {
  expect(replyText(answer, TODAY)).toBe(text)
})

test.each([
  ['the lines of a column', '无需承担任何\n  报装费用。', '无需承担任何报装费用。'],
  ['the rows of a table', '地区  环节\n阳谷县　3个', '地区 环节\n阳谷县 3个'],
  ['one row', '阳谷县   3个', '阳谷县 3个'],
])('a quote as one text: %s', (_name, quote, text) => {
  expect(tidy(quote)).toBe(text)
})

const claim = (more: Partial<Claim>): Claim => ({
  claim: '奖励500万元',
  verdict: 'found',
  citations: [],
  differences: [],
  ms: 1,
  ...more,
})

test.each([
  ['found', claim({}), ['报道里有这个说法。']],
  [
    'changed',
    claim({
      verdict: 'changed',
      differences: [
        { claimed: '500万元', printed: '300万元' },
        { claimed: '', printed: '对认定的' },
        { claimed: '全部', printed: '' },
      ],
    }),
    [
      '报道里有这句话，但写的不一样：',
      '说的是“500万元”，报道写的是“300万元”',
      '报道还写了“对认定的”',
      '说的是“全部”，报道没有写',
    ],
  ],
  ['near', claim({ verdict: 'near' }), ['报道谈到这件事，但说法不同，是否一致请对照原文。']],
  ['not found', claim({ verdict: 'not_found' }), ['收录的报道没有说到这件事。']],
])('a claim: %s', (_name, value, said) => {
  const { verdict, differences } = claimReply(value)
  expect([verdict, ...differences]).toEqual(said)
})

test.each([
  [1, '①'],
  [20, '⑳'],
  [21, '[21]'],
])('source %i is marked %s', (n, mark) => {
  expect(circled(n)).toBe(mark)
})
