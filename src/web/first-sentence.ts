import { sentences } from '../language/sentences.ts'
import { cut } from '../code-points.ts'

/** What is shown of a first sentence, in UTF-16 units. */
const SHOWN_LENGTH = 120

/** What an article begins with, in one line. */
export function firstSentence(text: string): string {
  const first = sentences(cut(text, 4 * SHOWN_LENGTH))[0]
  const sentence = first ? text.slice(first.start, first.end).replaceAll(/\s+/gu, ' ') : ''
  return sentence.length <= SHOWN_LENGTH ? sentence : `${cut(sentence, SHOWN_LENGTH - 1)}…`
}
