import { type EvaluateDeps, evaluate } from '../../answer/evaluate/evaluate.ts'
import type { JudgedQuestion } from '../../answer/evaluate/judged-question.ts'
import type { Answer } from '../../corpus.ts'
import type { PassagesOf } from './pointed.ts'
import type { Ran } from './run-store.ts'
import { messageOf } from '../../message-of.ts'

export interface RunJudgedDeps {
  readonly answer: EvaluateDeps['answer']
  readonly passagesOf: PassagesOf
  readonly signal?: AbortSignal
  /** Told of each question as it is done. */
  readonly report?: (done: number, total: number) => void
}

/**
 * Asks judged questions, one after the other so that nobody who asks waits for them, and says what
 * became of each. One that could not be answered is wrong, and says so.
 * @throws the signal's reason when it was aborted.
 */
export async function runJudged(
  questions: readonly JudgedQuestion[],
  { answer, passagesOf, signal, report }: RunJudgedDeps,
): Promise<{ readonly ran: readonly Ran[]; readonly last: Answer | undefined }> {
  const ran: Ran[] = []
  let last: Answer | undefined
  for (const judged of questions) {
    signal?.throwIfAborted()
    const { id, question } = judged
    try {
      const [evaluated] = await evaluate([judged], { answer, passages: passagesOf })
      const { verdict, stage, answer: given } = evaluated!
      last = given
      const said = given.statements.map(({ text }) => text).join('')
      ran.push({ id, question, stage, faults: verdict.faults, said })
    } catch (error) {
      const words = messageOf(error)
      ran.push({ id, question, stage: 'failed', faults: [{ kind: 'failed', words }], said: '' })
    }
    report?.(ran.length, questions.length)
  }
  return { ran, last }
}
