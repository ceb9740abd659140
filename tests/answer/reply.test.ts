import { expect, test } from 'vitest'
import { circled, replyText, sourceLine } from '../../src/answer/reply.ts'
import { passage } from './verify/passages.ts'

const { articleId, id, source, url } = passage('')
const CITATION = {
  n: 1,
  articleId,
  passageId: id,
  source,
  url,
  headline: '小微企业用电零投资',
  publication: { name: '浚县报', inferred: true, issue: null, page: null },
  date: { value: '2023-03', printed: null, inferred: true, reason: null },
  place: ['河南省', '鹤壁市', '浚县'],
  quote: '企业无需承担接电费用',
  spans: [],
}
const ANSWER = {
  status: 'answered' as const,
  statements: [{ text: '企业无需承担接电费用。', citations: [1] }],
  citations: [CITATION],
  missing: [],
  notices: [],
}

test('an answer is what stands, then where it stands', () => {
  expect(replyText(ANSWER)).toMatchInlineSnapshot(`
    "企业无需承担接电费用。①

    出处
    ① 《小微企业用电零投资》 · 浚县报（推断） · 2023年3月（推断） · 鹤壁市浚县"
  `)
})

test('several statements are points; what is missing, and each notice by its kind, follow', () => {
  expect(
    replyText({
      ...ANSWER,
      status: 'partial',
      statements: [...ANSWER.statements, { text: '可到营业厅申请。', citations: [1] }],
      missing: ['几天能办好'],
      notices: [
        { kind: 'premise', text: '有误，报道写的是：无需承担。', citations: [1] },
        { kind: 'stale', text: '“目前”指报道当时（2023年3月），以后可能有变化。', citations: [1] },
      ],
    }),
  ).toMatchInlineSnapshot(`
    "提示：有误，报道写的是：无需承担。①

    · 企业无需承担接电费用。①
    · 可到营业厅申请。①

    报道没有说：几天能办好

    提示：“目前”指报道当时（2023年3月），以后可能有变化。①

    出处
    ① 《小微企业用电零投资》 · 浚县报（推断） · 2023年3月（推断） · 鹤壁市浚县"
  `)
})

test('a refusal says so first, then what comes near', () => {
  expect(
    replyText({
      status: 'not_found',
      statements: [],
      citations: [CITATION],
      missing: ['营业厅电话'],
      notices: [
        {
          kind: 'nearest',
          text: '相近的报道（浚县）写的是：企业无需承担接电费用。',
          citations: [1],
        },
      ],
    }),
  ).toMatchInlineSnapshot(`
    "收录的报道没有回答这个问题。

    报道没有说：营业厅电话

    提示：相近的报道（浚县）写的是：企业无需承担接电费用。①

    出处
    ① 《小微企业用电零投资》 · 浚县报（推断） · 2023年3月（推断） · 鹤壁市浚县"
  `)
})

test('what is not printed is said to be unknown', () => {
  const unknown = {
    ...CITATION,
    headline: null,
    publication: { ...CITATION.publication, name: null },
    date: { ...CITATION.date, value: null },
    place: [],
  }
  expect(sourceLine(unknown)).toBe('（原文无标题） · 报纸名未印出 · 日期不详')
})

test.each([
  [1, '①'],
  [20, '⑳'],
  [21, '[21]'],
])('source %i is marked %s', (n, mark) => {
  expect(circled(n)).toBe(mark)
})
