import { describe, expect, test } from 'vitest'
import {
  type Kind,
  KINDS,
  askedIn,
  gives,
  mostTelling,
  parseKinds,
} from '../../src/language/kinds.ts'

const givesOf = (kind: Kind, question: string, sentence: string) =>
  askedIn(question)
    .filter((asked) => asked.kind === kind)
    .map((asked) => gives(asked, sentence))

const namesOf = (question: string) => askedIn(question).map(({ kind }) => kind.name)

describe('the table of kinds', () => {
  test.each(KINDS.map((kind) => [kind.name, kind] as const))('%s is asked and given', (_, kind) => {
    expect(kind.right).not.toHaveLength(0)
    expect(kind.wrong).not.toHaveLength(0)
    for (const { question, sentence } of kind.right)
      expect(givesOf(kind, question, sentence)).toContain(true)
    for (const { question, sentence } of kind.wrong)
      expect(new Set(givesOf(kind, question, sentence))).toEqual(new Set([false]))
  })

  test.each<[question: string, kinds: string[]]>([
    ['什么时候开始报名？', ['date']],
    ['有多少家企业开工？', ['count']],
    ['能贷多少钱，找哪个部门？', ['money', 'organisation']],
    ['报名的人', []],
  ])('of two ways of asking that overlap the longer counts: %s', (question, kinds) => {
    expect(namesOf(question)).toEqual(kinds)
  })

  test.each([
    ['哪儿能打个咨询电话', 'phone'],
    ['打哪个电话问', 'phone'],
    ['好久开工', 'date'],
    ['几时能用上', 'date'],
    ['批下来得几天', 'duration'],
    ['建一座站得砸多少钱', 'money'],
    ['房租补几个钱', 'money'],
    ['一户顶格补多少', 'money'],
    ['停车收好多', 'money'],
    ['研发投入占比多高', 'percent'],
    ['签约的有几家', 'count'],
    ['那篇稿子是谁写的', 'writer'],
    ['在哪个窗口申请', 'office'],
    ['出门往哪头走', 'place'],
    ['这事找哪个', 'actor'],
    ['厂子怎么接电', 'how'],
    ['执照咋个办', 'how'],
    ['都有哪些老字号', 'list'],
    ['为啥招不到人', 'reason'],
    ['啥样的店能领', 'condition'],
    ['我们厂轮得到吗', 'condition'],
    ['手写的条子认不认', 'whether'],
    ['后院准不准养鸡', 'whether'],
  ])('%s asks for %s, as people type it', (question, kind) => {
    expect(namesOf(question)).toContain(kind)
  })

  test.each([
    ['什么意思', 'whether'],
    ['给我介绍介绍氢能', 'number'],
    ['那几个村修了路', 'count'],
    ['上班时间打电话', 'phone'],
  ])('%s does not ask for %s', (question, kind) => {
    expect(namesOf(question)).not.toContain(kind)
  })

  test('who asks for one kind asks for the wider one too', () => {
    expect(namesOf('哪天开会')).toEqual(['day', 'date'])
  })

  test.each([
    ['签约的有多少家', '签约12户企业', '签约12亿元'],
    ['线上对接会办了几回', '举办对接会14场', '对接14家'],
    ['要花多少钱', '投资2000余万元', '投资2000户'],
    ['干完几成了', '完成总进度的75%', '完成75个'],
    ['住了多少人', '常住人口二十余名', '常住二十年'],
    ['几天能批下来', '3个工作日内完成', '3个环节'],
    ['占了多少亩', '占地8万平方米', '占地2年'],
    ['一年发几度电', '年发电30万千瓦时', '年产30万吨'],
    ['立了多少起案子', '立案402起', '立案402天'],
  ])('%s is counted by %s and not by %s', (question, counted, other) => {
    const [asked] = mostTelling(askedIn(question))
    expect(gives(asked!, counted)).toBe(true)
    expect(gives(asked!, other)).toBe(false)
  })

  test('the most telling come first', () => {
    expect(mostTelling(askedIn('怎么申请，电话多少')).map(({ kind }) => kind.name)).toEqual([
      'phone',
      'number',
      'how',
    ])
  })

  test('reads words, shapes and examples', () => {
    expect(
      parseKinds(
        '# 注\n[day]\nof: date\nunits: 天 日 | 号\nasked: 哪天\ngiven: <date>\n✓ 哪天 → 3月1日。\n',
      ),
    ).toEqual([
      {
        name: 'day',
        of: 'date',
        units: [['天', '日'], ['号']],
        asked: ['哪天'],
        unasked: [],
        given: ['<date>'],
        right: [{ question: '哪天', sentence: '3月1日。' }],
        wrong: [],
      },
    ])
  })
})
