import { describe, expect, test } from 'vitest'
import { readLabels } from '../../src/ingest/labels.ts'

const read = (line: string) =>
  Object.fromEntries([...(readLabels(line) ?? [])].map(([field, { value }]) => [field, value]))

test.each([
  [
    '2021-04-09 08:15　来源：柳泉日报　作者：周宁',
    { published: '2021-04-09 08:15', publication: '柳泉日报', author: '周宁' },
  ],
  ['来源：柳泉日报作者：周宁', { publication: '柳泉日报', author: '周宁' }],
  [
    '发布时间：2021年4月9日 08:15:46来源：柳泉日报',
    { published: '2021年4月9日 08:15:46', publication: '柳泉日报' },
  ],
  ['（来源：柳泉日报）', { publication: '柳泉日报' }],
  ['【编辑:周宁】', { editor: '周宁' }],
  ['发 布 机 构：柳泉县财政局', { issuer: '柳泉县财政局' }],
  ['发布机关：柳泉县财政局 文件状态：', { issuer: '柳泉县财政局' }],
  [
    '索引号\tLQ-2021-7\t发文机关\t柳泉县财政局\t成文日期\t2021年4月2日',
    { other: 'LQ-2021-7', issuer: '柳泉县财政局', written: '2021年4月2日' },
  ],
  [
    '名称：\t柳泉县财政局关于印发节水奖励资金管理办法和节水器具目录的通知'.replace(
      /\t.*/u,
      '$&$&$&',
    ),
    { title: '柳泉县财政局关于印发节水奖励资金管理办法和节水器具目录的通知' },
  ],
  ['来源：柳泉日报 2021-04-09', { publication: '柳泉日报', published: '2021-04-09' }],
  ['2021-04-09 08:15:46', { published: '2021-04-09 08:15:46' }],
  ['2021-04-09 柳泉日报', { published: '2021-04-09', publication: '柳泉日报' }],
  ['来源：未知 作者：', {}],
  [
    '本报记者 周宁 《柳泉日报》（2021年04月09日 第 04 版）',
    { published: '2021年04月09日', publication: '柳泉日报' },
  ],
  ['来源：本网 责任编辑：周宁', { editor: '周宁' }],
  [
    '来源：柳泉县水务局 节水科   浏览字号：大中小',
    { publication: '柳泉县水务局 节水科', other: '大中小' },
  ],
  ['来源：柳泉日报 周宁', { publication: '柳泉日报' }],
  ['来源：柳泉县财政局 柳泉县民政局', { publication: '柳泉县财政局 柳泉县民政局' }],
  [
    '柳泉网 (2021-04-09 08:15) 稿件来源：柳泉日报',
    { published: '2021-04-09 08:15', publication: '柳泉日报' },
  ],
  ['（2021-04-09 来源：柳泉日报）', { published: '2021-04-09', publication: '柳泉日报' }],
])('%s', (line, labels) => {
  expect(readLabels(line)).not.toBeNull()
  expect(read(line)).toEqual(labels)
})

describe('what says anything else is no line of labels:', () => {
  test.each([
    '资金来源：县财政每年安排300万元，专款专用。',
    '记者：如何申请？',
    '8岁以下儿童免票。',
    '2021年4月9日，县里召开会议。',
    '联系电话：0000-0000000',
    '县里公布了补贴的来源',
  ])('%s', (line) => expect(readLabels(line)).toBeNull())

  test('the time of an event is no day of publication', () => {
    expect(read('时间：上午9时 地点：礼堂')).not.toHaveProperty('published')
  })
})

test('each value is where it stands', () => {
  const line = '　来源：柳泉日报　责任编辑：周宁'
  for (const [, { value, start }] of readLabels(line)!)
    expect(line.slice(start, start + value.length)).toBe(value)
})
