import { describe, expect, test } from 'vitest'
import { documentParagraphs } from '../../../src/ingest/layout/document-paragraphs.ts'
import { repairCharacters } from '../../../src/ingest/repair/repair-characters.ts'
import { oneArticle } from '../../../src/ingest/segment/one-article.ts'
import { trace } from '../../../src/traced.ts'

function read(text: string) {
  const { segmented, facts } = oneArticle(
    documentParagraphs(repairCharacters(trace(text)).text, text),
  )
  const [item] = segmented.items
  return {
    count: segmented.items.length,
    headline: item?.headline?.text ?? null,
    subtitle: item?.subtitle?.text ?? null,
    subheads: item?.subheads.map((head) => head.text) ?? [],
    body: item?.body.map((paragraph) => paragraph.text) ?? [],
    credits: item?.credits.map((credit) => credit.text) ?? [],
    furniture: segmented.furniture.map(({ what, text: { text: words } }) => `${what} ${words}`),
    facts: Object.fromEntries(facts),
  }
}

describe('the title', () => {
  test.each([
    ['alone on its line', '节水奖励办法\n\n每户奖励40元。', '节水奖励办法'],
    [
      'marked as a heading',
      '# 节水奖励办法\n\n## 一、对象\n\n居民。\n\n## 二、标准\n\n每户40元。',
      '节水奖励办法',
    ],
    [
      'under its office',
      '柳泉县人民政府\n关于印发节水奖励办法的\n通知\n\n各镇人民政府：\n现予印发。',
      '柳泉县人民政府关于印发节水奖励办法的通知',
    ],
    [
      'with a bracket open at the line’s end',
      '《柳泉县水资源公报（2021\n）》摘要\n\n全年用水3亿立方米。',
      '《柳泉县水资源公报（2021）》摘要',
    ],
    [
      'with figures at the seam',
      '关于公布2023\n2024年度节水奖励的\n通知\n\n各镇：\n现予公布。',
      '关于公布2023 2024年度节水奖励的通知',
    ],
    ['labelled', '标题: 节水奖励办法\n发布机构: 柳泉县水务局\n\n每户奖励40元。', '节水奖励办法'],
    ['set twice in each letter', '节节水水奖奖励励办办法法\n\n每户奖励40元。', '节水奖励办法'],
    ['none where the text begins at once', '每户奖励40元。\n县水务局发放。', null],
  ])('%s', (_what, text, headline) => {
    expect(read(text)).toMatchObject({ count: 1, headline })
  })

  test('a line behind a dash is its subtitle', () => {
    expect(
      read('水价怎么定\n\n——访柳泉县水务局负责人\n\n记者：怎么定？\n答：分三档。'),
    ).toMatchObject({
      subtitle: '——访柳泉县水务局负责人',
      body: ['记者：怎么定？', '答：分三档。'],
    })
  })
})

test('a head between a title and its report is the subtitle, who wrote it a credit', () => {
  const report = '本报讯（记者 周宁）县里公布了节水奖励办法，每户40元。'
  expect(read(`# 节水有奖\n\n每户奖励四十元\n\n本报记者 周宁\n\n${report}`)).toMatchObject({
    subtitle: '每户奖励四十元',
    credits: ['本报记者 周宁'],
    body: [report],
  })
})

test('under a title, names are who wrote it and a short head is text', () => {
  expect(read('# 节水奖励怎么领\n\n周宁 何小田\n\n办理流程\n\n在窗口领取。')).toMatchObject({
    furniture: ['题下 周宁 何小田'],
    body: ['办理流程', '在窗口领取。'],
  })
})

test('a law is one article; its chapters are subheads, its days are told apart', () => {
  const law = read(`# 柳泉市节约用水条例

（2018年3月1日柳泉市第五届人民代表大会常务委员会第二次会议通过 根据2021年4月9日第九次会议《决定》修正 自2021年6月1日起施行）

目 录

第一章 总则
第二章 罚则

第一章 总则

第一条 为了节约用水，制定本条例。

第二章 罚则

第二条 浪费用水的，处二百元罚款。`)
  expect(law).toMatchObject({
    count: 1,
    subheads: ['第一章 总则', '第二章 罚则'],
    facts: { passed: '2021年4月9日', force: '2021年6月1日' },
  })
  expect(law.body).toHaveLength(4)
  expect(law.furniture).toContain('目录 第二章 罚则')
})

test('a notice: labels over it are data, its number, office and day stand outside its text', () => {
  expect(
    read(`索引号: LQ-7
发布机构: 柳泉县水务局
发布日期: 2021-04-12
原文链接: https://paper.example/7

关于节水奖励的通知
柳水〔2021〕7号

各镇：
每户奖励40元。

柳泉县水务局
2021年4月9日`),
  ).toMatchObject({
    headline: '关于节水奖励的通知',
    body: ['各镇：', '每户奖励40元。'],
    facts: {
      issuer: '柳泉县水务局',
      published: '2021-04-12',
      number: '柳水〔2021〕7号',
      written: '2021年4月9日',
    },
  })
})

test('notes at the end stand below the signature and stay in the text', () => {
  const { body, facts } = read(
    '# 节水奖励办法\n\n每户奖励40元。\n\n从下月起发放。\n\n柳泉县人民政府\n\n2021年7月1日\n\n注1：租户除外。\n\n尾注1：据抄表数。',
  )
  expect(body).toEqual(['每户奖励40元。', '从下月起发放。', '注1：租户除外。', '尾注1：据抄表数。'])
  expect(facts).toMatchObject({ issuer: '柳泉县人民政府', written: '2021年7月1日' })
})

describe('lines are joined only where the page broke them', () => {
  const wrapped = `　　县水务局从本月起对安装节水器具的居民给予奖励，每户
奖励40元，另按节约的水量每立方米补1元，一年最多2
00元，由各镇在年底统一发放到户主的社保卡里，不用再
跑窗口。
　　企业更换节水设备的，按购置费的一成补助。`

  test('words and figures whole', () => {
    expect(read(`节水奖励办法\n\n${wrapped}`).body).toEqual([
      '县水务局从本月起对安装节水器具的居民给予奖励，每户奖励40元，另按节约的水量每立方米补1元，一年最多200元，由各镇在年底统一发放到户主的社保卡里，不用再跑窗口。',
      '企业更换节水设备的，按购置费的一成补助。',
    ])
  })

  test('over the marks between two pages', () => {
    const [first, ...rest] = wrapped.split('\n')
    const text = [
      '节水奖励办法',
      '',
      first,
      'https://paper.example/7.html 1/2',
      '2021/4/9 下午4:12 节水奖励办法',
      ...rest,
    ].join('\n')
    const { body, furniture } = read(text)
    expect(body[0]).toMatch(/每户奖励40元/u)
    expect(furniture).toContain('页眉页脚 https://paper.example/7.html 1/2')
  })

  test.each([
    ['a time and an age', '2021-04-09 16:01:46\n\n8岁以下儿童免票。', '8岁以下儿童免票。'],
    ['counts of a page', '儿童免票。\n\n浏览 31\n2 人收藏', '儿童免票。'],
  ])('never %s', (_what, text, body) => {
    expect(read(`# 体检手册发放\n\n${text}`).body).toEqual([body])
  })
})

test('rows of a Markdown table keep their cells apart', () => {
  expect(read('# 产量\n\n| 品种 | 吨 |\n|---|---|\n| 油菜籽 | 12070 |\n\n完。').body).toEqual([
    '品种\t吨',
    '油菜籽\t12070',
    '完。',
  ])
})
