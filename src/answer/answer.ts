import type { Answer, Citation, Notice, Passage, Question, Statement } from '../corpus.ts'
import { chinaToday } from '../china-time.ts'
import { readCourtesy } from '../retrieval/courtesy.ts'
import { followUp } from '../retrieval/follow-up.ts'
import type { Retrieve } from '../retrieval/retrieve.ts'
import { courteous } from './courteous.ts'
import { CUT_NOTICE, cutQuestion } from './cut-question.ts'
import { CUT_OFF_NOTICE, type Failure, degradedNotice } from './model/failure.ts'
import type { Model } from './model/open-model.ts'
import { ofEveryPlace } from './every-place.ts'
import { createLook, isBetter, offerAlone, withoutHistory } from './look.ts'
import { newestFirst } from './newest-first.ts'
import { noticesOf } from './notices.ts'
import type { PickRequest, Picked } from './pick/picker.ts'
import type { PickByWords, WordsPick } from './pick/words-pick.ts'
import { replyText } from './reply.ts'
import { tell } from './tell/tell.ts'
import { questionsOf } from './questions-of.ts'
import { createTrace } from './trace.ts'

export interface AnswerDeps {
  readonly retrieve: Retrieve
  /** An article's passages in reading order, its head first. */
  readonly passages: (articleId: string) => Promise<readonly Passage[]>
  readonly pickByWords: PickByWords
  /** A language model that picks; the words do without one, and where it fails. */
  readonly model?: Pick<Model, 'pick' | 'makeStandalone'>
  /** How many passages are read closely. */
  readonly depth?: number
}

/** How an answer is wanted, for whoever picks it. */
export interface AnswerOptions {
  /** Told each statement as soon as it is told, in the answer's order. */
  readonly onStatement?: (statement: Statement, citations: readonly Citation[]) => void
  readonly signal?: AbortSignal
  /** Asked before each call of a model; false when today's budget is spent. */
  readonly spend?: () => boolean | Promise<boolean>
  /** Whether no model is asked, because it would take too long or cost too much. */
  readonly byWords?: boolean
}

/** Answers a question in the articles' own words: finds, gathers, picks, tells. */
export function createAnswer({ retrieve, passages, pickByWords, model, depth = 20 }: AnswerDeps) {
  const pickWords = ofEveryPlace(newestFirst(pickByWords))
  const { look, lookAlone } = createLook({ retrieve, passages, pickWords, depth })
  return async function answer(asked: Question, options: AnswerOptions = {}): Promise<Answer> {
    const trace = createTrace()
    const { question: read, cut } = cutQuestion(asked.question)
    const question = { ...asked, question: read }
    const date = question.date ?? chinaToday()
    const courtesy = readCourtesy(read, question.history)
    if (courtesy) {
      const notice = await courteous(courtesy, () => retrieve({ question: read }, depth))
      trace.done('courtesy', { kind: courtesy.kind })
      return finished(question, only(notice), date, trace)
    }

    const whole = await madeWhole(question, options)
    const goingOn = await look({ ...(whole ?? question), date }, question, trace.done)
    const alone = await lookAlone({ ...question, date }, goingOn)
    if (alone) trace.done('alone', { found: alone.words.picks.status })
    const isAlone = alone !== undefined && whole === null && isBetter(alone, goingOn)
    if (isAlone) for (const stage of alone.stages) trace.done(...stage)
    const { retrieved, context, words } = isAlone ? alone : goingOn
    const { standalone, understood } = retrieved

    const request = {
      question: isAlone ? withoutHistory(question) : question,
      standalone,
      context,
      date,
    }
    const pointed = options.byWords
      ? undefined
      : await model?.pick(request, { ...options, ...streaming(request, options) })
    if (pointed) trace.done('model', { ...pointed })
    const { picks, by } = chosen(pointed, words)
    const told = tell(picks, context, {
      // What a model made of a question is its wording, and names nothing that is missing.
      asked: whole ? questionsOf(question) : [read, standalone],
    })
    trace.done('tell', { status: told.status, statements: told.statements.length })

    const own = [
      ...(cut ? [CUT_NOTICE] : []),
      ...(retrieved.degraded ? [LEXICAL_NOTICE] : []),
      ...(pointed?.status === 'failed' ? [degradedNotice(pointed)] : []),
      ...(pointed?.status === 'picked' && pointed.isCut ? [CUT_OFF_NOTICE] : []),
      ...(alone && !isAlone ? offerAlone(question, alone, told.sentences) : []),
    ]
    const { places } = understood
    const notices = noticesOf({
      told,
      words,
      context,
      question: standalone,
      places,
      today: date,
      own,
    })
    const citations = told.cite.citations()
    trace.done('notices', {
      kinds: notices.map(({ kind }) => kind),
      standings: told.cite.standings(),
    })
    if (!pointed || pointed.status === 'failed') {
      for (const statement of told.statements) options.onStatement?.(statement, citations)
    }
    const { status, statements, missing } = told
    const given = { status, statements, citations, missing, notices, standalone, ...by }
    const answered = finished(question, given, date, trace)
    return isAlone ? { ...answered, alone: true } : answered
  }

  /** The question to search with: a model makes a follow-up whole; where none does, retrieval does. */
  async function madeWhole(question: Question, options: AnswerOptions): Promise<Question | null> {
    if (!model || options.byWords || !followUp(question.question, question.history ?? []).follows)
      return null
    const whole = await model.makeStandalone(question, options)
    if (whole.status !== 'whole') return null
    return { ...withoutHistory(question), question: whole.question }
  }
}

type Given = Pick<
  Answer,
  'status' | 'statements' | 'citations' | 'missing' | 'notices' | 'mode' | 'model' | 'promptVersion'
> & { readonly standalone?: string }

const BY_WORDS = { mode: 'words', model: null, promptVersion: null } as const

function chosen(pointed: Picked | Failure | undefined, { picks }: WordsPick) {
  if (pointed?.status !== 'picked') return { picks, by: BY_WORDS }
  const { model, promptVersion } = pointed
  const { picks: chose, isCut } = pointed
  // Nothing is known to be missing, and nothing is known not to be.
  const status = isCut && chose.status === 'answered' ? 'partial' : chose.status
  return { picks: { ...chose, status }, by: { mode: 'model' as const, model, promptVersion } }
}

/** Tells what is picked while more is being picked. */
function streaming(
  { context, question: { question } }: PickRequest,
  { onStatement }: AnswerOptions,
) {
  const lists: (readonly number[])[] = []
  let shown = 0
  return {
    onPick(pieces: readonly number[]) {
      lists.push(pieces)
      const picks = { status: 'answered' as const, statements: lists, missing: [], premise: null }
      const { statements, cite } = tell(picks, context, { asked: [question] })
      for (const statement of statements.slice(shown)) onStatement?.(statement, cite.citations())
      shown = Math.max(shown, statements.length)
    },
  }
}

/** Vectors could not be had for this search. */
const LEXICAL_NOTICE: Notice = {
  kind: 'degraded',
  text: '语义检索暂时不可用，本次只按字词查找，可能不全。',
  citations: [],
}

const only = (notice: Notice): Given => ({
  status: 'not_found',
  statements: [],
  citations: [],
  missing: [],
  notices: [notice],
  ...BY_WORDS,
})

function finished(
  { id, question }: Question,
  { standalone = question, ...given }: Given,
  date: string,
  { stages }: ReturnType<typeof createTrace>,
): Answer {
  return {
    ...(id !== undefined && { id }),
    question,
    standalone,
    ...given,
    text: replyText({ question, standalone, ...given }, date),
    ms: stages.reduce((sum, { ms }) => sum + ms, 0),
    trace: stages,
  }
}
