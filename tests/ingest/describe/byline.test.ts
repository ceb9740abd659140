import { expect, test } from 'vitest'
import { bylineOf } from '../../../src/ingest/describe/byline.ts'
import type { Item } from '../../../src/ingest/item.ts'
import { trace } from '../../../src/traced.ts'

const item = (credits: readonly string[], body = '正文。'): Item => ({
  kind: 'article',
  headline: null,
  kicker: null,
  subtitle: null,
  subheads: [],
  rows: [],
  credits: credits.map(trace),
  section: null,
  body: [trace(body)],
  notes: [],
})
const NOBODY = { reporters: [], correspondents: [], authors: [], editor: null }

test.each([
  [
    'a lead',
    [],
    '本报讯（记者 樊某某 通讯员 魏某 杨某某）10月',
    { reporters: ['樊某某'], correspondents: ['魏某', '杨某某'] },
  ],
  ['a lead without names', [], '本报讯 “在复苏之时，', {}],
  ['brackets that name nobody', [], '（以下简称项目）开工。', {}],
  [
    'a photographer',
    ['本报记者 李某 通讯员 邵某某 摄'],
    '',
    { reporters: ['李某'], correspondents: ['邵某某'] },
  ],
  [
    'a report in pictures',
    ['本报记者 李某 通讯员 吴某 摄影报道'],
    '',
    { reporters: ['李某'], correspondents: ['吴某'] },
  ],
  ['an author behind a mark', ['■ 王某某'], '', { authors: ['王某某'] }],
  ['two authors in brackets', ['（王某某 赵某某）'], '', { authors: ['王某某', '赵某某'] }],
  ['a commentator of a magazine', ['《某刊》特约评论员 赵某某'], '', { authors: ['赵某某'] }],
  ['a working group is nobody', ['■ 专题调研组五十二'], '', {}],
  ['an editor', ['责任编辑：荣某某'], '', { editor: '荣某某' }],
  [
    'a list with offices',
    [
      '调研组成员：',
      '卢某某〔执笔〕 市委党校教师',
      '刘 宁 市委党校教师',
      '江某会 市统计局科长',
      '责任编辑：荣某某',
    ],
    '',
    { authors: ['卢某某', '刘宁', '江某会'], editor: '荣某某' },
  ],
])('%s', (_name, credits, body, expected) => {
  expect(bylineOf(item(credits, body))).toEqual({ ...NOBODY, ...expected })
})
