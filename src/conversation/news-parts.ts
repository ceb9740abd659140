import { replyText } from '../answer/reply.ts'
import type { Answer, NoticeKind } from '../corpus.ts'
import type { FollowNews } from '../stores/follows.ts'
import { FOLLOWING } from './wording.ts'

/** One piece of news as it is read; `head` is empty where the one before is of the same follow. */
export interface NewsPart {
  readonly head: string
  readonly answer: Answer
  readonly more: string
}

export interface NewsParts {
  /** All that is told, as one answer with its sources numbered through. */
  readonly whole: Answer
  readonly parts: readonly NewsPart[]
  /** Says how much is not told; empty where all is. */
  readonly rest: string
}

/** So many are shown; of the rest it says how many. */
export const MOST_SHOWN = 3

/** What must be minded of what is told; that other articles say nothing of it, or lie nearer, is no news. */
const TOLD_BESIDE: ReadonlySet<NoticeKind> = new Set<NoticeKind>(['conflict', 'premise', 'stale'])

/** News as they are told on a day (YYYY-MM-DD), the first of them. */
export function newsParts(
  news: readonly FollowNews[],
  today: string,
  most: number = MOST_SHOWN,
): NewsParts {
  const shown = news.slice(0, most)
  let cited = 0
  const parts = shown.map((one, i): NewsPart => {
    const answer = numberedFrom(cited, one)
    cited += answer.citations.length
    return {
      head: one.follow.id === shown[i - 1]?.follow.id ? '' : FOLLOWING.head(one.follow),
      answer,
      more: one.more > 0 ? FOLLOWING.more(one.more) : '',
    }
  })
  const answers = parts.map(({ answer }) => answer)
  const topics = [...new Set(answers.map(({ question }) => question))].join('；')
  const whole = {
    ...answers[0]!,
    question: topics,
    standalone: topics,
    statements: answers.flatMap(({ statements }) => statements),
    citations: answers.flatMap(({ citations }) => citations),
    notices: answers.flatMap(({ notices }) => notices),
    ms: answers.reduce((sum, { ms }) => sum + ms, 0),
  }
  const rest = news.length - shown.length
  return {
    whole: { ...whole, text: replyText(whole, today) },
    parts,
    rest: rest > 0 ? FOLLOWING.rest(rest) : '',
  }
}

/** What is told of one follow, its sources numbered on from others. */
function numberedFrom(before: number, { follow, answer }: FollowNews): Answer {
  const notices = answer.notices.filter(({ kind }) => TOLD_BESIDE.has(kind))
  const told = new Set([...answer.statements, ...notices].flatMap((one) => one.citations))
  const citations = answer.citations.filter(({ n }) => told.has(n))
  const numbers = new Map(citations.map(({ n }, i) => [n, before + i + 1]))
  const renumbered = <T extends { readonly citations: readonly number[] }>(one: T) => ({
    ...one,
    citations: one.citations.map((n) => numbers.get(n)!),
  })
  return {
    ...answer,
    question: follow.topic,
    standalone: follow.topic,
    status: 'answered',
    statements: answer.statements.map(renumbered),
    citations: citations.map((one) => ({ ...one, n: numbers.get(one.n)! })),
    missing: [],
    notices: notices.map(renumbered),
  }
}
