import { expect, test } from 'vitest'
import { compose } from '../../../../src/ingest/read/pdf/compose.ts'
import type { Box, Print } from '../../../../src/ingest/read/pdf/box.ts'
import { column, downwards, print } from './print.ts'

const sheet = (
  prints: readonly Print[],
  rules: readonly Box[] = [],
  frames: readonly Box[] = [],
) => ({
  width: 595,
  height: 842,
  prints,
  rules,
  frames,
  pictures: [],
})

/** A body of ten characters a line; the first line of a paragraph is indented by two. */
const body = (left: number, top: number, name: string, rows = 6) =>
  Array.from({ length: rows }, (_, i) =>
    i === 0
      ? print(left + 20, top, `${name}的企业今年新建`.slice(0, 8))
      : print(left, top + i * 15, i === rows - 1 ? `${name}受益。` : `水表更换到位${name}办证`),
  )

const headlines = (text: string) => text.split('\n').filter((line) => line.startsWith('# '))
const storyOf = (text: string, headline: string) =>
  text.split(/^# /mu).find((story) => story.startsWith(headline)) ?? ''

test('reads articles side by side under their headlines', () => {
  const page = [
    print(50, 100, '东镇办厂快', 22),
    ...body(50, 140, '东镇'),
    ...body(170, 140, '东镇'),
    print(330, 100, '西镇修路忙', 22),
    ...body(330, 140, '西镇'),
    ...body(450, 140, '西镇'),
  ]
  const { text } = compose([sheet(page)])
  expect(headlines(text)).toEqual(['# 东镇办厂快', '# 西镇修路忙'])
  expect(storyOf(text, '东镇')).not.toContain('西镇')
  expect(storyOf(text, '西镇').match(/西镇受益。/gu)).toHaveLength(2)
})

test('takes a column that rises beside a headline for its last', () => {
  const page = [
    ...body(50, 60, '南镇'),
    ...body(170, 60, '南镇'),
    ...body(290, 60, '南镇'),
    print(50, 190, '东镇办厂快', 22),
    ...body(50, 230, '东镇', 8),
    ...body(170, 230, '东镇', 8),
    ...body(290, 190, '东镇', 8),
  ]
  const { text } = compose([sheet(page)])
  expect(storyOf(text, '东镇').match(/东镇受益。/gu)).toHaveLength(3)
})

test('binds a headline set downwards to the columns at its side', () => {
  const page = [
    print(50, 60, '南镇修渠惠民', 20),
    ...body(50, 100, '南镇'),
    ...body(170, 100, '南镇'),
    ...downwards(300, 260, '东镇办厂快', 20),
    ...body(50, 260, '东镇', 8),
    ...body(170, 260, '东镇', 8),
  ]
  const { text } = compose([sheet(page)])
  expect(headlines(text)).toEqual(['# 南镇修渠惠民', '# 东镇办厂快'])
  expect(storyOf(text, '东镇').match(/东镇受益。/gu)).toHaveLength(2)
})

test('keeps what stands in a frame apart', () => {
  const page = [
    print(50, 60, '南镇修渠惠民', 20),
    ...body(50, 100, '南镇', 14),
    ...body(170, 100, '南镇', 14),
    print(305, 110, '东镇办厂', 20),
    ...body(305, 150, '东镇', 8),
  ]
  const { text } = compose([sheet(page, [], [{ left: 295, top: 100, right: 415, bottom: 330 }])])
  expect(storyOf(text, '南镇')).not.toContain('东镇')
  expect(storyOf(text, '东镇')).toContain('东镇受益。')
})

test('reads a document of one column as it runs, over the foot of a page', () => {
  const wide = (top: number, lines: readonly string[]) => column(60, top, lines, 16)
  const first = [
    print(140, 80, '清河县用电办理办法', 26),
    print(92, 140, '第一条企业申请用电当日受理，不收'),
    ...wide(164, ['取任何费用，由供电公司上门核实材料后办结手', '续。']),
    print(92, 212, '第二条办理期限为五个工作日，遇节假日顺延到', 16),
    print(290, 800, '- 1 -', 10),
  ].map((line) => ({ ...line, size: Math.max(line.size, 16) }))
  const second = [...wide(80, ['上班之后，逾期视为同意。']), print(290, 800, '- 2 -', 10)]
  const { text, asides, pages } = compose([sheet(first), sheet(second)])
  expect(text).toMatch(/^# 清河县用电办理办法\n\n/u)
  expect(text).toContain('遇节假日顺延到上班之后，逾期视为同意。')
  expect(asides.map(({ start, end, what }) => [what, text.slice(start, end)])).toEqual([
    ['页码', '- 1 -'],
    ['页码', '- 2 -'],
  ])
  expect(text.slice(pages[1]!.start)).toMatch(/^上班之后/u)
})

test('never glues figures of two rows that only stand one above the other', () => {
  const cells = [
    ['年份', '户数'],
    ['2021', '12'],
    ['2022', '15'],
  ]
  const table = cells.flatMap((row, i) =>
    row.map((text, k) => print(60 + k * 100, 100 + i * 20, text)),
  )
  const { text } = compose([sheet(table)])
  expect(text).toBe('年份\t户数\n2021\t12\n2022\t15')
})

test('a file without any text is refused', () => {
  expect(() => compose([sheet([])])).toThrow('holds pictures of pages and no text')
})
