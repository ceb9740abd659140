import { expect, test } from 'vitest'
import { linesOf } from '../../../../src/ingest/read/pdf/lines.ts'
import { column, downwards, print } from './print.ts'

const texts = (...args: Parameters<typeof linesOf>) => linesOf(...args).map(({ text }) => text)

test('joins what was drawn in pieces, with a space where one is seen', () => {
  const drawn = [print(50, 100, '全市'), print(70, 100, '企业'), print(95.5, 100, '增长')]
  expect(texts(drawn)).toEqual(['全市企业 增长'])
})

test('parts what stands as far apart as columns do', () => {
  expect(texts([print(50, 100, '全市企业'), print(100, 100, '本市园区')])).toEqual([
    '全市企业',
    '本市园区',
  ])
})

test('glues no figures that an upright rule parts', () => {
  const cells = [print(50, 100, '12'), print(72, 100, '15')]
  expect(texts(cells)).toEqual(['1215'])
  expect(texts(cells, [{ left: 71, right: 71.5, top: 90, bottom: 120 }])).toEqual(['12', '15'])
})

test('tells characters that were drawn twice to look bold once', () => {
  const drawn = [print(50, 100, '减'), print(50.3, 100, '减费'), print(60.3, 100, '费让利')]
  expect(texts(drawn)).toEqual(['减费让利'])
})

test('reads a headline set downwards, in one column or in two', () => {
  const [one] = linesOf([
    ...downwards(300, 50, '新建厂房︓补贴到户'),
    ...column(50, 50, ['正文正文']),
  ])
  expect(one).toMatchObject({ text: '新建厂房：补贴到户', vertical: true })
  const two = linesOf([...downwards(300, 50, '更换水表补贴'), ...downwards(276, 50, '到户')])
  expect(two.map(({ text, vertical }) => [text, vertical])).toEqual([
    ['更换水表补贴', true],
    ['到户', true],
  ])
})

test('takes lines whose characters were drawn one by one for no columns set downwards', () => {
  const drawn = ['今年以来', '全市企业', '增长较快', '势头良好'].flatMap((line, i) =>
    Array.from(line, (character, k) => print(50 + k * 10, 100 + i * 14, character)),
  )
  expect(texts(drawn)).toEqual(['今年以来', '全市企业', '增长较快', '势头良好'])
})
