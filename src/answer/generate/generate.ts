import type { Passage, Question } from '../../corpus.ts'
import { type Prompt, promptVersion, render } from '../../prompts.ts'
import type { ModelDraft } from '../verify/draft.ts'
import { type Rejection, verify } from '../verify/verify.ts'
import type { Chat, ChatMessage, Completed } from './chat.ts'
import { ANSWER_SCHEMA } from './draft-schema.ts'
import { createDraftStream } from './draft-stream.ts'
import { type Failure, failure } from './failure.ts'
import { data, passageBlock, questionBlock } from './passage-block.ts'
import { type ReadDraft, readDraft } from './read-draft.ts'
import { problems, repairable, replaceFallen, settle } from './repair.ts'
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
  return async function generate({ question: asked, standalone, ranked, date }, options = {}) {
    const passages = select(ranked)
    const { question } = asked
    const signal = deadline(timeoutMs, options.signal)
    const call = { schema: ANSWER_SCHEMA, signal, ...(options.spend && { spend: options.spend }) }
    const showing = createShowing({ passages, question, ...options })
    const messages: ChatMessage[] = render(prompts.answer, {
      place: data(asked.place ?? '') || '没有说',
      date,
      passages: passageBlock(passages),
      question: questionBlock(withContext(question, standalone)),
    })

    const first = await chat({ ...call, messages, onText: showWith(showing) })
    if (first.status === 'failed') return first
    const read = readCompleted(first)
    const written = read.ok ? read : await writeAgain(first, read)
    if ('status' in written) return written

    const draft = plain(written.draft)
    const rejected = repairable(verify(draft, passages, question).rejected)
    const corrected =
      rejected.length > 0 && read.ok ? await correct(first, draft, rejected) : undefined
    const settled = settle(corrected ?? draft, passages, question)
    if (draft.status !== 'not_found' && settled.draft.statements.length === 0) {
      return draft.statements.length === 0
        ? failure('empty', 'The model said that it answers, and stated nothing')
        : failure('unverified', `No statement stood: ${kinds(settled.dropped)}`)
    }
    showing.finish(settled.draft)
    const made = { model, promptVersion: promptVersion(prompts.answer) }
    return { status: 'drafted', ...settled, passages, ...made, repaired: corrected ? rejected : [] }

    /** Asks for the whole answer once more; an output that was cut is not shown to the model again. */
    async function writeAgain(
      before: Completed,
      { reason, problem }: Extract<ReadDraft, { ok: false }>,
    ): Promise<{ draft: ModelDraft } | Failure> {
      if (before.finish === 'refused') return failure('refused', 'The model refused to answer')
      if (before.finish === 'length') return failure('too_long', 'The answer was cut at its limit')
      showing.hold()
      const cut = before.finish === 'cut' || reason === 'empty'
      const exchange = cut ? messages : replying(before, render(prompts.again, { problem }))
      const again = await chat({ ...call, messages: exchange })
      if (again.status === 'failed') return again
      const reread = readCompleted(again)
      if (reread.ok) return reread
      return again.finish === 'cut'
        ? failure('cut', 'The stream of the chat endpoint broke off')
        : failure(reread.reason, 'The model did not write the JSON that it was asked for')
    }

    /** Without a correction that can be read, what stands is kept as it is. */
    async function correct(
      before: Completed,
      drafted: ModelDraft,
      fallen: readonly Rejection[],
    ): Promise<ModelDraft | undefined> {
      const request = render(prompts.repair, { problems: problems(fallen) })
      const again = await chat({ ...call, messages: replying(before, request) })
      const reread = again.status === 'completed' ? readCompleted(again) : undefined
      return reread?.ok ? replaceFallen(drafted, fallen, reread.draft) : undefined
    }

    function replying({ text }: Completed, request: readonly ChatMessage[]): ChatMessage[] {
      return [...messages, { role: 'assistant', content: text }, ...request]
    }
  }
}

/** A cut stream is as good as a whole one when the draft in it is whole. */
function readCompleted({ text, finish }: Completed): ReadDraft {
  return finish === 'refused'
    ? { ok: false, reason: 'empty', problem: '没有回答' }
    : readDraft(text)
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

function deadline(timeoutMs: number, signal: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(timeoutMs)
  return signal ? AbortSignal.any([signal, timeout]) : timeout
}

function kinds(rejected: readonly Rejection[]): string {
  return [...new Set(rejected.map(({ kind }) => kind))].join(', ')
}
