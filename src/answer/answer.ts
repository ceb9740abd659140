import type { Answer, Citation, Question, Statement } from '../corpus.ts'
import type { PassageIndex } from '../retrieval/passage-index.ts'
import type { Retrieve } from '../retrieval/retrieve.ts'
import { CUT_NOTICE, cutQuestion } from './cut-question.ts'
import { extract } from './extract/extract.ts'
import type { Model } from './model/open-model.ts'
import { replyText } from './reply.ts'
import { outOfScope, SCOPE_NOTICES } from './scope.ts'
import type { OutOfScope } from './scope.ts'
import type { Draft, DraftNotice } from './verify/draft.ts'
import { verify } from './verify/verify.ts'
import type { Verified } from './verify/verify.ts'

export interface AnswerDeps {
  readonly retrieve: Retrieve
  readonly index: Pick<PassageIndex, 'passages'>
  /** A language model; sentences are found by words without one, and where it fails. */
  readonly model?: Model
  /** How many passages are read closely. */
  readonly depth?: number
}

/** How an answer is wanted, for whoever writes it. */
export interface AnswerOptions {
  /** Told each statement as soon as it was verified, in the answer's order. */
  readonly onStatement?: (statement: Statement, citations: readonly Citation[]) => void
  readonly signal?: AbortSignal
  /** Asked before each call of a model; false when today's budget is spent. */
  readonly spend?: () => boolean
}

/** Answers a question from the articles; every statement stands verified in the words it cites. */
export function createAnswer({ retrieve, index, model, depth = 20 }: AnswerDeps) {
  return async function answer(asked: Question, options: AnswerOptions = {}): Promise<Answer> {
    const started = performance.now()
    const { question: read, cut } = cutQuestion(asked.question)
    const question = { ...asked, question: read }
    const outside = outOfScope(read)
    if (outside) return finished(asked, read, declined(outside), QUOTED, started)

    const day = question.date ?? today()
    const retrieved = await retrieve(await madeWhole(question, options), depth)
    const extraction = await extract(question, retrieved, index, day)
    const { standalone } = retrieved
    const notices = [...(cut ? [CUT_NOTICE] : []), ...(retrieved.degraded ? [LEXICAL_NOTICE] : [])]
    const verified = verify(noticing(extraction.draft, notices), extraction.passages, read)
    for (const statement of verified.statements)
      options.onStatement?.(statement, verified.citations)
    return finished(asked, standalone, verified, QUOTED, started)
  }

  /** The question to search with; retrieval makes a follow-up whole itself where no model does. */
  async function madeWhole(question: Question, options: AnswerOptions): Promise<Question> {
    const whole = await model?.makeStandalone(question, options)
    if (whole?.status !== 'whole') return question
    const { history: _, ...alone } = question
    return { ...alone, question: whole.question }
  }
}

/** Vectors could not be had for this search. */
const LEXICAL_NOTICE: DraftNotice = {
  kind: 'degraded',
  text: '语义检索暂时不可用，本次只按字词查找，可能不全。',
  evidence: [],
}

/** How an answer came about. */
type Made = Pick<Answer, 'mode' | 'model' | 'promptVersion'>
const QUOTED: Made = { mode: 'words', model: null, promptVersion: null }

/** A draft with notices of how it was made. */
function noticing(draft: Draft, notices: readonly DraftNotice[]): Draft {
  return { ...draft, notices: [...(draft.notices ?? []), ...notices] }
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
  { mode, model, promptVersion }: Made,
  started: number,
): Answer {
  const stands = { status, statements, citations, missing, notices }
  return {
    ...(id !== undefined && { id }),
    question,
    standalone,
    ...stands,
    text: replyText(stands),
    mode,
    model,
    promptVersion,
    ms: performance.now() - started,
  }
}
