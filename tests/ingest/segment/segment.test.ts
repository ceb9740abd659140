import { expect, test } from 'vitest'
import type { Item } from '../../../src/ingest/item.ts'
import { layOut } from '../../../src/ingest/layout/lay-out.ts'
import { segment } from '../../../src/ingest/segment/segment.ts'
import { trace } from '../../../src/traced.ts'

const read = (text: string) => segment(layOut(trace(text), text), text)
const summary = ({ kind, headline, kicker, subtitle, body, credits }: Item) => ({
  kind,
  headline: headline?.text ?? null,
  kicker: kicker?.text ?? null,
  subtitle: subtitle?.text ?? null,
  first: body[0]?.text.slice(0, 8),
  last: body.at(-1)?.text.slice(-8),
  credits: credits.map(({ text }) => text),
})

/** Two articles without any mark between them, and their headlines in a pile at the foot. */
const PILE = `本报讯（记者 王某）9月8日，市商务局召
开电商发展座谈会，二十家电商企业负责人
围绕物流和人才提出意见建议，现场解决电
商企业反映的问题六个。
会议要求，加快建设县级物流配送中心，
支持电商企业开展直播带货，为电商人才提
供住房补贴。

清晨五点，大棚里的灯就亮了。种植户老
周弯着腰采摘蘑菇，一筐筐鲜菇很快装上了
去省城的冷链车，一天能卖三千元。
村里引进食用菌公司，由公司提供菌棒
和技术，农户负责采菇，蘑菇种植户年均增
收两万元。 本报记者 李某

蘑菇撑开致富伞

电商企业话发展 解难题

■小编荐语
`

test('gives headlines at the foot of the page to the bodies that share their words', () => {
  const { items } = read(PILE)
  expect(items.map(summary)).toMatchObject([
    {
      headline: '电商企业话发展 解难题',
      first: '本报讯（记者 王',
      last: '人才提供住房补贴。'.slice(-8),
    },
    { headline: '蘑菇撑开致富伞', first: '清晨五点，大棚里', credits: ['本报记者 李某'] },
  ])
})

test('reads a headline, its subtitle and byline over a body', () => {
  const { items } = read(`小小蘑菇撑起致富伞
——某县食用菌产业发展纪实
本报记者 王新

走进高堡乡的食用菌基地，一排排整齐的大
棚映入眼帘，工人们正忙着采摘、分拣、装
箱，一派繁忙景象。
`)
  expect(items.map(summary)).toEqual([
    {
      kind: 'article',
      headline: '小小蘑菇撑起致富伞',
      kicker: null,
      subtitle: '——某县食用菌产业发展纪实',
      first: '走进高堡乡的食用',
      last: '，一派繁忙景象。',
      credits: ['本报记者 王新'],
    },
  ])
})

test('puts the lines of a headline in the order in which the body has their words', () => {
  const { items } = read(`本报讯（记者 段某）今年以来，各有关部门打
出政策组合拳助企纾困，推动工业形势整体
趋好，成为经济发展的一抹亮色。

推动工业形势整体趋好
各有关部门打出政策组合拳
`)
  expect(items[0]?.headline?.text).toBe('各有关部门打出政策组合拳 推动工业形势整体趋好')
  expect(items[0]?.notes.join()).toContain('颠倒')
})

test('keeps a short name over a headline as its kicker', () => {
  const { items } = read(`本报讯（记者 段某）某某县推出专属信用贷款，
无担保、利率低、放款快，惠企纾困促发展
成效明显，企业纷纷点赞。

信用贷款惠企纾困促发展
某某县
`)
  expect(items.map(summary)).toMatchObject([
    { headline: '信用贷款惠企纾困促发展', kicker: '某某县' },
  ])
})

test('carries a text on past a headline and a page break, and takes nothing else in', () => {
  const { items } = read(` 全市大力推进制造业倍增行动和招商引资工
作，先后引进了一批重点项目，大力发展绿
色化工，成功签约南

关于加快产业集聚的调查报告

■ 专题调研组一
 方某光伏组件项目，总投资超过一百亿元，
计划于明年建成投产，届时将带动一批配套
企业集聚，壮大产业规模。

责任编辑：王某
 第二篇文章从新的一页开始，说的是另外一
件事情，与前一篇没有任何关系，也没有标
题可以辨认，只能凭责任编辑知道前文已完。
`)
  expect(items.map(summary)).toMatchObject([
    {
      headline: '关于加快产业集聚的调查报告',
      first: '全市大力推进制造',
      last: '集聚，壮大产业规模。'.slice(-8),
    },
    { headline: null, first: '第二篇文章从新的' },
  ])
  expect(items[0]?.body[0]?.text).toContain('成功签约南方某光伏组件项目')
})

test('knows captions, notices and mastheads', () => {
  const { items, furniture } = read(`某某日报 2023年9月7日 星期四 第02版

 ▲9月6日，东庄镇一家瓜果合作社的社员在
打包甜瓜。近年来，该镇发展订单农业，甜瓜
远销上海。
刘超 摄

 公 告
因线路检修，定于9月10日8时至12时对
人和路沿线停电，请用户提前做好准备。
国网某县供电公司
2023年9月6日
`)
  expect(items.map(summary)).toMatchObject([
    { kind: 'photo', headline: null, credits: ['刘超 摄'] },
    { kind: 'notice', headline: '公 告', credits: ['国网某县供电公司', '2023年9月6日'] },
  ])
  expect(furniture.map(({ what }) => what)).toEqual(['报头'])
})

test('takes out a ghost: the last words once more, garbled', () => {
  const { items, furniture } = read(`## 用水更方便

供水中心提升服务水平，努力推动用水便利化，以微服务优化营商大环境。

以微服多优化菅商大环境。为了及时供水，中心二十四小时有人值班。`)
  expect(items[0]?.body.map(({ text }) => text)).toEqual([
    '供水中心提升服务水平，努力推动用水便利化，以微服务优化营商大环境。',
    '为了及时供水，中心二十四小时有人值班。',
  ])
  expect(furniture).toMatchObject([{ what: '重影', text: { text: '以微服多优化菅商大环境。' } }])
})

test('keeps short paragraphs that blank lines part in the body', () => {
  const paragraphs = [
    '10月9日，市里召开会议，部署用电报装工作。',
    '小微企业办电零投资。',
    '接电时限压至3天。',
    '会议要求，各县区要认真落实各项措施，切实减轻企业负担，让企业办电更省心、更省力、更省钱。',
  ]
  const { items } = read(`# 市里推进用电报装便利化\n\n${paragraphs.join('\n\n')}\n`)
  expect(items.map(({ body }) => body.map(({ text }) => text))).toEqual([paragraphs])
})

test.each([
  [
    'another figure',
    '市里出台补贴办法，其中规定，小型企业每户补贴最高不超过五万元。',
    '中型企业每户补贴最高不超过十万元。',
  ],
  ['another office', '用地事项由自然资源局窗口负责受理。', '用水事项由供水服务中心窗口负责受理。'],
])('keeps a sentence of the same build with %s', (_name, before, after) => {
  const { items, furniture } = read(`## 补贴办法\n\n${before}\n${after}\n`)
  expect(items[0]?.body.map(({ text }) => text)).toEqual([before, after])
  expect(furniture).toEqual([])
})

test('keeps run-in heads in the body and lists them', () => {
  const { items } = read(`本报讯（记者 王某）某市出台措施支持外贸企
业，帮助企业稳订单、拓市场，受到企业的
普遍欢迎。

一、支持企业开拓市场

对参加境外展会的企业，按展位费的七成
给予补助，单个企业每年最高五十万元，由
商务部门负责兑现。
`)
  expect(items[0]?.subheads.map(({ text }) => text)).toEqual(['一、支持企业开拓市场'])
  expect(items[0]?.body.map(({ text }) => text)[1]).toBe('一、支持企业开拓市场')
})

test.each([[''], ['\n\n'], ['#'], ['。'], ['■'], ['| |\n|---|']])('survives %j', (text) => {
  expect(() => read(text)).not.toThrow()
})
