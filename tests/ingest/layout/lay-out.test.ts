import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { layOut } from '../../../src/ingest/layout/lay-out.ts'
import { isBody } from '../../../src/ingest/layout/paragraph.ts'
import { trace } from '../../../src/traced.ts'

const paragraphs = (text: string) => layOut(trace(text), text).map((p) => p.text.text)

describe('lines are joined where a sentence goes on', () => {
  test.each([
    ['inside a word', '全市积极推进科技成果转化与知识产\n权保护工作，成效明显好于往年。'],
    ['across a blank line', '位于高新区的某某精密制造有限\n\n公司的扩建申请，当天办结完毕。'],
    ['inside a date', '会议定于9月\n22日召开，请各单位提前做好准备。'],
    ['before a unit', '截至六月底全市新增工业贷款\n36亿元，同比增长一成，创下新高。'],
    ['after a comma', '工作人员上门服务，\n\n现场解决了三个问题，受到好评。'],
    [
      'past a narrow picture',
      '目前，全村有一百二十座大棚，种着百合、玫瑰和菊\n花等十几个品种，鲜切花一年四季卖到周边省市，年\n产值三亿元，成\n为当地乃至豫北规\n\n模最大的花卉基\n\n地。下一步计划投\n\n资建设集散中心，并建成种苗培育中心和展销大厅，\n把鲜花卖到更远的地方去，让更多的农户增收致富。',
    ],
  ])('%s', (_name, text) => {
    expect(paragraphs(text)).toEqual([text.replaceAll('\n', '')])
  })
})

describe('what a person would set apart stays apart', () => {
  test.each([
    [
      'after a short line with a full stop',
      '窗口人员受理了这家企业提出的用电\n报装申请。\n过去新入驻的企业要办四道手续才能\n用上电，费时又费力，企业怨言不少。',
      [
        '窗口人员受理了这家企业提出的用电报装申请。',
        '过去新入驻的企业要办四道手续才能用上电，费时又费力，企业怨言不少。',
      ],
    ],
    [
      'where a blank line and new subject follow an unfinished sentence',
      '专家到职业技术学院宣讲大会精神\n\n他们从主题和主要成果等方面作了讲解',
      ['专家到职业技术学院宣讲大会精神', '他们从主题和主要成果等方面作了讲解'],
    ],
    [
      'lines of a headline',
      '依托本地资源优势\n走好产业振兴之路',
      ['依托本地资源优势', '走好产业振兴之路'],
    ],
    [
      'what a colon announces',
      '各县区人民政府：\n现将有关事项通知如下，请认真贯彻执行，并及时报告落实中的情况和问题。\n一是提高认识。',
      [
        '各县区人民政府：',
        '现将有关事项通知如下，请认真贯彻执行，并及时报告落实中的情况和问题。',
        '一是提高认识。',
      ],
    ],
    [
      'a numbered head without a full stop',
      '一、发展现状\n近年来，全市坚持把制造业作为主\n攻方向，产业基础日益坚固，企业\n效益稳步提升，发展势头良好。',
      [
        '一、发展现状',
        '近年来，全市坚持把制造业作为主攻方向，产业基础日益坚固，企业效益稳步提升，发展势头良好。',
      ],
    ],
    [
      'an indented paragraph',
      '　　第一段说到这里为止\n　　第二段从这里说起。',
      ['第一段说到这里为止', '第二段从这里说起。'],
    ],
  ])('%s', (_name, text, expected) => {
    expect(paragraphs(text)).toEqual(expected)
  })
})

test('reads lines printed downwards, with a space between 本报记者 and the name', () => {
  const text = '花\n开\n别\n样\n红\n\n﹃\n石\n榴\n﹄\n\n本\n报\n记\n者\n\n王\n小\n明'
  expect(paragraphs(text)).toEqual(['花开别样红', '“石榴”', '本报记者 王小明'])
})

test('drops Markdown marks and knows the level of headings', () => {
  const text = '## **一根**水管\n\n正文第一句。\n'
  expect(layOut(trace(text), text).map(({ text: t, level }) => [t.text, level])).toEqual([
    ['一根水管', 2],
    ['正文第一句。', null],
  ])
})

test('closes up a line set wide', () => {
  expect(paragraphs('经 济 之 窗')).toEqual(['经济之窗'])
})

test('knows a headline set in the middle of a sentence', () => {
  const text = [
    '全市大力推进制造业倍增行动和招商引资工',
    '作，先后引进了一批重点项目，成功签约南',
    '关于加快产业集聚的调查',
    '■ 专题组',
    ' 方某光伏组件项目，总投资超过一百亿元，',
    '计划于明年建成投产，届时将带动一批企业。',
  ].join('\n')
  expect(
    layOut(trace(text), text).map((p) => [p.text.text.slice(0, 4), isBody(p) ? 'body' : p.label]),
  ).toEqual([
    ['全市大力', 'body'],
    ['关于加快', 'title'],
    ['■ 专题', 'credit'],
    ['方某光伏', 'body'],
  ])
})

test('knows the lines of a table from the text around them', () => {
  const text =
    '表一：主要指标\n序号 指标 2023年\n1 企业数量 742家\n2 增加值增速 3.0%\n 以上数据显示，企业数量稳步增长，效益持续向好。'
  expect(layOut(trace(text), text).map(({ label }) => label === 'table')).toEqual([
    false,
    true,
    true,
    true,
    false,
  ])
})

/** Lines as pages have them: pieces of sentences, heads, figures, marks, blanks. */
const line = fc.oneof(
  fc.constantFrom(
    '',
    '',
    ' ',
    '　　',
    '## 标题',
    '- 条目',
    '■ 某某',
    '本报讯（记者 王某）今天',
    '一、现状',
  ),
  fc.stringMatching(/^ ?[一-鿿0-9，。、“” ]{1,24}$/u),
  fc.stringMatching(/^[一-鿿]$/u),
)

test('keeps every character once, in order, and knows where each came from', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const source = lines.join('\n')
      const laidOut = layOut(trace(source), source)
      for (const { text } of laidOut)
        for (let i = 0; i < text.text.length; i++)
          if (/\S/u.test(text.text[i]!)) expect(source[text.origin[i]!]).toBe(text.text[i])
      const origins = laidOut.flatMap(({ text }) =>
        [...text.origin].filter((_, i) => /\S/u.test(text.text[i]!)),
      )
      expect(origins).toEqual(origins.toSorted((a, b) => a - b))
      expect(new Set(origins).size).toBe(origins.length)
      const kept = origins.map((at) => source[at]).join('')
      expect(kept.replace(/[#*-]/gu, '')).toBe(source.replace(/[\s#*-]/gu, ''))
    }),
    { numRuns: 200 },
  )
})
