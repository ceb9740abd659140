import type {
  Answer,
  Article,
  Citation,
  Claim,
  Notice,
  Passage,
  Question,
  Ranked,
} from '../../src/corpus.ts'
import type { AnswerOptions } from '../../src/answer/answer.ts'
import { courteous } from '../../src/answer/courteous.ts'
import { degradedNotice } from '../../src/answer/model/failure.ts'
import { replyText } from '../../src/answer/reply.ts'
import { readCourtesy } from '../../src/retrieval/courtesy.ts'

/** Three short articles of papers that do not exist, enough to talk about. */
const SOURCES = [
  {
    id: 'dengta-1',
    headline: '灯塔市企业用电报装一天办结',
    paper: '灯塔日报',
    place: ['辽宁省', '辽阳市', '灯塔市'],
    date: '2023-03-08',
    url: 'https://example.com/dengta?id=1',
    text: '灯塔市供电公司介绍，企业用电报装材料齐全的，一个工作日内办结，不收取报装费用。\n企业可到供电营业厅申请，也可在手机上申请。',
  },
  {
    id: 'liaoyang-2',
    headline: '辽阳市专利质押贷款超过两亿元',
    paper: '辽阳晚报',
    place: ['辽宁省', '辽阳市'],
    date: '2023-05',
    url: null,
    document: null,
    text: '辽阳市今年已有26家企业用专利质押贷款2.1亿元，单笔最高3000万元。\n办理专利质押贷款，企业可向市知识产权局咨询。',
  },
  {
    id: '一个很长的编号，'.repeat(6),
    headline: null,
    paper: '海城报',
    place: ['辽宁省', '鞍山市', '海城市'],
    date: '2022',
    url: null,
    text: `海城市对吸纳就业的小微企业发放一次性补贴。${'补贴按季度发放，企业须在季末前申报，逾期不再受理。'.repeat(70)}`,
  },
] as const

const articles = SOURCES.map(toArticle)
const passages = SOURCES.map(toPassage)

/** A library of a few invented articles, searched by shared pairs of characters. */
export const smallIndex = {
  article: (id: string) => Promise.resolve(articles.find((article) => article.id === id)),
  passages: (id: string) => Promise.resolve(passages.filter(({ articleId }) => articleId === id)),
  state: () => Promise.resolve('small'),
  articleIds: () => Promise.resolve(articles.map(({ id }) => id)),
  async *articles(): AsyncGenerator<Article> {
    for (const article of articles) yield Promise.resolve(article)
  },
}

export function smallRetrieve({ question }: Question, limit: number) {
  const asked = pairs(question)
  const ranked = passages
    .map((passage) => ({
      passage,
      score: [...pairs(passage.text)].filter((pair) => asked.has(pair)).length,
    }))
    .filter(({ score }) => score >= 2)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit)
  return Promise.resolve({ results: ranked.map((one, i): Ranked => ({ ...one, rank: i + 1 })) })
}

/**
 * Answers with the first sentences of the passages found, always the same way. 慢 in a question makes
 * it take its time between statements, 久久 before them, 长篇 makes it longer than a message, 坏 makes it fail, 炸 ends the process, 模型 makes it call a model,
 * or say that today's budget is spent.
 */
export async function smallAnswer(
  question: Question,
  options: AnswerOptions = {},
): Promise<Answer> {
  const { history = [], place, question: asked } = question
  if (asked.includes('久久')) await pauseOrAbort(400, options.signal)
  if (asked.includes('坏')) throw new Error('The engine broke')
  if (asked.includes('炸')) process.kill(process.pid, 'SIGKILL')
  const courtesy = readCourtesy(asked, history)
  if (courtesy) return politely(await courteous(courtesy, everything), question)
  const isFollowUp = asked.startsWith('那') && history.length > 0
  const standalone = isFollowUp ? `${history.at(-1)!.question}${asked}` : asked
  const wantsModel = asked.includes('模型') && !options.byWords
  const generated = wantsModel && ((await options.spend?.()) ?? true)
  const { results } = await smallRetrieve({ question: `${place ?? ''}${standalone}` }, 2)
  const citations = results.map(({ passage }, i) => toCitation(passage, i + 1))
  const once = citations.map(({ quote, n }) => ({ text: quote, citations: [n] }))
  const statements = asked.includes('长篇') ? Array.from({ length: 120 }, () => once).flat() : once
  for (const [i, statement] of statements.entries()) {
    options.onStatement?.(statement, citations.slice(0, i + 1))
    if (asked.includes('慢')) await pauseOrAbort(300, options.signal)
  }
  const answer = {
    question: asked,
    standalone,
    status: statements.length > 0 ? ('answered' as const) : ('not_found' as const),
    statements,
    citations,
    missing: [],
    notices: [
      ...(asked.includes('补贴') && place === undefined && statements.length > 0
        ? [{ kind: 'place' as const, text: '报道说的是别处的做法。', citations: [1] }]
        : []),
      ...(wantsModel && !generated ? [degradedNotice({ reason: 'budget' })] : []),
    ],
    mode: generated ? ('model' as const) : ('words' as const),
    model: generated ? 'small' : null,
    promptVersion: null,
    ms: 1,
  }
  return { ...answer, text: replyText(answer, question.date ?? '2023-06-01') }
}

const everything = () =>
  Promise.resolve({ results: passages.map((passage) => ({ passage, lacking: [''] })) })

function politely(notice: Notice, { question, date = '2023-06-01' }: Question): Answer {
  const answer = {
    question,
    standalone: question,
    status: 'not_found' as const,
    statements: [],
    citations: [],
    missing: [],
    notices: [notice],
    mode: 'words' as const,
    model: null,
    promptVersion: null,
    ms: 1,
  }
  return { ...answer, text: replyText(answer, date) }
}

export async function smallCheckClaim({ claim }: { claim: string }): Promise<Claim> {
  const { results } = await smallRetrieve({ question: claim }, 1)
  const passage = results[0]?.passage
  if (!passage) return { claim, verdict: 'not_found', citations: [], differences: [], ms: 1 }
  const found = passage.text.includes(claim.replace(/。$/, ''))
  return {
    claim,
    verdict: found ? 'found' : 'changed',
    citations: [toCitation(passage, 1)],
    differences: found ? [] : [{ claimed: '5000万元', printed: '3000万元' }],
    ms: 1,
  }
}

function toArticle(source: (typeof SOURCES)[number], i: number): Article {
  return {
    id: source.id,
    source: `${i + 1}.txt`,
    sourceKind: 'newspaper',
    sourceReason: '',
    also: [],
    n: 1,
    kind: 'article',
    headline: source.headline,
    kicker: null,
    subtitle: null,
    subheads: [],
    byline: { reporters: ['方圆'], correspondents: [], authors: [], editor: null },
    publication: { name: source.paper, inferred: false, issue: null, page: null },
    date: { value: source.date, printed: null, inferred: false, reason: null },
    place: [...source.place],
    section: null,
    url: source.url,
    document: null,
    text: source.text,
    spans: [{ start: 0, end: source.text.length }],
    runs: [[0, source.text.length]],
    repairs: [],
    notes: [],
  }
}

function toPassage(source: (typeof SOURCES)[number], i: number): Passage {
  const {
    id: articleId,
    source: file,
    headline,
    kicker,
    publication,
    date,
    place,
    url,
    kind,
  } = toArticle(source, i)
  const text = source.text.slice(0, 400)
  return {
    id: `p${i}`,
    articleId,
    n: 1,
    part: 'body',
    text,
    start: 0,
    runs: [[0, text.length]],
    spans: [{ start: 0, end: text.length }],
    kind,
    source: file,
    headline,
    kicker,
    subhead: null,
    periods: [],
    publication,
    date,
    place,
    url,
  }
}

function toCitation(passage: Passage, n: number): Citation {
  const quote = passage.text.slice(0, passage.text.indexOf('。') + 1)
  const { articleId, source, headline, publication, date, place, url } = passage
  return {
    n,
    articleId,
    passageId: passage.id,
    source,
    headline,
    publication,
    date,
    place,
    url,
    quote,
    spans: [{ start: 0, end: quote.length }],
  }
}

function pairs(text: string): Set<string> {
  return new Set(
    Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)),
  )
}

function pauseOrAbort(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new Error('aborted'))
    })
  })
}
