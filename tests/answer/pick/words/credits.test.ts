import { expect, test } from 'vitest'
import {
  creditsNaming,
  creditsOf,
  editorOf,
  namesIn,
  writerOf,
} from '../../../../src/answer/pick/words/credits.ts'
import { passage } from '../../../support/paper-passages.ts'
import { candidatesIn } from './candidates.ts'

const head = (text: string) => passage(text, { part: 'head', headline: '关于氢能的调研报告' })
const REPORT = creditsOf(
  candidatesIn(
    head(
      '关于氢能的调研报告\n■ 专题调研组一\n调研组成员：\n卢某某〔执笔〕 党校教师\n宋某 党校教师\n责任编辑：荣某',
    ),
    passage('氢能产业发展快。'),
  ),
)
const NEWS = creditsOf(
  candidatesIn(
    head('关于氢能的调研报告'),
    passage('本报讯（记者 段某 通讯员 吴某）近日，签约仪式举行。企业很高兴。'),
  ),
)

test.each([
  ['本报记者 李振涛 通讯员 吴峰 张静勇 摄', ['李振涛', '吴峰', '张静勇']],
  ['本报讯（记者 管淑颖）', ['管淑颖']],
  ['卢允雷〔执笔〕 市委党校教师', ['卢允雷']],
  ['江重会 市统计局综合科科长', ['江重会']],
  ['责任编辑：荣萍萍', ['荣萍萍']],
  ['■ 刘卫东', ['刘卫东']],
  ['（王为峰 赵尚元）', ['王为峰', '赵尚元']],
])('%s names %j', (credit, names) => {
  expect(namesIn(credit)).toEqual(expect.arrayContaining(names))
})

test('who held the pen wrote it, before the others of the group', () => {
  expect(writerOf(REPORT).map(({ text }) => text)).toEqual(['卢某某〔执笔〕 党校教师'])
})

test('a report is by the reporter its lead names', () => {
  expect(writerOf(NEWS).map(({ text }) => text)).toEqual(['本报讯（记者 段某 通讯员 吴某）'])
})

test('the editor is the one who is named so', () => {
  expect(editorOf(REPORT).map(({ text }) => text)).toEqual(['责任编辑：荣某'])
})

test('a member is told under the group', () => {
  expect(creditsNaming('卢某某参加了哪个课题', REPORT).map(({ text }) => text)).toEqual([
    '专题调研组一',
    '卢某某〔执笔〕 党校教师',
  ])
  expect(creditsNaming('张三参加了哪个课题', REPORT)).toEqual([])
})
