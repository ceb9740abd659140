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

/** In UTF-16 units: what is pasted to be checked is a sentence or two. */
export const LONGEST_CLAIM = 500

/** What the reader is told when of what was to be checked no more was read. */
export const CLAIM_CUT = '这段话太长，只核对了开头的部分。'

/** What the reader is told when a question was cut. */
export const CUT_NOTICE: Notice = {
  kind: 'scope',
  text: '问题太长，只读了开头的部分。',
  citations: [],
}
