import { claimReply, sourceLine } from '../../answer/reply.ts'
import { chinaShortDay } from '../../china-time.ts'
import type { Claim } from '../../corpus.ts'
import type { Complaint, Stats } from '../../stores/conversations.ts'
import type { ArticlePage } from '../../conversation/library.ts'
import { LISTING } from '../../conversation/wording.ts'
import { type Formatted, bold, foldedQuote, formatted, joined } from './formatted.ts'
import { renderOpen, titled } from './render-answer.ts'
import { shortened } from '../../language/shortened.ts'

/** A list of articles; its first line carries the query, from where the next page takes it again. */
export function renderArticles({ articles, page }: ArticlePage, query: string): Formatted {
  const head = LISTING.head(query)
  if (articles.length === 0) return formatted(`${head}：${LISTING.none(page)}`)
  const lines = articles.map((article, i) => formatted(`${i + 1}. `, titled(article)))
  return joined([formatted(bold(head), ` · ${LISTING.page(page)}`), ...lines], '\n\n')
}

/** The query of a list that was sent. */
export function listedQuery(text: string): string {
  return /^“(.*)”的报道/.exec(text)?.[1] ?? ''
}

/** What a claim was found to be, and the sentences that show it, unfolded: they are to be compared. */
export function renderClaim(claim: Claim): Formatted[] {
  const { verdict, differences, sources } = claimReply(claim)
  return [formatted(bold(verdict)), formatted(differences.join('\n')), ...sources.map(renderOpen)]
}

export function renderStats(
  periods: readonly (readonly [string, Stats])[],
  calls: string,
): Formatted {
  const seconds = (ms: number | null) => (ms === null ? '—' : `${(ms / 1000).toFixed(2)} 秒`)
  const blocks = periods.map(([name, s]) =>
    formatted(
      bold(name),
      `\n提问 ${s.asked}，提问者 ${s.people}`,
      `\n答上 ${s.answered}，部分 ${s.partial}，未答上来 ${s.notFound}`,
      `\n模型选句 ${s.byModel}；有用 ${s.useful}，有误 ${s.wrong}`,
      `\n用时中位 ${seconds(s.medianMs)}，95% 在 ${seconds(s.p95Ms)} 内`,
      s.stages.length > 0 ? `\n各步平均：${s.stages.map(stageText).join('，')}` : '',
    ),
  )
  return joined([...blocks, calls], '\n\n')
}

const STAGES: Readonly<Record<string, string>> = {
  retrieve: '检索',
  context: '取材',
  words: '按词选句',
  model: '模型选句',
  tell: '成句',
  notices: '提示',
}

const stageText = ({ stage, ms }: Stats['stages'][number]) =>
  `${STAGES[stage] ?? stage} ${ms.toFixed(ms < 10 ? 1 : 0)} 毫秒`

export function renderUnanswered(
  questions: readonly { question: string; times: number; at: number }[],
): Formatted {
  if (questions.length === 0) return formatted('没有未答上来的问题。')
  const lines = questions.map(({ question, times, at }) =>
    formatted(`${chinaShortDay(at)} ${times > 1 ? `×${times} ` : ''}${brief(question)}`),
  )
  return joined([bold('未答上来的问题'), ...lines], '\n')
}

export function renderComplaints(complaints: readonly Complaint[]): Formatted[] {
  if (complaints.length === 0) return [formatted('没有读者指出的错误。')]
  return complaints.map(({ question, answer, comment, at }) =>
    joined(
      [
        formatted(`${chinaShortDay(at)} 问：`, bold(brief(question))),
        comment ? `读者说：${brief(comment)}` : '读者没有写明哪里不对。',
        foldedQuote(brief(answer.statements.map(({ text }) => text).join('\n')) || '（未答上来）'),
        answer.citations.map((citation) => sourceLine(citation)).join('\n'),
      ],
      '\n',
    ),
  )
}

/** A page of a list is one message, whatever people wrote. */
const brief = (text: string) => shortened(text, 200)
