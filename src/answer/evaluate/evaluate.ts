import type { Answer, Question } from '../../corpus.ts'
import type { PassageIndex } from '../../retrieval/passage-index.ts'
import type { Retrieve } from '../../retrieval/retrieve.ts'
import { extract } from '../extract/extract.ts'
import { verify } from '../verify/verify.ts'
import { judge } from './judge.ts'
import type { Verdict } from './judge.ts'
import { askedOf, UNANSWERABLE } from './judged-question.ts'
import type { JudgedQuestion } from './judged-question.ts'
import { sameWords } from './says.ts'

/**
 * Where an answer went wrong: retrieval did not find the evidence, selection did not take it,
 * verification dropped it, its wording lacks what was asked; or it should not have been given.
 */
export type Stage = 'retrieval' | 'selection' | 'verification' | 'wording' | 'refusal'

export interface Evaluated {
  readonly judged: JudgedQuestion
  readonly answer: Answer
  readonly verdict: Verdict
  /** Null when it is right. */
  readonly stage: Stage | null
}

export interface EvaluateDeps {
  readonly answer: (question: Question) => Promise<Answer>
  readonly retrieve: Retrieve
  readonly index: Pick<PassageIndex, 'passages'>
  readonly readSource?: (source: string) => string | undefined
  /** Told of each question as it is done. */
  readonly report?: (done: number, total: number) => void
  /** How many passages the evidence is looked for in. */
  readonly depth?: number
}

/** Answers judged questions one after the other and says of each whether it is right, and where not. */
export async function evaluate(
  questions: readonly JudgedQuestion[],
  { answer, retrieve, index, readSource, report, depth = 20 }: EvaluateDeps,
): Promise<Evaluated[]> {
  const evaluated: Evaluated[] = []
  for (const judged of questions) {
    const given = await answer(askedOf(judged))
    const verdict = judge(judged, given, readSource)
    const stage = verdict.right ? null : await stageOf(judged, verdict)
    evaluated.push({ judged, answer: given, verdict, stage })
    report?.(evaluated.length, questions.length)
  }
  return evaluated

  async function stageOf(judged: JudgedQuestion, { cites }: Verdict): Promise<Stage> {
    if (judged.kind === UNANSWERABLE) return 'refusal'
    if (cites) return 'wording'
    const question = askedOf(judged)
    const retrieved = await retrieve(question, depth)
    const isEvidence = (source: string, text: string) =>
      judged.evidence.some(({ file, quote }) => file === source && sameWords(text, quote))
    if (!retrieved.results.some(({ passage }) => isEvidence(passage.source, passage.text)))
      return 'retrieval'
    const today = judged.date ?? new Date().toISOString().slice(0, 10)
    const { draft, passages } = await extract(question, retrieved, index, today)
    const drafted = draft.statements.flatMap(({ evidence }) => evidence)
    const chosen = drafted.some(({ label, quote }) =>
      isEvidence(passages[label - 1]?.source ?? '', quote),
    )
    if (!chosen) return 'selection'
    return verify(draft, passages, judged.question).rejected.length > 0 ? 'verification' : 'wording'
  }
}
