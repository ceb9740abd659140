import { governorsOf } from '../language/governors.ts'
import { askedIn } from '../language/kinds.ts'
import { wordsOf } from '../language/words.ts'
import { ASKED } from './asked.ts'

const asked = governorsOf(ASKED)

/** Offices by which a question asks for who holds them; none where it does not ask for who. */
export function officesAsked(question: string): string[] {
  if (!askedIn(question).some(({ kind }) => kind.name === 'person')) return []
  return wordsOf(question).flatMap((word) => (asked('office', [word]) ? [word.text] : []))
}

/** Whether a question is about how things stand when it is asked: 目前, 今年, or who holds an office. */
export function asksNow(question: string): boolean {
  return asked('now', wordsOf(question)) || officesAsked(question).length > 0
}
