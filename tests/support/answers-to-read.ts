import type { Answer, Citation } from '../../src/corpus.ts'

/** A citation of a paper of Puyang, October 2022. */
export function citationOf(n: number, quote: string, more: Partial<Citation> = {}): Citation {
  return {
    n,
    articleId: 'power',
    passageId: 'power#1',
    source: 'a.txt',
    headline: '“电等企业”供电服务模式成为营商服务新名片',
    publication: { name: '濮阳日报', inferred: true, issue: null, page: null },
    date: { value: '2022-10', printed: null, inferred: true, reason: null },
    place: ['河南省', '濮阳市'],
    url: null,
    quote,
    spans: [{ start: 0, end: quote.length }],
    ...more,
  }
}

export function answerOf(more: Partial<Answer>): Answer {
  return {
    question: '企业用电报装要钱吗？',
    standalone: '企业用电报装要钱吗？',
    status: 'answered',
    statements: [],
    citations: [],
    missing: [],
    notices: [],
    text: '',
    mode: 'words',
    model: null,
    promptVersion: null,
    ms: 1,
    ...more,
  }
}

const LONG =
  '今年5月份，为持续优化营商环境，提升企业获得电力便利度，国网濮阳供电公司主动作为，联合发改、城管、自然资源等部门，以便利市场主体为导向，以全面优化营商环境为目标，实施创新突破，在濮阳高铁片区率先实现“电等企业”服务新模式，使高铁片区新入驻企业（项目）供电“即插即用”，无需承担任何报装及建设费用。'
const COVERED = '截至目前，除了高铁片区，开发区也已基本实现“电等企业”服务模式全覆盖。'
const TEMPORARY =
  '企业申请临时用电时同步落实正式用电方案，跟班代办员全程代办各类审批事项，\n客户可随时线上查询办电信息及进度。'
const LOANS = '今年以来，全市20家企业通过质押143件专利和3件商标获得质押融资2.86亿元。'
const PATENTS = {
  articleId: 'patents',
  passageId: 'patents#2',
  headline: '我市20家企业实现知识产权质押贷款2.86亿元',
}
const TAIQIAN = {
  articleId: 'loan',
  passageId: 'loan#1',
  headline: '“专精特新贷”惠企纾困促发展',
  publication: { name: '濮阳日报', inferred: false, issue: null, page: '3' },
  date: { value: '2022-06-24', printed: '2022年6月24日', inferred: false, reason: null },
  place: ['河南省', '濮阳市', '台前县'],
}
const POWER = {
  text: '今年（2022年）5月份，在濮阳高铁片区，新入驻企业（项目）供电“即插即用”，无需承担任何报装及建设费用。',
  citations: [1],
}
const TABLE =
  '地区 供水报装环节 外线50米内 外线200米内\n阳谷县 3个 不超过5个工作日 不超过10个工作日'

/** Answers that nobody gave, to look at: name, answer, and the day of the question. */
export const ANSWERS: readonly (readonly [name: string, answer: Answer, today: string])[] = [
  [
    'one statement of a recent article',
    answerOf({ statements: [POWER], citations: [citationOf(1, LONG)] }),
    '2023-02-01',
  ],
  [
    'three statements of one article, years later',
    answerOf({
      statements: [
        POWER,
        { text: '除了高铁片区，开发区也已基本实现“电等企业”服务模式全覆盖。', citations: [2] },
        { text: '企业申请临时用电时，跟班代办员全程代办各类审批事项。', citations: [3] },
      ],
      citations: [citationOf(1, LONG), citationOf(2, COVERED), citationOf(3, TEMPORARY)],
    }),
    '2026-03-01',
  ],
  [
    'two articles of one paper and month, partial, and what holds for a time',
    answerOf({
      status: 'partial',
      statements: [
        {
          text: '今年（2022年）以来，全市20家企业通过质押143件专利和3件商标获得质押融资2.86亿元。',
          citations: [1],
        },
        { text: '开发区也已基本实现“电等企业”服务模式全覆盖。', citations: [2] },
      ],
      citations: [citationOf(1, LOANS, PATENTS), citationOf(2, COVERED)],
      missing: ['贷款利率', '几天能办好'],
      notices: [
        {
          kind: 'stale',
          text: '“截至目前”指报道当时（2022年10月），以后可能有变化。',
          citations: [2],
        },
      ],
    }),
    '2024-12-01',
  ],
  [
    'two articles of different places and months',
    answerOf({
      statements: [
        {
          text: '邮储银行台前县支行授信首笔信用类“专精特新贷”200万元，无担保。',
          citations: [1],
        },
        { text: '报告建议：设立担保基金，专项支持辖区企业融资发展。', citations: [2] },
      ],
      citations: [
        citationOf(
          1,
          '6月21日，邮储银行台前县支行成功授信首笔信用类“专精特新贷”200万元。',
          TAIQIAN,
        ),
        citationOf(2, '建议设立担保基金，资金规模2亿元，专项支持辖区企业融资发展。', {
          ...PATENTS,
          headline: '关于加快实施制造强市战略的调研报告',
          publication: { name: '当代濮阳', inferred: false, issue: '第3期', page: null },
          date: { value: '2024-06', printed: null, inferred: true, reason: null },
        }),
      ],
    }),
    '2025-01-05',
  ],
  [
    'a wrong premise',
    answerOf({
      notices: [
        {
          kind: 'premise',
          text: '说法有误，报道写的是：使高铁片区新入驻企业（项目）供电“即插即用”，无需承担任何报装及建设费用。',
          citations: [1],
        },
      ],
      statements: [{ text: '企业申请临时用电时同步落实正式用电方案。', citations: [2] }],
      citations: [citationOf(1, LONG), citationOf(2, TEMPORARY)],
    }),
    '2023-02-01',
  ],
  [
    'a premise corrected by a later statement',
    answerOf({
      statements: [
        { text: '开发区也已基本实现“电等企业”服务模式全覆盖。', citations: [1] },
        { text: '说法有误，报道写的是：无需承担任何报装及建设费用。', citations: [2] },
      ],
      citations: [citationOf(1, COVERED), citationOf(2, LONG)],
    }),
    '2023-02-01',
  ],
  [
    'articles that disagree',
    answerOf({
      status: 'partial',
      statements: [{ text: '全市专利权质押融资总额3.51亿元。', citations: [1] }],
      missing: ['今年'],
      notices: [
        { kind: 'degraded', text: '模型暂时用不了，这里是报道原句。', citations: [] },
        {
          kind: 'conflict',
          text: '《我市20家企业实现知识产权质押贷款2.86亿元》（2022年10月）写的是：融资总额3.51亿元。《知识产权变真金》（2023年2月）写的是：融资总额3.15亿元。',
          citations: [1, 2],
        },
      ],
      citations: [
        citationOf(1, '2021年，全市专利权质押融资总额3.51亿元，居全省第二位。', PATENTS),
        citationOf(2, '2021年，全市专利权质押融资总额3.15亿元。', {
          articleId: 'gold',
          headline: '知识产权变真金',
          date: { value: '2023-02', printed: null, inferred: false, reason: null },
        }),
      ],
    }),
    '2024-01-10',
  ],
  [
    'nothing found, but something near',
    answerOf({
      status: 'not_found',
      missing: ['阳谷县用电报装几天'],
      notices: [
        {
          kind: 'nearest',
          text: '相近的报道（阳谷县）写的是：报装申请0.125个工作日，验收通水1.5个工作日。',
          citations: [1],
        },
      ],
      citations: [
        citationOf(
          1,
          '"压"报装时限——报装申请0.125个工作日,验收通水1.5个工作日,无外线工程3个工作日内完成通水。',
          {
            articleId: 'water',
            headline: '一根水管,连着民生大事',
            publication: { name: '聊城日报', inferred: true, issue: null, page: null },
            date: { value: '2022-12', printed: null, inferred: true, reason: null },
            place: ['山东省', '聊城市', '阳谷县'],
          },
        ),
      ],
    }),
    '2026-03-01',
  ],
  [
    'a row of a table, without headline, paper and date',
    answerOf({
      statements: [{ text: '阳谷县 外线50米内 不超过5个工作日。', citations: [1] }],
      citations: [
        citationOf(1, TABLE, {
          headline: null,
          publication: { name: null, inferred: false, issue: null, page: null },
          date: { value: null, printed: null, inferred: false, reason: null },
          place: ['山东省', '聊城市', '阳谷县'],
        }),
      ],
      notices: [
        { kind: 'place', text: '这是聊城市阳谷县的报道，不是您所在地的。', citations: [1] },
      ],
    }),
    '2026-03-01',
  ],
  [
    'out of scope',
    answerOf({
      status: 'not_found',
      notices: [
        {
          kind: 'scope',
          text: '这里只引用报道原文，不作评价和推荐。可以问报道写了什么。',
          citations: [],
        },
      ],
    }),
    '2026-03-01',
  ],
]
