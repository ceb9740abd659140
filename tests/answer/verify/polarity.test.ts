import { describe, expect, test } from 'vitest'
import { negations } from '../../../src/answer/verify/negations.ts'
import { checkPolarity } from '../../../src/answer/verify/polarity.ts'

const kinds = (said: string, quote: string, asked = '') =>
  checkPolarity(said, [quote], asked).map((p) => p.kind)

describe('negations', () => {
  test.each([
    ['无需承担费用', ['无需']],
    ['不收取滞纳金', ['不']],
    ['严禁乱收费', ['严禁']],
    ['停止受理，取消保证金', ['停止', '取消']],
    ['免费办理', ['免费']],
    ['尚未投产', ['尚未']],
    ['不断提升，不仅方便，不少企业', []],
    ['非常重视未来产业、无线网络、不锈钢', []],
    ['不得不承认，无不称赞', []],
    ['不超过5个工作日', []],
    ['非公有制、非洲菊、无人机、避免', []],
    ['能否办理、是不是企业', []],
  ])('%s', (text, found) => {
    expect(negations(text).map((cue) => text.slice(cue.start, cue.end))).toEqual(found)
  })
})

describe('says the same', () => {
  test.each([
    ['不用交报装费用', '无需承担任何报装及建设费用'],
    ['没有一笔坏账', '无一笔呆账坏账'],
    ['不需要担保', '这笔无担保、利率低的贷款'],
    ['利率低的专属贷款', '这笔无担保、利率低的专属贷款'],
    ['正常享受各项待遇', '不影响正常享受各项社会保险待遇'],
    ['免交投标保证金', '减免或取消投标保证金'],
    ['除高铁片区外，开发区也实现了', '除了高铁片区，开发区也已实现'],
    ['计划投资建设集散中心', '基地计划投资2000余万元筹建花卉集散中心'],
    ['将征收期延长6个月', '将社会保险费征收期延长6个月'],
    ['审批时间缩短20%', '审批时间压缩20%'],
    ['比去年同期多42个', '较去年同期增加42个'],
    ['工业投资增长57.6%', '工业投资同比增长57.6%'],
  ])('%s of %s', (said, quote) => {
    expect(kinds(said, quote)).toEqual([])
  })
})

describe('says something else', () => {
  test.each([
    ['需承担任何报装及建设费用', '无需承担任何报装及建设费用', 'negation'],
    ['出现呆账坏账', '无一笔呆账坏账', 'negation'],
    ['不能申请贷款', '企业可以申请贷款', 'negation'],
    ['禁止承担报装费用', '无需承担任何报装费用', 'negation'],
    ['并非无需承担报装费用', '无需承担任何报装费用', 'negation'],
    ['停止办理申报业务', '办理申报业务', 'negation'],
    ['食品企业等所有企业均可办理', '除食品企业外，均可办理', 'exception'],
    ['外资企业除外，均可办理', '企业均可办理', 'exception'],
    ['花卉集散中心已经建成', '下一步，计划筹建花卉集散中心', 'plan'],
    ['设备已经调试完毕', '设备预计12月调试完毕', 'plan'],
    ['工业投资下降57.6%', '工业投资同比增长57.6%', 'direction'],
    ['营业收入增长2.5%', '营业收入比上年下降2.5%', 'direction'],
    ['线下提交申请', '线上提交申请', 'direction'],
    ['只有国有企业可以申请', '企业可以申请', 'restriction'],
    ['企业必须申请', '企业可以申请', 'obligation'],
    ['国家级中试基地奖300万元', '省级中试基地奖300万元', 'extent'],
    ['全面实现服务模式覆盖', '基本实现服务模式覆盖', 'extent'],
    ['全国第4位', '居第4位', 'extent'],
  ])('%s of %s', (said, quote, kind) => {
    expect(kinds(said, quote)).toContain(kind)
  })
})

test('a correction may deny what was asked', () => {
  const quote = '无需承担任何报装及建设费用'
  expect(kinds('不是要交钱，无需承担报装费用', quote, '接电要交钱吗')).toEqual([])
  expect(kinds('不是免费，要承担报装费用', quote, '接电免费吗')).toContain('negation')
})
