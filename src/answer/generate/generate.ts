import type { Passage, Question } from '../../corpus.ts'
import { type Prompt, promptVersion, render } from '../../prompts.ts'
import type { ModelDraft } from '../verify/draft.ts'
import { type Rejection, verify } from '../verify/verify.ts'
import { type Exchange, correct, readCompleted, writeAgain } from './ask-again.ts'
import type { Chat, ChatMessage } from './chat.ts'
import { ANSWER_SCHEMA } from './draft-schema.ts'
import { createDraftStream } from './draft-stream.ts'
import { type Failure, failure } from './failure.ts'
import { data, passageBlock, questionBlock } from './passage-block.ts'
import { repairable, settle } from './repair.ts'
import { selectPassages } from './select-passages.ts'
import { type OnStatement, createShowing } from './showing.ts'

export interface GeneratePrompts {
  readonly answer: Prompt
  /** Asks again for what fell in verification. */
  readonly repair: Prompt
  /** Asks again for all, when what came could not be read. */
  readonly again: Prompt
}

export interface GenerateDeps {
  readonly chat: Chat
  readonly model: string
  readonly prompts: GeneratePrompts
  /** For the whole answer, with what is asked again. */
  readonly timeoutMs: number
  /** Which of the passages found are sent. */
  readonly select?: (ranked: readonly Passage[]) => Passage[]
}

/** `question` in the asker's words, `standalone` made whole; `ranked` are the passages found, best first. */
export interface GenerateRequest {
  readonly question: Question
  readonly standalone: string
  readonly ranked: readonly Passage[]
  /** The day on which it was asked, YYYY-MM-DD. */
  readonly date: string
}

export interface GenerateOptions {
  /** Told each statement as soon as it was verified, in the answer's order. It must not throw. */
  readonly onStatement?: OnStatement
  readonly signal?: AbortSignal
  /** Asked before each call of the model; false when today's budget is spent. */
  readonly spend?: () => boolean
}

/** A draft in which every statement stands, to be verified once more with whatever is added to it. */
export interface Drafted {
  readonly status: 'drafted'
  readonly draft: ModelDraft
  /** Those that were sent, in the order of their labels. */
  readonly passages: readonly Passage[]
  readonly model: string
  readonly promptVersion: string
  /** What verification took from the model's last word, for the log. */
  readonly dropped: readonly Rejection[]
  /** What had fallen at first and was asked for again. */
  readonly repaired: readonly Rejection[]
}

export type Generate = (
  request: GenerateRequest,
  options?: GenerateOptions,
) => Promise<Drafted | Failure>

/**
 * Answers are written by a model and verified before anyone sees them. What falls is asked for once
 * more, and falls for good then; an output that cannot be read is asked for once more, too.
 */
export function createGenerate({
  chat,
  model,
  prompts,
  timeoutMs,
  select = selectPassages,
}: GenerateDeps): Generate {
  return async function generate(request, { onStatement, signal, spend } = {}) {
    const { question } = request.question
    const passages = select(request.ranked)
    const showing = createShowing({ passages, question, ...(onStatement && { onStatement }) })
    const exchange: Exchange = {
      chat,
      call: { schema: ANSWER_SCHEMA, signal: within(timeoutMs, signal), ...(spend && { spend }) },
      messages: messagesFor(request, passages, prompts.answer),
    }

    const first = await chat({
      ...exchange.call,
      messages: exchange.messages,
      onText: showWith(showing),
    })
    if (first.status === 'failed') return first
    const read = readCompleted(first)
    if (!read.ok) showing.hold()
    const written = read.ok ? read : await writeAgain(exchange, first, read, prompts.again)
    if ('status' in written) return written

    const draft = plain(written.draft)
    const fallen = repairable(verify(draft, passages, question).rejected)
    const corrected =
      fallen.length > 0 && read.ok
        ? await correct(exchange, first, draft, fallen, prompts.repair)
        : undefined
    const settled = settle(corrected ?? draft, passages, question)
    const empty = whyEmpty(draft, settled)
    if (empty) return empty
    showing.finish(settled.draft)
    return {
      status: 'drafted',
      ...settled,
      passages,
      model,
      promptVersion: promptVersion(prompts.answer),
      repaired: corrected ? fallen : [],
    }
  }
}

function messagesFor(
  { question: { question, place }, standalone, date }: GenerateRequest,
  passages: readonly Passage[],
  prompt: Prompt,
): ChatMessage[] {
  return render(prompt, {
    place: data(place ?? '') || '没有说',
    date,
    passages: passageBlock(passages),
    question: questionBlock(withContext(question, standalone)),
  })
}

/** Why an answer that was to be one has no statement, when it has none. */
function whyEmpty(draft: ModelDraft, settled: ReturnType<typeof settle>): Failure | undefined {
  if (draft.status === 'not_found' || settled.draft.statements.length > 0) return undefined
  return draft.statements.length === 0
    ? failure('empty', 'The model said that it answers, and stated nothing')
    : failure('unverified', `No statement stood: ${kinds(settled.dropped)}`)
}

/** A draft that finds nothing states nothing; one that states nothing but what is missing found nothing. */
function plain(draft: ModelDraft): ModelDraft {
  if (draft.status === 'not_found') return { ...draft, statements: [] }
  const nothing = draft.statements.length === 0 && draft.missing.length > 0
  return nothing ? { ...draft, status: 'not_found' } : draft
}

/** Hands on what becomes complete, once it is known that the draft answers. */
function showWith(showing: ReturnType<typeof createShowing>): (piece: string) => void {
  const read = createDraftStream()
  let answers = false
  return (piece) => {
    for (const part of read(piece)) {
      if ('status' in part) answers = part.status !== 'not_found'
      else if (answers) showing.offer(part.statement)
      else showing.hold()
    }
  }
}

/** A follow-up beside the question that it stands for. */
function withContext(question: string, standalone: string): string {
  return standalone === question ? question : `${standalone}\n（原话：${question}）`
}

function within(timeoutMs: number, signal: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(timeoutMs)
  return signal ? AbortSignal.any([signal, timeout]) : timeout
}

function kinds(rejected: readonly Rejection[]): string {
  return [...new Set(rejected.map(({ kind }) => kind))].join(', ')
}
