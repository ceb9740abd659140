import { governorsOf } from '../language/governors.ts'
import { wordsOf } from '../language/words.ts'
import { ASKED } from './asked.ts'
import { wantsOf } from './wants.ts'

const asked = governorsOf(ASKED)

/** Whether a question is about how things stand when it is asked: 目前, 今年, or who holds an office. */
export function asksNow(question: string): boolean {
  const words = wordsOf(question)
  return asked('now', words) || (asked('office', words) && wantsOf(question).includes('who'))
}
