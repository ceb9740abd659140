import { describe, expect, test } from 'vitest'
import { claimOf, contradiction, otherPerson } from '../../../../src/answer/pick/words/premise.ts'
import { passage } from '../../../support/paper-passages.ts'
import { candidatesIn, scored, wordsIn } from './candidates.ts'

const against = (question: string, text: string) => {
  const found = contradiction(
    question,
    candidatesIn(passage(text)).map((c) => scored(c)),
  )
  return found && wordsIn(found)
}

test.each([
  ['审批时间压缩了60%，对吧？', '审批时间压缩了60%'],
  ['听说有坏账，是不是？', '有坏账'],
  ['产值有5个亿了是吧', '产值有5亿元了'],
  ['市级的奖300万，没错吧', '市级的奖300万元'],
  ['审批时间压缩了多少？', null],
])('%s claims %s', (question, claim) => {
  expect(claimOf(question)).toBe(claim)
})

describe('a claim is contradicted', () => {
  test.each([
    [
      'by another figure of the same thing',
      '环评审批时间压缩了60%，对吧？',
      '报告内容共享率60%，编制成本降低约30%，环评审批时间压缩20%。',
      '环评审批时间压缩20%',
    ],
    [
      'by what is now, not what was',
      '用水报装要4个环节，对吧？',
      '用水报装由原来的4个环节减至现在的3个环节。',
      '用水报装由原来的4个环节减至现在的3个环节',
    ],
    [
      'by the level the figure is of',
      '全市有4个省级中试基地，没错吧？',
      '全市已建成市级中试基地4个。',
      '全市已建成市级中试基地4个',
    ],
    [
      'by a negation',
      '专利质押贷款有好几笔坏账，是不是？',
      '专利质押贷款如期还本，无一笔坏账。',
      '无一笔坏账',
    ],
    [
      'by a rank',
      '营商环境评价全省第一吧？',
      '营商环境综合评价位居全省第4位。',
      '营商环境综合评价位居全省第4位',
    ],
    [
      'by how far it has come',
      '制氢项目已经完工了吧？',
      '制氢项目已完成总进度的75%。',
      '制氢项目已完成总进度的75%',
    ],
    [
      'by a plan',
      '储气库已经投产了吧？',
      '储气库计划于明年3月建成投产。',
      '储气库计划于明年3月建成投产',
    ],
    [
      'by what was not reached',
      '本市进了百强市，排第几？',
      '百强市名单公布，本市未能名列其中。',
      '本市未能名列其中',
    ],
  ])('%s', (_how, question, text, clause) => {
    expect(against(question, text)).toBe(clause)
  })
})

describe('nothing is contradicted', () => {
  test.each([
    ['the same figure, in another form', '质押融资28600万元，对吧？', '质押融资2.86亿元。'],
    ['a figure of another thing', '审批时间压缩了60%，对吧？', '参加会议的有200人。'],
    ['an open question', '审批时间压缩了多少？', '审批时间压缩20%。'],
    ['a negation that was claimed', '企业不用交接电费用，对吧？', '企业无需承担接电费用。'],
  ])('%s', (_why, question, text) => {
    expect(against(question, text)).toBeNull()
  })
})

describe('who said it', () => {
  const all = candidatesIn(
    passage(
      '关于停车场建设，常远山代表提出：加大供给。采取阶梯收费。关于核酸小屋改造，韩立群代表提出：改成书屋。',
    ),
  )
  const chosen = (text: string) => all.filter((c) => c.text.includes(text)).map((c) => scored(c))

  test('another of the same title, found at the words that introduce it', () => {
    expect(wordsIn(otherPerson('常远山代表说核酸小屋改造成什么', chosen('核酸小屋'), all)!)).toBe(
      '关于核酸小屋改造，韩立群代表提出',
    )
  })

  test('nobody else, when it is so', () => {
    expect(otherPerson('常远山代表说停车怎么收费', chosen('阶梯收费'), all)).toBeNull()
  })
})
