import { describe, expect, test } from 'vitest'
import { withGovernors } from '../../../src/answer/tell/govern.ts'
import { RELATIONS } from '../../../src/answer/tell/relations.ts'
import { NEEDS, type Needs } from '../../../src/answer/tell/needs.ts'
import { GOVERNORS, governorsOf } from '../../../src/language/governors.ts'
import type { Span } from '../../../src/traced.ts'
import { cuttable, indexesOf, pickedOf, toldOf } from './told.ts'

/** What is picked of a sentence, and what is told of it. */
type Case = readonly [kind: string, sentence: string, keep: string, told: string]
const whole = (kind: string, sentence: string, keep: string): Case => [
  kind,
  sentence,
  keep,
  sentence,
]

describe('what governs a piece is told with it', () => {
  test.each<Case>([
    whole('negation', '各镇不得强行征收摊位，改建停车场。', '改建停车场'),
    whole('exception', '除连锁店外，全县商户都可以减免摊位费。', '全县商户都可以减免摊位费'),
    whole('exception behind', '商户可以减免摊位费，但连锁店除外。', '商户可以减免摊位费'),
    whole('condition', '连续经营满两年的，每家最高补贴20万元。', '每家最高补贴20万元'),
    whole('if', '如果商户当年停业，摊位费减免全部收回。', '摊位费减免全部收回'),
    whole('whom it is for', '对吸纳残疾人的商户，每人每年补贴3000元。', '每人每年补贴3000元'),
    whole('without', '未取得健康证明的，不得经营餐饮摊位。', '不得经营餐饮摊位'),
    whole('phase', '验收合格后，县财政拨付余款三成。', '县财政拨付余款三成'),
    whole('limit', '农户可免费参加冷链培训，每年最多两次。', '农户可免费参加冷链培训'),
    whole('limit of each', '企业可申请厂房租金补贴，单户不超过8万元。', '企业可申请'),
    whole('what is left out', '商户可以减免摊位费，不含水电费。', '商户可以减免摊位费'),
    whole('term', '夜市管理办法自5月1日起施行，有效期两年。', '夜市管理办法自5月1日起施行'),
    whole('time', '2021年8月，柳溪县开通夜市专线，票价一元。', '票价一元'),
    [
      'time over another list item',
      '3月底，柳溪县完成路灯改造；青石镇开工建设冷库。',
      '青石镇开工建设冷库',
      '3月底，柳溪县完成路灯改造；青石镇开工建设冷库。',
    ],
    whole('subject', '青石镇引进纺织企业9家，投资总额达到4亿元。', '投资总额达到4亿元'),
    whole('但', '首批消费券已发放完毕，但第二批尚未确定时间。', '但第二批尚未确定时间'),
    whole('但 behind', '取水许可可以延续，但不得转让。', '取水许可可以延续'),
    whole('其中 with its whole', '县里有摊位860个，其中餐饮摊位510个。', '其中餐饮摊位510个'),
    whole(
      'a part behind 其中',
      '全县共有摊位860个，其中餐饮摊位510个，百货摊位350个。',
      '百货摊位350个',
    ),
    whole('plan', '县商务局计划新建冷库9座，分布在三个乡镇。', '分布在三个乡镇'),
    whole('obligation', '商户办证前，应先完成健康体检。', '应先完成健康体检'),
    whole('encouragement', '鼓励农户以土地入股，参与冷库经营。', '参与冷库经营'),
    whole('speaker behind', '“夜市收入翻了一番，摊位供不应求。”管理员罗小满说。', '摊位供不应求'),
    whole('speaker before', '罗小满介绍：“夜市收入翻了一番，摊位供不应求。”', '摊位供不应求'),
    whole(
      'speaker in his own words',
      '夜市管理员罗小满表示，夜市延长到凌晨一点，摊位费不变。',
      '摊位费不变',
    ),
    [
      'list head',
      '柳溪县提出四项措施：一是延长营业时间，二是减免摊位费，三是增设公厕。',
      '二是减免摊位费',
      '柳溪县提出四项措施：一是延长营业时间，二是减免摊位费。',
    ],
    whole(
      'a head with its list',
      '申报商户应当具备下列条件：在县内注册，连续经营两年，没有欠税。',
      '申报商户应当具备下列条件',
    ),
    whole('分别', '东关市场、西关市场、南关市场分别安装充电桩12个、8个、5个。', '东关市场'),
    [
      'a bracket that bounds',
      '一座冷库的成本约为300万元（不含土地），电费另算。',
      '一座冷库的成本约为300万元',
      '一座冷库的成本约为300万元（不含土地）。',
    ],
    [
      'a bracket within a word',
      '县（区）级冷库由当地管理，电费按月结算。',
      '级冷库由当地管理',
      '县（区）级冷库由当地管理。',
    ],
    [
      'a bracket that only names, which goes',
      '柳溪县农业农村局（以下简称农业局）发布通知。',
      '发布通知',
      '柳溪县农业农村局发布通知。',
    ],
    [
      'what a bracket stands behind',
      '冷库的成本约为300万元（不含土地），电费另算。',
      '不含土地',
      '冷库的成本约为300万元（不含土地）。',
    ],
    whole('deadline', '培训补贴自5月10日起申请，11月30日截止申请。', '培训补贴自5月10日起申请'),
    whole('a late deadline', '夜市摊位申请从5月开始，逾期不再办理。', '夜市摊位申请从5月开始'),
    whole('a quoted phrase', '夜市推出“一证、一码、一牌”管理。', '一码'),
  ])('%s: %s', (_kind, sentence, keep, told) => {
    expect(toldOf(sentence, [keep])).toBe(told)
  })
})

describe('what governs nothing is left alone', () => {
  test.each<readonly [sentence: string, keep: string]>([
    ['县财政局拨付冷库建设资金500万元，涉及农户86户。', '县财政局拨付冷库建设资金500万元'],
    ['冷库项目已开工建设，尚未安装设备。', '冷库项目已开工建设'],
    ['柳溪县延长公交运营时间，方便了群众夜间消费。', '柳溪县延长公交运营时间'],
    ['为方便群众夜间消费，柳溪县延长公交运营时间。', '柳溪县延长公交运营时间'],
    ['冷库建成后可储存果蔬3万吨，带动农户200户。', '冷库建成后可储存果蔬3万吨'],
    ['柳溪县与邻县共建冷库，降低了运输成本。', '柳溪县与邻县共建冷库'],
    ['柳溪县提出四项措施：一是延长营业时间，二是减免摊位费。', '柳溪县提出四项措施'],
  ])('%s', (sentence, keep) => {
    expect(toldOf(sentence, [keep])).toBe(`${keep}。`)
  })
})

describe('the relations that say what may govern a clause', () => {
  const CASES: Readonly<
    Record<keyof typeof RELATIONS, readonly [sentence: string, keep: string, found: string[]]>
  > = {
    conditions: [
      '连续经营满两年的，每家最高补贴20万元。',
      '每家最高补贴20万元',
      ['连续经营满两年的'],
    ],
    times: ['2021年8月，柳溪县开通夜市专线，票价一元。', '票价一元', ['2021年8月']],
    subjects: [
      '青石镇引进纺织企业9家，投资总额达到4亿元。',
      '投资总额达到4亿元',
      ['青石镇引进纺织企业9家'],
    ],
    scopes: [
      '该县柳溪镇有夜市3处，餐饮商户达到123家。',
      '餐饮商户达到123家',
      ['该县柳溪镇有夜市3处'],
    ],
    modality: ['各镇不得强行征收摊位，改建停车场。', '改建停车场', ['各镇不得强行征收摊位']],
    leaning: [
      '首批消费券已发放完毕，但第二批尚未确定时间。',
      '但第二批尚未确定时间',
      ['首批消费券已发放完毕'],
    ],
    limits: ['商户可以减免摊位费，但连锁店除外。', '商户可以减免摊位费', ['但连锁店除外']],
    lists: [
      '申报商户应当具备下列条件：在县内注册，没有欠税。',
      '申报商户应当具备下列条件',
      ['在县内注册', '没有欠税'],
    ],
    speakers: ['“摊位供不应求，还要扩建。”管理员罗小满说。', '还要扩建', ['管理员罗小满说']],
    reporters: [
      '夜市管理员罗小满表示，夜市延长到凌晨一点，摊位费不变。',
      '摊位费不变',
      ['夜市管理员罗小满表示'],
    ],
  }

  test.each(Object.entries(CASES))('%s', (name, [sentence, keep, found]) => {
    const sentenceRead = pickedOf(sentence, [keep])
    const [at] = sentenceRead.picked
    const relation = Object.entries(RELATIONS).find(([known]) => known === name)![1]
    const clauses = new Set(relation(at!, sentenceRead))
    expect([...clauses].map((i) => sentenceRead.clauses[i]!.clause.text)).toEqual(found)
  })
})

test('whatever the weights say, a clause, a bracket that bounds and 分别 are told whole', () => {
  const needs: Needs = { ...NEEDS, thresholds: { gate: 2, with: 2 } }
  const told = (sentence: string, keep: string) => {
    const of = cuttable(sentence)
    const governs = governorsOf(GOVERNORS)
    const indexes = withGovernors(of.text, of.pieces, indexesOf(of, [keep]), governs, needs)
    return [...indexes].toSorted((a, b) => a - b).map((i) => of.text.slice(...span(of.pieces[i]!)))
  }
  const span = ({ start, end }: Span) => [start, end] as const
  expect(told('东关、西关，摊位数分别为320个、180个。', '180')).toEqual([
    '东关',
    '西关',
    '摊位数分别为320个',
    '180个',
  ])
  expect(told('今年，冷库约需300万元（不含土地），两年收回。', '冷库')).toEqual([
    '冷库约需300万元',
    '不含土地',
  ])
  expect(told('连续经营满两年的，补贴20万元。', '补贴')).toEqual(['补贴20万元'])
})

test('it only adds', () => {
  const of = cuttable('连续经营满两年的，每家最高补贴20万元，按季度发放；逾期不补。')
  const governs = governorsOf(GOVERNORS)
  for (let set = 1; set < 2 ** of.pieces.length; set++) {
    const picks = of.pieces
      .keys()
      .filter((i) => set & (1 << i))
      .toArray()
    const told = withGovernors(of.text, of.pieces, picks, governs)
    expect(picks.filter((i) => !told.has(i))).toEqual([])
  }
  expect(indexesOf(of, ['逾期不补'])).toEqual([3])
})
