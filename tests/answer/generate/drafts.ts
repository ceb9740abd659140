import type { ModelDraft } from '../../../src/answer/verify/draft.ts'
import { passage } from '../verify/passages.ts'

export const FREE = '高铁片区新入驻企业（项目）供电“即插即用”，无需承担任何报装及建设费用'
export const AGENT = '跟班代办员全程代办各类审批事项，客户可随时线上查询办电信息及进度'
export const SUM = '今年以来，全市20家企业通过质押143件专利和3件商标获得质押融资2.86亿元'
export const PASSAGES = [
  passage(`在濮阳高铁片区率先实现“电等企业”服务新模式，使${FREE}。`, { articleId: 'a1' }, 0),
  passage(`企业申请临时用电时同步落实正式用电方案，${AGENT}。`, { articleId: 'a1' }, 1000),
  passage(
    `${SUM}。`,
    { articleId: 'a2', date: { value: '2022-10', printed: null, inferred: true, reason: null } },
    2000,
  ),
]
export const QUESTION = '高铁片区的企业用电要交费用吗，怎么查进度？'

export const free = {
  text: '高铁片区新入驻企业无需承担任何报装及建设费用。',
  evidence: [{ label: 1, quote: FREE }],
}
export const agent = {
  text: '跟班代办员全程代办各类审批事项，可随时线上查询进度。',
  evidence: [{ label: 2, quote: AGENT }],
}
export const wrong = {
  text: '全市30家企业获得质押融资2.86亿元。',
  evidence: [{ label: 3, quote: SUM }],
}
export const right = {
  text: '全市20家企业获得质押融资2.86亿元。',
  evidence: [{ label: 3, quote: SUM }],
}
export const invented = {
  text: '所有企业用电永远免费。',
  evidence: [{ label: 1, quote: '所有企业用电永远免费供应' }],
}

export const draft = (
  statements: ModelDraft['statements'],
  over: Partial<ModelDraft> = {},
): ModelDraft => ({
  status: 'answered',
  statements,
  missing: [],
  premise: null,
  ...over,
})
