import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { linesOfData } from '../../../src/ingest/read/lines-of-data.ts'

const read = (text: string) =>
  linesOfData(text)?.map(({ start, end, given }) => ({
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)),
    text: text.slice(start, end),
  })) ?? null

test('reads a moment and the words, an article a line', () => {
  const text = [
    '2024-03-02 08:15，正文：东岭县为120家企业减免水费，不用申请。',
    '2024-03-05 10:00:30，正文：西坪县公布用工补贴，每人500元。时间：即日起。',
    '',
    '，正文：北湖县发放养老金。',
    '03-07 11:20，正文：东岭县招工90人。',
    '2024-03-09，正文：南塘县开工3个项目。',
  ].join('\r\n')
  expect(read(text)).toEqual([
    { date: '2024-03-02 08:15', text: '东岭县为120家企业减免水费，不用申请。' },
    { date: '2024-03-05 10:00:30', text: '西坪县公布用工补贴，每人500元。时间：即日起。' },
    { text: '北湖县发放养老金。' },
    { text: '东岭县招工90人。' },
    { date: '2024-03-09', text: '南塘县开工3个项目。' },
  ])
})

test.each([
  ['[2024-03-02] 水费减免 正文：全县减免水费。', { date: '2024-03-02', title: '水费减免' }],
  [
    '2024年3月2日 标题：水费减免（试行） 全文：全县减免水费。',
    { date: '2024年3月2日', title: '水费减免（试行）' },
  ],
  [
    '标题：水费减免，来源：东岭日报，正文：全县减免水费。',
    { title: '水费减免', publication: '东岭日报' },
  ],
  ['【标题】水费减免【内容】全县减免水费。', { title: '水费减免' }],
  ['1. title: 水费减免 | content: 全县减免水费。', { title: '水费减免' }],
])('reads lines like %s', (line, given) => {
  const article = { ...given, text: '全县减免水费。' }
  expect(read(`${line}\n${line}`)).toEqual([article, article])
})

test('reads labels above and below the words of several lines', () => {
  const text = [
    '**标题：** 东岭县减免水费',
    '发布时间：2024-03-02',
    '正文：',
    '全县120家企业减免水费。',
    '时间：3月起。',
    '2024年3月1日',
    '链接：https://a.example/1',
    '----------',
    '**标题：** 西坪县公布用工补贴',
    '发布时间：2024-03-05',
    '正文：每人500元。',
    '链接：https://a.example/2',
  ].join('\n')
  expect(read(text)).toEqual([
    {
      title: '东岭县减免水费',
      date: '2024-03-02',
      url: 'https://a.example/1',
      text: '全县120家企业减免水费。\n时间：3月起。\n2024年3月1日',
    },
    {
      title: '西坪县公布用工补贴',
      date: '2024-03-05',
      url: 'https://a.example/2',
      text: '每人500元。',
    },
  ])
})

test.each([
  ['one article with labels over it', '标题：水费减免\n发布时间：2024-03-02\n正文：全县减免水费。'],
  [
    'a page of a paper',
    '水费减免\n\n本报讯（记者 王某）全县减免水费。\n\n用工补贴\n\n本报讯（记者 李某）每人500元。',
  ],
  ['a law', '第一条 为了减免水费，制定本办法。\n第二条 全县企业减免水费。'],
  ['questions and answers', '问：水费减多少？\n答：减三成。\n问：要申请吗？\n答：不用。'],
  ['a chronicle', '2024-03-02 全县减免水费。\n2024-03-05 公布用工补贴。'],
  ['a schedule', '2024-03-02 09:00，开幕式\n2024-03-02 10:00，参观'],
  [
    'events',
    '时间：2024-03-02 9:00\n地点：会堂\n内容：讲水费\n时间：2024-03-03 9:00\n地点：会堂\n内容：讲用工',
  ],
  [
    'notices of cuts',
    '停电时间：8时至12时\n停电范围：东岭镇\n停电时间：13时至17时\n停电范围：西坪镇',
  ],
  ['labels amid prose', '各单位：\n标题：甲\n正文：乙。\n标题：丙\n正文：丁。'],
  ['articles of which one has no words', '标题：甲\n正文：乙。\n标题：丙\n正文：\n'],
  ['a list of titles', '标题：甲\n来源：东岭日报\n标题：乙\n来源：东岭日报'],
  ['nothing', ''],
])('takes %s for no data', (_what, text) => {
  expect(linesOfData(text)).toBeNull()
})

test('takes no page of the seeds for data', () => {
  const seeds = new URL('../../../seeds/', import.meta.url)
  for (const name of readdirSync(seeds))
    expect(linesOfData(readFileSync(new URL(name, seeds), 'utf8'))).toBeNull()
})
