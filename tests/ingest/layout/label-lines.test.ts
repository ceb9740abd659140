import { expect, test } from 'vitest'
import { certainLabels, LABELS } from '../../../src/ingest/layout/label.ts'
import { labelLines } from '../../../src/ingest/layout/label-lines.ts'
import { learnLines, MarkedPage } from '../../../src/ingest/layout/learn-lines.ts'
import { layOut } from '../../../src/ingest/layout/lay-out.ts'
import { readPage } from '../../../src/ingest/layout/page.ts'
import { segment } from '../../../src/ingest/segment/segment.ts'
import { trace } from '../../../src/traced.ts'

const pageOf = (text: string) => readPage(trace(text), text)

/** A page whose second article has no mark of a lead, with a photograph between. */
const PAGE: readonly (readonly [label: string, line: string])[] = [
  ['masthead', '柳泉日报 2021年4月9日 星期六 第02版'],
  ['', ''],
  ['title', '水表更换办法公布'],
  ['title', '新办企业三十日内拿到钱'],
  ['', ''],
  ['lead', '本报讯（记者 王某）5月5日，记者从县'],
  ['on', '财政局了解到，今年以来新建厂房的企业，'],
  ['on', '每平方米可以得到六十元的补助，当年投产'],
  ['on', '的再加一成。'],
  ['begin', '县财政局要求，各窗口要在三十个工作日'],
  ['on', '内把钱拨付到账，不得要求企业重复提交已'],
  ['on', '经在网上交过的材料。'],
  ['', ''],
  ['caption', '图为5月4日，某合作社的社员在大棚里采摘草莓，准备装车。'],
  ['credit', '李某某 摄'],
  ['', ''],
  ['title', '山里建起冷链站'],
  ['credit', '本报记者 赵某'],
  ['', ''],
  ['lead', '清晨，老周把刚摘下的香菇送进村口的冷'],
  ['on', '库，十分钟后便收到了货款。过去香菇要拉'],
  ['on', '到七十里外的县城去卖，路上坏掉两成。'],
  ['', ''],
  ['page credits', '责任编辑：王某 版式：李某'],
]

test('says of every line what it is', () => {
  const labels = labelLines(pageOf(PAGE.map(([, line]) => line).join('\n')))
  expect(labels).toEqual(PAGE.flatMap(([label]) => (label === '' ? [] : [label])))
})

test.each([
  ['表一：主要指标', 'table title'],
  ['数据来源：县统计局', 'data source'],
  ['责任编辑：王某', 'editor'],
  ['调研组成员：', 'roster'],
  ['2024.6', 'page number'],
  ['本报讯 昨天，县里召开会议。', 'lead'],
])('knows %j by its words alone', (line, label) => {
  expect(certainLabels(pageOf(line))).toEqual([label])
})

test('a figure that a narrow column breaks off is no page number', () => {
  expect(certainLabels(pageOf('全县新增\n30\n家企业'))).toEqual([undefined, undefined, undefined])
})

test('learns of marked pages', () => {
  const text = '甲乙丙丁\n甲乙丙丁，戊己。\n'
  const page = MarkedPage.parse({
    text,
    marks: [
      [0, 'title'],
      [5, 'lead'],
    ],
  })
  const { names, own } = learnLines([page])
  expect(names).toEqual([...LABELS])
  expect(own['title']!['title']).toBeGreaterThan(own['title']!['lead'] ?? 0)
})

test.each([
  '（记者 王某）\n',
  '本报讯 ',
  '1 ',
  '字\n',
  '■ \n',
  '“\n',
  '（',
  ' ',
  '全县\n\n',
  '字   字\n',
])('takes no longer than it should over nothing but %j', (unit) => {
  const text = unit.repeat(20_000 / unit.length)
  const start = performance.now()
  segment(layOut(trace(text), text), text)
  expect(performance.now() - start).toBeLessThan(3000)
})
