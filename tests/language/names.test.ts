import { describe, expect, test } from 'vitest'
import { unknownNames } from '../../src/language/names.ts'

const KNOWN = [
  '市市场监管局副局长王小明介绍，国网濮阳供电公司、邮储银行台前县支行与市发展和改革委员会出台《濮阳市公共资源管理条例》，推出“专精特新贷”，通过“爱山东”App办理',
  '河南省濮阳市台前县',
]
const names = (text: string) => unknownNames(text, KNOWN).map((n) => `${n.kind} ${n.text}`)

describe('known', () => {
  test.each([
    '濮阳市市场监管局出台条例',
    '到市场监管局咨询',
    '由市发展和改革委员会负责',
    '国网濮阳供电公司推出',
    '邮储银行台前县支行办理',
    '台前的企业可以办',
    '依据《濮阳市公共资源管理条例》',
    '申请「专精特新贷」',
    '副局长王小明说',
    '在爱山东APP上办',
    '该公司和相关部门、当地银行',
    '市工信部门和财政部门',
    '这家公司可以办理',
  ])('%s', (text) => {
    expect(names(text)).toEqual([])
  })
})

describe('unknown', () => {
  test.each([
    ['到市财政局办理', 'organisation'],
    ['省市场监管局出台', 'organisation'],
    ['中国建设银行办理', 'organisation'],
    ['宏大控股集团有限公司参加', 'organisation'],
    ['市卫生健康委员会负责', 'organisation'],
    ['依据《濮阳市贷款贴息办法》', 'document'],
    ['申请“惠企直通车”', 'quoted'],
    ['市长李建国表示', 'person'],
    ['郑州市也一样', 'place'],
    ['聊城的企业', 'place'],
    ['见 example.com', 'latin'],
    ['用WeChat办理', 'latin'],
  ])('%s', (text, kind) => {
    expect(names(text).map((n) => n.split(' ')[0])).toContain(kind)
  })
})
