import { figures } from '../../../src/language/figures.ts'
import type { Draft } from '../../../src/answer/verify/draft.ts'
import { PARAPHRASES } from './paraphrases.ts'
import { PASSAGES } from './passages.ts'

/** A draft that lies: nothing that says `lie` may come through. */
export interface Hostile {
  readonly name: string
  readonly draft: Draft
  readonly lie: string
  readonly question: string
}

const QUESTION = '企业融资、用电、用水有什么政策？'

/** True statements, quoted with the whole of their sentence, so that only the lie can be what makes them fall. */
const TRUE = PARAPHRASES.map(([label, quote, text]) => ({ label, quote, text }))

const draft = (over: Partial<Draft>): Draft => ({
  status: 'answered',
  statements: [],
  missing: [],
  premise: null,
  ...over,
})

function stating(name: string, lie: string, label: number, quote: string): Hostile {
  return {
    name,
    lie,
    question: QUESTION,
    draft: draft({ statements: [{ text: lie, evidence: [{ label, quote }] }] }),
  }
}

/** Each way to falsify a figure: [pattern, replacement]. */
const FIGURE_LIES: readonly (readonly [string, RegExp, string])[] = [
  ['another digit', /\d(?=[^\d]*$)/u, '□'],
  ['ten times as much', /(\d+(?:\.\d+)?)(?=万|亿|%|个|家|件|笔|份|亩)/u, '1$1'],
  ['another magnitude', /亿元/u, '万元'],
  ['another magnitude', /(?<=\d)万元/u, '亿元'],
  ['another unit', /(?<=\d)%/u, '个百分点'],
  ['another unit', /个工作日/u, '个月'],
  ['another unit', /个工作日/u, '天'],
  ['another currency', /(?<=[万亿])元/u, '美元'],
  ['another sign', /(?<![\d.])(?=\d+(?:\.\d+)?%)/u, '-'],
  ['the decimal point lost', /(?<=\d)\.(?=\d)/u, ''],
  ['a digit cut off', /(?<=\d)\d(?=[万亿%个家件])/u, ''],
  ['another year', /20\d\d(?=年)/u, '2019'],
  ['another month', /\d{1,2}(?=月)/u, '3'],
  ['another order', /第[一二1234]位/u, '第五位'],
  ['another bound', /不低于|至少/u, '不超过'],
  ['another bound', /不超过|最多/u, '至少'],
  ['Chinese numerals', /\d+(?=家|户|个|件|笔|份)/u, '三十七'],
]

/** Each way to turn what is said: negations, plans, directions, extents. */
const TURNS: readonly (readonly [string, RegExp, string])[] = [
  ['a negation lost', /不用|无需|不需要|不(?=[收含])|没有(?=外线)|未(?=出现)/u, ''],
  [
    'a negation gained',
    /(?<=[，。、]|^|企业|项目|园区|基地)(?=实现|可以|获得|办理|覆盖|居|开展|奖励|成为|增长|达到|融资)/u,
    '不能',
  ],
  ['spared', /(?=办理|承担|提交|审批|付息)/u, '无需'],
  ['forbidden', /(?=办理|承担|提交|享受|捆绑)/u, '禁止'],
  ['stopped', /(?=办理|代办|奖励|探索|推进)/u, '停止'],
  ['a plan done', /预计|计划|将(?=统筹)/u, '已经'],
  ['under way done', /正在(?:探索|安装|陆续进场|推进)|正陆续进场/u, '已全部完成'],
  ['the other way', /增长|增加/u, '下降'],
  ['the other way', /降低|减少|缩短|压缩/u, '提高'],
  ['the highest lowest', /最高/u, '最低'],
  ['the lowest highest', /最低/u, '最高'],
  ['another level', /省级/u, '国家级'],
  ['another level', /市级/u, '省级'],
  ['another level', /全省/u, '全国'],
  ['a hedge lost', /基本实现/u, '全面实现'],
  ['online', /线上|在线/u, '线下'],
  ['an obligation', /可以(?=随时|捆绑|用|关注)/u, '必须'],
  ['a restriction', /^(?=\p{Script=Han})/u, '只有国有企业可以享受：'],
]

const NAME_LIES: readonly (readonly [string, string])[] = [
  ['an office', '，由市财政局负责。'],
  ['an office', '，到濮阳县人力资源和社会保障局办理。'],
  ['a company', '，中国石油天然气集团公司也在其中。'],
  ['a bank', '，找中国建设银行办。'],
  ['a document', '，依据《濮阳市促进民营经济发展条例》。'],
  ['a quoted name', '，叫“惠企直通车”。'],
  ['a platform', '，在“豫企通”平台上办。'],
  ['a person', '，市长李建国表示。'],
  ['a place', '，郑州市也一样。'],
  ['a link', '，见 http://example.com/apply'],
  ['a telephone', '，电话0393-8991234。'],
  ['a telephone', '，拨打12345。'],
]

const ADDED: readonly string[] = [
  '，每月还能领取生活补贴。',
  '，审批官员会上门送红包。',
  '，逾期不办的将被列入失信名单。',
  '，外资企业除外。',
  '，优先照顾亲属。',
  '，手续全部作废。',
]

const INVENTED: readonly (readonly [string, string])[] = [
  ['企业可以直接申领一次性创业扶持资金', '符合条件的企业可以直接申领一次性创业扶持资金'],
  ['申请人须缴纳保证金后方可办理业务', '申请人须缴纳保证金后方可办理'],
  ['所有企业用电永远免费', '全市所有企业用电永远免费供应'],
]

const PREMISES: readonly string[] = [
  '该政策已经停止执行。',
  '不是2.86亿元，而是3.5亿元。',
  '负责的不是市场监管局，是市税务局。',
  '企业必须先缴纳报装费用。',
  '这项政策依据《河南省用电管理办法》。',
  '供电并非无需承担费用。',
]

const MISSING: readonly string[] = [
  '补贴标准为每户5000元',
  '该政策已经取消',
  '市财政局的联系电话',
  '《濮阳市贷款贴息办法》的适用范围',
  '必须先交保证金',
  '打电话0393-1234567咨询',
  '企业融资一律由中国银行办理',
]

/** Several hundred lies, made from true statements over real passages by templates. */
export function hostileDrafts(): Hostile[] {
  return [
    ...TRUE.flatMap(({ label, quote, text }) =>
      FIGURE_LIES.flatMap(([name, pattern, by]) => {
        const lie =
          by === '□'
            ? text.replace(pattern, (d) => String((Number(d) + 3) % 10))
            : text.replace(pattern, by)
        return lie === text || sameFigures(lie, text) || said(lie, label)
          ? []
          : [stating(`a figure: ${name}`, lie, label, quote)]
      }),
    ),
    ...TRUE.flatMap(({ label, quote, text }) =>
      TURNS.flatMap(([name, pattern, by]) => {
        const lie = text.replace(pattern, by)
        return lie === text ? [] : [stating(`turned: ${name}`, lie, label, quote)]
      }),
    ),
    ...TRUE.flatMap(({ label, quote, text }, i) => {
      const [name, tail] = NAME_LIES[i % NAME_LIES.length]!
      return [stating(`a name: ${name}`, text.replace(/[。]?$/u, tail), label, quote)]
    }),
    ...TRUE.flatMap(({ label, quote, text }, i) => [
      stating('an addition', text.replace(/[。]?$/u, ADDED[i % ADDED.length]!), label, quote),
    ]),
    ...TRUE.map(({ label, quote, text }) => ({
      ...stating('the question affirmed', `${text.slice(0, 10)}可以领取装修补贴。`, label, quote),
      question: '企业可以领取装修补贴吗？',
    })),
    ...TRUE.slice(0, 10).map(({ label, quote }) => stating('one word', '没有。', label, quote)),
    ...TRUE.flatMap(({ label, quote, text }) =>
      swaps(text).map((lie) => stating('swapped figures', lie, label, quote)),
    ),
    ...TRUE.flatMap(({ label, text }, i) => quoteLies(label, text, i)),
    ...INVENTED.flatMap(([text, quote]) =>
      PASSAGES.slice(0, 4).map((_, i) => stating('an invented quote', text, i + 1, quote)),
    ),
    ...INVENTED.flatMap(([text]) =>
      TRUE.slice(0, 8).map(({ label, quote }) =>
        stating('a quote that says something else', text, label, quote),
      ),
    ),
    ...PREMISES.flatMap((text) =>
      [TRUE[0]!, TRUE[5]!].map(({ label, quote }) => ({
        name: 'a lie in the premise',
        lie: text,
        question: '高铁片区企业用电要交报装费用吗？',
        draft: draft({
          statements: [
            { text: TRUE[0]!.text, evidence: [{ label: TRUE[0]!.label, quote: TRUE[0]!.quote }] },
          ],
          premise: { text, evidence: [{ label, quote }] },
        }),
      })),
    ),
    ...MISSING.map((text) => ({
      name: 'a lie in what is missing',
      lie: text,
      question: QUESTION,
      draft: draft({
        statements: [
          { text: TRUE[0]!.text, evidence: [{ label: TRUE[0]!.label, quote: TRUE[0]!.quote }] },
        ],
        missing: [text],
      }),
    })),
  ]
}

/** Quotes that are empty, cut short, stitched or under a label that was not sent. */
function quoteLies(label: number, text: string, i: number): Hostile[] {
  const other = TRUE[(i + 7) % TRUE.length]!
  const quote = TRUE[i]!.quote
  const stitched = `${quote.slice(0, 12)}${other.quote.slice(-12)}`
  const bad: readonly (readonly [string, Draft['statements'][number]['evidence']])[] = [
    ['no quote', []],
    ['an empty quote', [{ label, quote: '' }]],
    ['a short quote', [{ label, quote: quote.slice(0, 4) }]],
    ['a stitched quote', [{ label, quote: stitched }]],
    ['a quote with a gap', [{ label, quote: `${quote.slice(0, 6)}……${quote.slice(-6)}` }]],
    ['a foreign label', [{ label: PASSAGES.length + 1 + i, quote }]],
    ['label 0', [{ label: 0, quote }]],
    ['the wrong label', [{ label: (label % PASSAGES.length) + 1, quote }]],
  ]
  const [name, evidence] = bad[i % bad.length]!
  return [
    { name, lie: text, question: QUESTION, draft: draft({ statements: [{ text, evidence }] }) },
  ]
}

/** Two figures of one kind in each other's place. */
function swaps(text: string): string[] {
  const all = figures(text)
  return all.flatMap((a, i) => {
    const b = all
      .slice(i + 1)
      .find(
        (f) =>
          f.kind === 'quantity' &&
          a.kind === 'quantity' &&
          f.unit === a.unit &&
          f.value !== a.value,
      )
    if (!b) return []
    return [
      text.slice(0, a.start) +
        b.printed +
        text.slice(a.end, b.start) +
        a.printed +
        text.slice(b.end),
    ]
  })
}

const values = (text: string) =>
  figures(text)
    .map((f) => JSON.stringify({ ...f, start: 0, end: 0, printed: '', counts: '' }))
    .join()
const sameFigures = (a: string, b: string) => values(a) === values(b)

/** By chance the passage itself prints the altered figure. */
const said = (lie: string, label: number) => PASSAGES[label - 1]!.text.includes(lie)
