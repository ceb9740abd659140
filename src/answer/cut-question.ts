import type { Notice } from '../corpus.ts'

/** In code points; nobody asks an office in more. */
export const LONGEST_QUESTION = 500

/** A question as it is answered: what goes beyond the length that is read is cut off. */
export function cutQuestion(question: string): {
  readonly question: string
  readonly cut: boolean
} {
  const points = Array.from(question)
  if (points.length <= LONGEST_QUESTION) return { question, cut: false }
  return { question: points.slice(0, LONGEST_QUESTION).join('').trim(), cut: true }
}

/** What the reader is told when a question was cut. */
export const CUT_NOTICE: Notice = {
  kind: 'scope',
  text: '问题太长，只读了开头的部分。',
  citations: [],
}
