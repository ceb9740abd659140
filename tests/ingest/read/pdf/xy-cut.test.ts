import { expect, test } from 'vitest'
import { linesOf } from '../../../../src/ingest/read/pdf/lines.ts'
import { xyCut } from '../../../../src/ingest/read/pdf/xy-cut.ts'
import type { Print } from '../../../../src/ingest/read/pdf/box.ts'
import { column, print } from './print.ts'

const cut = (prints: readonly Print[]) => xyCut(linesOf(prints), [], 10)
const blocks = (prints: readonly Print[]) =>
  cut(prints).map(({ lines }) => lines.map(({ text }) => text))

const LEFT = ['今年以来我市工业投资', '同比增长居全省第三位', '企业订单充足。']
const RIGHT = ['各级各部门出台措施支', '持企业发展做好服务的', '同时防范风险。']

test('parts columns, in whatever order they were drawn', () => {
  const drawn = [...column(50, 100, LEFT), ...column(170, 100, RIGHT)].toReversed()
  expect(blocks(drawn)).toEqual([LEFT, RIGHT])
})

test('parts what more white than between lines parts', () => {
  const drawn = [...column(50, 100, LEFT), ...column(50, 170, RIGHT)]
  expect(blocks(drawn)).toEqual([LEFT, RIGHT])
})

test('parts columns that no straight cut parts', () => {
  const drawn = [
    ...column(50, 100, [...LEFT, ...LEFT]),
    ...column(170, 100, RIGHT),
    ...column(200, 160, [...RIGHT, ...RIGHT]),
    ...column(50, 205, [...LEFT.slice(0, 2), '企业订单充足也很稳定了']),
  ]
  expect(blocks(drawn)).toHaveLength(4)
})

test('keeps an indented line with a line of one word', () => {
  const drawn = [
    print(50, 100, '今年以来我市工业投资'),
    print(50, 115, '好。'),
    print(75, 130, '各级部门出台措'),
    print(50, 145, '施。'),
  ]
  expect(cut(drawn)).toHaveLength(1)
})

test('reads a table by rows, its cells parted by tabs', () => {
  const cells = [
    ['指标', '2023年', '2024年'],
    ['企业数量', '742家', '800家'],
    ['增速', '3.0%', '-2.4%'],
  ]
  const drawn = cells.flatMap((row, i) =>
    row.map((text, k) => print(50 + k * 120, 100 + i * 20, text)),
  )
  expect(cut(drawn).map(({ table }) => table)).toEqual([cells.map((row) => row.join('\t'))])
})

test('cuts a page of many pieces in less than seconds', () => {
  const drawn = Array.from({ length: 20_000 }, (_, i) =>
    print(50 + (i % 10) * 200, 50 + Math.floor(i / 10) * 12, '今年以来全市工业投资', 8),
  )
  const start = performance.now()
  expect(cut(drawn)).toHaveLength(10)
  expect(performance.now() - start).toBeLessThan(5000)
})
