import type { Question } from '../corpus.ts'

/** What an asker asked, now and before, in his own words. */
export function questionsOf({ question, history = [] }: Question): string[] {
  return [question, ...history.map((turn) => turn.question)]
}
