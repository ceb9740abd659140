import type { Answer, Question } from '../corpus.ts'
import type { PassageIndex } from '../retrieval/passage-index.ts'
import type { Retrieve } from '../retrieval/retrieve.ts'
import { extract } from './extract/extract.ts'
import { replyText } from './reply.ts'
import { verify } from './verify/verify.ts'

export interface AnswerDeps {
  readonly retrieve: Retrieve
  readonly index: Pick<PassageIndex, 'frequencies' | 'passages'>
  /** How many passages are read closely. */
  readonly depth?: number
}

/** Answers a question from the articles; every statement stands verified in the words it cites. */
export function createAnswer({ retrieve, index, depth = 20 }: AnswerDeps) {
  return async function answer(question: Question): Promise<Answer> {
    const started = performance.now()
    const { standalone, understood, results } = await retrieve(question, depth)
    const { draft, passages } = await extract(
      { question, standalone, expanded: understood.terms },
      results,
      index,
    )
    const verified = verify(draft, passages, question.question)
    const { rejected: _, rewritten: __, ...stands } = verified
    return {
      ...(question.id !== undefined && { id: question.id }),
      question: question.question,
      standalone,
      ...stands,
      text: replyText(stands),
      mode: 'extractive',
      model: null,
      promptVersion: null,
      ms: performance.now() - started,
    }
  }
}
