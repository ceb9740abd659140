import type { Answer, Citation, Question, Statement } from '../corpus.ts'
import type { PassageIndex } from '../retrieval/passage-index.ts'
import type { Retrieve } from '../retrieval/retrieve.ts'
import { extract } from './extract/extract.ts'
import { replyText } from './reply.ts'
import { outOfScope, SCOPE_NOTICES } from './scope.ts'
import type { OutOfScope } from './scope.ts'
import { verify } from './verify/verify.ts'
import type { Verified } from './verify/verify.ts'

export interface AnswerDeps {
  readonly retrieve: Retrieve
  readonly index: Pick<PassageIndex, 'passages'>
  /** How many passages are read closely. */
  readonly depth?: number
}

/** How an answer is wanted, for whoever writes it. */
export interface AnswerOptions {
  /** Told each statement as soon as it was verified, in the answer's order. */
  readonly onStatement?: (statement: Statement, citations: readonly Citation[]) => void
}

/** Answers a question from the articles; every statement stands verified in the words it cites. */
export function createAnswer({ retrieve, index, depth = 20 }: AnswerDeps) {
  return async function answer(
    question: Question,
    { onStatement }: AnswerOptions = {},
  ): Promise<Answer> {
    const started = performance.now()
    const outside = outOfScope(question.question)
    if (outside) return finished(question, question.question, declined(outside), started)

    const retrieved = await retrieve(question, depth)
    const { draft, passages } = await extract(question, retrieved, index, question.date ?? today())
    const verified = verify(draft, passages, question.question)
    for (const statement of verified.statements) onStatement?.(statement, verified.citations)
    return finished(question, retrieved.standalone, verified, started)
  }
}

/** YYYY-MM-DD. */
function today(): string {
  return new Date().toISOString().slice(0, 10)
}

type Standing = Pick<Verified, 'status' | 'statements' | 'citations' | 'missing' | 'notices'>

function declined(outside: OutOfScope): Standing {
  const notice = { kind: 'scope' as const, text: SCOPE_NOTICES[outside], citations: [] }
  return { status: 'not_found', statements: [], citations: [], missing: [], notices: [notice] }
}

function finished(
  { id, question }: Question,
  standalone: string,
  { status, statements, citations, missing, notices }: Standing,
  started: number,
): Answer {
  const stands = { status, statements, citations, missing, notices }
  return {
    ...(id !== undefined && { id }),
    question,
    standalone,
    ...stands,
    text: replyText(stands),
    mode: 'extractive',
    model: null,
    promptVersion: null,
    ms: performance.now() - started,
  }
}
