import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { layOut } from '../../../src/ingest/layout/lay-out.ts'
import { repairCharacters } from '../../../src/ingest/repair/repair-characters.ts'
import { segment } from '../../../src/ingest/segment/segment.ts'
import { trace } from '../../../src/traced.ts'

function itemsOf(name: string) {
  const source = readFileSync(new URL(`../../../seeds/${name}.txt`, import.meta.url), 'utf8')
  const { items } = segment(layOut(repairCharacters(trace(source)).text, source), source)
  return items.map(({ kind, headline, body }) => [
    kind,
    headline?.text ?? null,
    body[0]!.text.slice(0, 6),
  ])
}

/** What a person reads on five real pages: headlines after bodies, in piles, downwards, or none. */
test.each([
  [
    '000_aa08d7a86c2f86b0',
    [
      ['photo', '辣椒大丰收 晒出“中国红”', '近日，清丰县'],
      ['article', '我市20家企业实现知识产权质押贷款2.86亿元', '本报讯（记者'],
      ['article', '中原油田绿电制氢项目液氮系统进入调试阶段', '本报讯（记者'],
      ['article', '“电等企业”供电服务模式成为营商服务新名片', '本报讯（记者'],
      ['article', '世纪景苑社区“红石榴”花开别样红', '“五十六个民'],
      ['article', '开发区乜村 幸福像花儿一样', '深秋时节，走'],
      ['photo', '文24储气库压缩机组一次推移安装成功', '日前，由中原'],
    ],
  ],
  [
    '001_84aa73dab9e593a4',
    [
      ['photo', null, '为深入贯彻落'],
      ['article', null, '科技成果从“'],
      ['article', '各级各有关部门打出政策组合拳 推动全市工业整体形势趋好', '本报讯（记者'],
      ['article', '我市加快推进科技研发平台建设', '本报讯（记者'],
      ['article', '“专精特新贷”惠企纾困促发展', '本报讯“在化'],
      ['article', '市政府第131次常务会议召开', '本报讯（记者'],
    ],
  ],
  [
    '002_1c6fe130bace78a7',
    [
      ['article', '依托资源禀赋 走好乡村振兴之路', '本报讯（记者'],
      ['article', '园区找准结合点着力点 紧锣密鼓推进各项改革', '本报讯（记者'],
      ['article', null, '本报讯（记者'],
      ['photo', null, '2016年下'],
    ],
  ],
])('%s', (name, expected) => {
  expect(itemsOf(name)).toEqual(expected)
})

test('a magazine whose articles run on past headlines, tables, captions and each other', () => {
  const items = itemsOf('004_52e6ab3c79255d9c')
  expect(items.filter(([kind]) => kind === 'article').map(([, headline]) => headline)).toEqual([
    '以科技创新为制造业倍增蓄势赋能',
    '关于我市氢能产业发展的调研报告',
    '关于工会视角下推动濮阳化工行业高质量发展的调研报告',
    '关于开发区节约集约利用土地的调研报告',
    '关于如何打造先进制造业强市的调研报告',
    '关于构建现代化治理体系的建议',
    '赴三市考察制造强市建设的学习报告',
    '关于加快实施制造强市战略的调研报告',
    '关于我市实施制造业倍增行动的调研报告',
    null,
    '关于高质量发展新材料产业的调研报告',
    '为“高质量发展·制造业倍增”建言',
    '关于制造业技术创新体系建设情况的调研报告',
    null,
    '为制造业倍增行动贡献智慧和力量',
  ])
  expect(items.filter(([kind]) => kind === 'table')).toHaveLength(2)
  expect(items.filter(([kind]) => kind === 'photo')).toHaveLength(4)
})
