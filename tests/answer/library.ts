import { join } from 'node:path'
import { type AnswerDeps, createAnswer } from '../../src/answer/answer.ts'
import { createPickByWeights } from '../../src/answer/pick/learned/pick.ts'
import type { Passage } from '../../src/corpus.ts'
import { openEmbeddedIndex } from '../../src/retrieval/embedded-index.ts'
import { createRetrieve } from '../../src/retrieval/retrieve.ts'
import { type GivenArticle, batchOf } from '../support/passages.ts'

const LINGCHENG = ['河南省', '鹤壁市', '浚县']
const HEBI = ['河南省', '鹤壁市']
const DEZHOU = ['山东省', '德州市']

/** Articles of papers that do not exist. The first passage of each is its head. */
const ARTICLES = [
  {
    id: 'power',
    headline: '浚县小微企业用电零投资',
    place: LINGCHENG,
    date: '2023-03',
    body: [
      '浚县小微企业用电零投资\n本报记者 秦小满',
      '本报讯（记者 秦小满）3月8日，记者从浚县供电公司获悉，浚县对用电容量160千瓦以下的小微企业实行零投资接电，企业无需承担接电费用。企业可通过手机App或到供电营业厅申请，3个工作日内办结。供电公司客户服务科科长胡立新说，今年以来已有412家小微企业用上电。',
    ],
  },
  {
    id: 'loans',
    headline: '全市专利质押贷款情况',
    place: HEBI,
    date: '2022-11',
    body: [
      '全市专利质押贷款情况\n调研组成员：\n方文山〔执笔〕 市知识产权局副局长\n贺兰 市知识产权局科员\n责任编辑：温如玉',
      '截至10月底，全市35家企业通过专利质押获得贷款4.2亿元，单笔最高3000万元。截至目前，没有一笔专利质押贷款逾期。关于专利质押贷款风险，唐广平代表提出：一是设立风险补偿资金池。由财政出资2000万元，对银行损失给予补偿。二是简化评估流程。三是推行线上登记。',
      '全市规模以上工业企业612家，数量居全省第9位。',
    ],
  },
  {
    id: 'figures',
    headline: '制造业发展调研报告',
    place: HEBI,
    date: '2023-01',
    body: [
      '制造业发展调研报告\n本报评论员 孟时雨',
      '2022年，全市规模以上工业企业598家，其中亏损企业41家。新建的科技大厦主体工程已完成总进度的60%，预计2023年12月投用。',
    ],
  },
  {
    id: 'elsewhere',
    headline: '德州专利质押贷款增长两成',
    place: DEZHOU,
    date: '2022-09',
    body: [
      '德州专利质押贷款增长两成\n■ 本报记者 苏北辰',
      '今年前8个月，德州市专利质押贷款达到7.9亿元，同比增长21%。德州市已建成国家级孵化器2家、省级孵化器9家。',
    ],
  },
] as const

interface LibraryOptions {
  /** Words pick, where none is given. */
  readonly model?: AnswerDeps['model']
  /** Articles beside those that all tests know. */
  readonly more?: readonly Omit<GivenArticle, 'source'>[]
}

/** Answers over the invented articles. */
export async function openLibrary(folder: string, { model, more = [] }: LibraryOptions = {}) {
  const index = openEmbeddedIndex(join(folder, 'index.sqlite'))
  const { articles, passages } = batchOf(
    ...[...ARTICLES, ...more].map((article) => ({ ...article, source: `${article.id}.txt` })),
  )
  const placed = passages.map((passage): Passage =>
    passage.n === 0 ? { ...passage, part: 'head' } : passage,
  )
  for (const article of articles) {
    await index.put(
      article.source,
      [article],
      placed.filter(({ articleId }) => articleId === article.id),
    )
  }
  const retrieve = createRetrieve({ index, today: '2023-06-01' })
  return {
    index,
    retrieve,
    answer: createAnswer({
      retrieve,
      passages: (id) => index.passages(id),
      pickByWords: createPickByWeights(),
      ...(model && { model }),
    }),
    close: () => index.close(),
  }
}
