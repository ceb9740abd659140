import { expect, test } from 'vitest'
import { unfoldColumns } from '../../../src/ingest/layout/unfold-columns.ts'

const unfold = (text: string) => unfoldColumns(text)?.text.replace(/\n\n+/gu, '\n').trim()

const BESIDE = `               水表更换办法公布
  柳泉县的企业更换水表，每立方      便民中心三楼递交材料，窗口在五
米补贴四毛钱，由县财政局在十个      个工作日内核对，缺少的材料可以
工作日内拨付到账。企业可以在网      后补。
上申请，也可以到服务中心去，在        办法自七月起施行，有效期三年。`

test('puts columns below each other, first lines set in, the headline over both', () => {
  expect(unfold(BESIDE)).toBe(`水表更换办法公布
  柳泉县的企业更换水表，每立方
米补贴四毛钱，由县财政局在十个
工作日内拨付到账。企业可以在网
上申请，也可以到服务中心去，在
便民中心三楼递交材料，窗口在五
个工作日内核对，缺少的材料可以
后补。
  办法自七月起施行，有效期三年。`)
})

const STACKED = `${BESIDE}
     防汛备汛全面展开                  农机检修忙
  各乡镇抢抓农时，备足种子和肥      本报讯 连日来，机手们把拖拉机
料，技术员下到田头指导，已整地      和播种机开进维修点，换下旧零件，
六万亩。春灌用水由水利局按计划      保证下田时不误工。维修点延长到
放给，先远后近，先高后低，浇足      晚上九点关门，零件随到随换，不
底墒。                            收工时费。`

test('reads articles below articles, and of two side by side one after the other', () => {
  const lines = unfold(STACKED)!.split('\n')
  const at = (start: string) => lines.findIndex((line) => line.trim().startsWith(start))
  const order = ['水表更换', '办法自', '防汛备汛', '底墒', '农机检修', '收工时费'].map(at)
  expect(order).not.toContain(-1)
  expect(order).toEqual(order.toSorted((a, b) => a - b))
})

test('every character is there once, and knows its place', () => {
  const { text, origin } = unfoldColumns(STACKED)!
  const kept = text.split('').flatMap((c, i) => (/\S/u.test(c) ? [origin[i]!] : []))
  const all = STACKED.split('').flatMap((c, i) => (/\S/u.test(c) ? [i] : []))
  expect(kept.toSorted((a, b) => a - b)).toEqual(all)
  for (const [i, c] of text.split('').entries())
    if (/\S/u.test(c)) expect(STACKED[origin[i]!]).toBe(c)
})

test.each([
  ['one column', '全市企业实现融资，总额超过去年。\n窗口人员受理了申请。\n'],
  [
    'a table',
    '序号  指标      2023年\n1     企业      742家\n2     增速      3.0%\n3     税收      12亿元\n4     就业      800人\n',
  ],
  [
    'a centred title',
    '            关于促进就业的通知\n\n    各县区人民政府：现将有关事项通知如下。\n',
  ],
])('leaves %s as it stands', (_name, text) => {
  expect(unfoldColumns(text)).toBeNull()
})

test('two spaces within prose make no columns of it', () => {
  const prose = `水务局的通报说，今年的节水工作  分三步走，先换水表，再修管
道。第一步  已在四月做完，换下旧表一万多只；第二步从五月起，
由各镇报名，县里派出技术员  逐村查看，坏的当天换下。第三步
是收尾，年底前把账  公布在村口，谁家补了多少一看就知道。`
  expect(unfoldColumns(prose)).toBeNull()
})

test('a masthead spread over the page stays one line', () => {
  const page = `柳泉日报          2021年4月9日          星期五          第2版\n\n${BESIDE}`
  expect(unfold(page)!.split('\n')[0]!.replaceAll(/\s+/gu, ' ')).toBe(
    '柳泉日报 2021年4月9日 星期五 第2版',
  )
})
