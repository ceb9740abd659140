import { z } from 'zod'
import { type Answer, type Passage, type Question, articleIdOf } from '../../corpus.ts'
import { judge } from './judge.ts'
import type { Verdict } from './judge.ts'
import { askedOf, UNANSWERABLE } from './judged-question.ts'
import type { JudgedQuestion } from './judged-question.ts'
import { sameWords } from './says.ts'

/**
 * Where an answer went wrong: retrieval did not find the evidence, the context does not hold it, it was
 * not picked, its cut lacks what was asked; or it should not have been given.
 */
export type Stage = 'retrieval' | 'context' | 'picking' | 'wording' | 'refusal'

export interface Evaluated {
  readonly judged: JudgedQuestion
  readonly answer: Answer
  readonly verdict: Verdict
  /** Null when it is right. */
  readonly stage: Stage | null
}

export interface EvaluateDeps {
  readonly answer: (question: Question) => Promise<Answer>
  readonly passages: (articleId: string) => Promise<readonly Passage[]>
  readonly readSource?: (source: string) => string | undefined
  /** Told of each question as it is done. */
  readonly report?: (done: number, total: number) => void
}

/** Answers judged questions one after the other and says of each whether it is right, and where not: its trace tells. */
export async function evaluate(
  questions: readonly JudgedQuestion[],
  { answer, passages, readSource, report }: EvaluateDeps,
): Promise<Evaluated[]> {
  const evaluated: Evaluated[] = []
  for (const judged of questions) {
    const given = await answer(askedOf(judged))
    const verdict = judge(judged, given, readSource)
    const stage = verdict.right ? null : await stageOf(judged, verdict, given)
    evaluated.push({ judged, answer: given, verdict, stage })
    report?.(evaluated.length, questions.length)
  }
  return evaluated

  async function stageOf(
    judged: JudgedQuestion,
    { cites }: Verdict,
    given: Answer,
  ): Promise<Stage> {
    if (judged.kind === UNANSWERABLE) return 'refusal'
    if (cites) return 'wording'
    if (!(await holds(judged, passagesIn(given, 'retrieve')))) return 'retrieval'
    return (await holds(judged, passagesIn(given, 'context'))) ? 'picking' : 'context'
  }

  async function passageOf(id: string): Promise<Passage | undefined> {
    return (await passages(articleIdOf(id))).find((passage) => passage.id === id)
  }

  /** Whether some of the judged evidence stands in passages. */
  async function holds({ evidence }: JudgedQuestion, ids: readonly string[]): Promise<boolean> {
    const found = await Promise.all(ids.map(passageOf))
    return found.some((one) =>
      evidence.some(({ file, quote }) => one?.source === file && sameWords(one.text, quote)),
    )
  }
}

/** What stages say of passages: their ids, or more of each beside its id. */
const Passages = z.array(
  z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]),
)

/** The passages that a stage gave, by its trace. */
export function passagesIn({ trace = [] }: Answer, stage: string): string[] {
  const given = trace.findLast((one) => one.stage === stage)?.['passages']
  return Passages.catch([]).parse(given)
}
