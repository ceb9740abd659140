import { assert, constantFrom, nat, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { quoteMarks } from '../../src/conversation/quote-marks.ts'
import { type Traced, join, slice, spansOf, toRuns, trace } from '../../src/traced.ts'

const passageOf = ({ text, origin }: Traced) => ({ text, runs: toRuns(origin) })
const marked = (passage: { text: string }, marks: readonly { start: number; end: number }[]) =>
  marks.map(({ start, end }) => passage.text.slice(start, end))

test('a quote that stands in one piece gives one range', () => {
  const source = '企业免费用电。报装一天办好。'
  const passage = passageOf(trace(source))
  const marks = quoteMarks(passage, { quote: '报装一天办好。', spans: [{ start: 7, end: 14 }] })
  expect(marks).toEqual([{ start: 7, end: 14 }])
})

test('the same words twice: the cited ones are marked', () => {
  const passage = passageOf(trace('贷款三年免息。又说贷款三年免息。'))
  expect(quoteMarks(passage, { quote: '贷款三年免息', spans: [{ start: 9, end: 15 }] })).toEqual([
    { start: 9, end: 15 },
  ])
})

test('a quote over a column break is marked on both sides, and not the furniture between', () => {
  const source = '用电报装【广告】一天办好。'
  const text = join([slice(trace(source), 0, 4), slice(trace(source), 8)], '\n')
  const passage = passageOf(text)
  const spans = spansOf(text, source)
  expect(marked(passage, quoteMarks(passage, { quote: '用电报装一天办好。', spans }))).toEqual([
    '用电报装\n一天办好。',
  ])
})

test('a repeated label of a table is marked only in the cited row', () => {
  const source = '指标 全国 全省\n增速 5.2% 4.1%\n占比 30% 28%'
  const cell = (value: string, label: string, column: string) =>
    join(
      [label, column, value].map((part) =>
        slice(trace(source), source.indexOf(part), source.indexOf(part) + part.length),
      ),
      ' ',
    )
  const rows = [cell('5.2%', '增速', '全国'), cell('30%', '占比', '全国')]
  const passage = passageOf(join(rows, '\n'))
  const marks = quoteMarks(passage, { quote: '占比 全国 30%', spans: spansOf(rows[1]!, source) })
  expect(marked(passage, marks)).toEqual(['占比 全国 30%'])
})

test('words of another place of the source are not marked', () => {
  const passage = passageOf(trace('贷款三年免息。'))
  expect(quoteMarks(passage, { quote: '贷款三年免息', spans: [{ start: 70, end: 76 }] })).toEqual(
    [],
  )
})

test('whatever is quoted, the marked characters are the quoted ones', () => {
  const words = string({
    unit: constantFrom('贷', '款', '，', '。', ' ', '\n', '5'),
    minLength: 12,
  })
  assert(
    property(words, nat(), nat(), (source, a, b) => {
      const text = trace(source)
      const [start, end] = [a % source.length, b % source.length].toSorted((x, y) => x - y)
      const quote = source.slice(start, end)
      const passage = passageOf(text)
      const marks = quoteMarks(passage, { quote, spans: [{ start: start!, end: end! }] })
      expect(marked(passage, marks).join('').replaceAll(/\s/g, '')).toBe(
        quote.replaceAll(/\s/g, ''),
      )
    }),
  )
})
