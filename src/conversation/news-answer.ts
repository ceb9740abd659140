import { replyText } from '../answer/reply.ts'
import type { Answer, NoticeKind } from '../corpus.ts'
import type { FollowNews } from './follows.ts'

/** What must be minded of what is told; that other articles say nothing of it, or others lie nearer, is no news. */
const TOLD_BESIDE: ReadonlySet<NoticeKind> = new Set<NoticeKind>(['conflict', 'premise', 'stale'])

/** News of several follows as one answer, its sources numbered through, and the part of each. */
export function asOneAnswer(
  news: readonly FollowNews[],
  today: string,
): { readonly whole: Answer; readonly parts: readonly Answer[] } {
  let before = 0
  const parts = news.map(({ follow, answer }): Answer => {
    const notices = answer.notices.filter(({ kind }) => TOLD_BESIDE.has(kind))
    const told = new Set([...answer.statements, ...notices].flatMap((one) => one.citations))
    const citations = answer.citations.filter(({ n }) => told.has(n))
    const numbers = new Map(citations.map(({ n }, i) => [n, before + i + 1]))
    const numbered = <T extends { readonly citations: readonly number[] }>(one: T) => ({
      ...one,
      citations: one.citations.map((n) => numbers.get(n)!),
    })
    before += citations.length
    const { trace: _, ...rest } = answer
    return {
      ...rest,
      question: follow.topic,
      standalone: follow.topic,
      status: 'answered',
      statements: answer.statements.map(numbered),
      citations: citations.map((one) => ({ ...one, n: numbers.get(one.n)! })),
      missing: [],
      notices: notices.map(numbered),
    }
  })
  const topics = parts.map(({ question }) => question).join('；')
  const whole = {
    ...parts[0]!,
    question: topics,
    standalone: topics,
    statements: parts.flatMap(({ statements }) => statements),
    citations: parts.flatMap(({ citations }) => citations),
    notices: parts.flatMap(({ notices }) => notices),
    ms: parts.reduce((sum, { ms }) => sum + ms, 0),
  }
  return { whole: { ...whole, text: replyText(whole, today) }, parts }
}
