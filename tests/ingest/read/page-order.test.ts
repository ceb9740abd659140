import { expect, test } from 'vitest'
import { pageOrder } from '../../../src/ingest/read/page-order.ts'

/** Print of 10 points from its place on the page, each character as wide as it is high. */
const print = (x: number, y: number, text: string, height = 10) => ({
  text,
  x,
  y,
  width: text.length * height,
  height,
})

const column = (x: number, lines: readonly string[]) =>
  lines.map((text, i) => print(x, 700 - i * 15, text))

const LEFT = ['今年以来我市工业投资', '同比增长居全省第三位', '企业订单充足']
const RIGHT = ['各级各部门出台措施支', '持企业发展做好服务的', '同时防范风险']

test('reads one column after the other, whatever order they were drawn in', () => {
  const drawn = [...column(50, LEFT), ...column(200, RIGHT)].toReversed()
  expect(pageOrder(drawn)).toEqual([...LEFT, '', ...RIGHT])
})

test('reads what spans the columns before them', () => {
  const headline = print(50, 718, '我市二十家企业实现质押贷款', 18)
  expect(pageOrder([...column(50, LEFT), ...column(200, RIGHT), headline])).toEqual([
    '我市二十家企业实现质押贷款',
    '',
    ...LEFT,
    '',
    ...RIGHT,
  ])
})

test('reads a table by rows, its cells parted by tabs', () => {
  const cells = [
    ['指标', '2023年', '2024年'],
    ['企业数量', '742家', '800家'],
    ['增速', '3.0%', '-2.4%'],
  ]
  const drawn = cells.flatMap((row, i) =>
    row.map((text, k) => print(50 + k * 120, 700 - i * 20, text)),
  )
  expect(pageOrder(drawn)).toEqual(cells.map((row) => row.join('\t')))
})

test('reads narrow columns of prose one after the other', () => {
  const left = ['为加强农户与花', '卉产业的联结，', '积极探索模式，']
  const right = ['建成一处各类种', '苗组培中心，将', '产业推向全国。']
  expect(pageOrder([...column(50, left), ...column(150, right)])).toEqual([...left, '', ...right])
})

test('parts blocks by an empty line', () => {
  const drawn = [print(50, 700, '上面的一段文字'), print(50, 640, '下面的一段文字')]
  expect(pageOrder(drawn)).toEqual(['上面的一段文字', '', '下面的一段文字'])
})

test('joins what was drawn in pieces, with a space where one is seen', () => {
  const drawn = [print(50, 700, '全市'), print(70, 700, '企业'), print(95, 700, '增长')]
  expect(pageOrder(drawn)).toEqual(['全市企业 增长'])
})

test('an empty page has no lines', () => {
  expect(pageOrder([print(1, 1, ' ')])).toEqual([])
})
