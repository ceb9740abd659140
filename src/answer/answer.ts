import type { Answer, Citation, Notice, Passage, Question, Statement } from '../corpus.ts'
import { chinaToday } from '../china-time.ts'
import { asksTheSame, readCourtesy } from '../retrieval/courtesy.ts'
import { followUp } from '../retrieval/follow-up.ts'
import type { Retrieve, Retrieved } from '../retrieval/retrieve.ts'
import type { Context, Sentence } from './context/context.ts'
import { gather } from './context/gather.ts'
import { courteous } from './courteous.ts'
import { CUT_NOTICE, cutQuestion } from './cut-question.ts'
import { CUT_OFF_NOTICE, type Failure, degradedNotice } from './model/failure.ts'
import type { Model } from './model/open-model.ts'
import { ofEveryPlace } from './every-place.ts'
import { newestFirst } from './newest-first.ts'
import { noticesOf } from './notices.ts'
import type { PickRequest, Picked } from './pick/picker.ts'
import type { PickByWords, WordsPick } from './pick/words-pick.ts'
import { quotedWithin, replyText } from './reply.ts'
import { bySentence, tell } from './tell/tell.ts'
import { messageOf } from '../message-of.ts'
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
    const retrieved = await retrieve({ ...(whole ?? question), date }, depth)
    trace.done('retrieve', retrievedOf(retrieved))
    const { standalone, understood } = retrieved
    const context = await gatherFrom(retrieved)
    trace.done('context', contextOf(context))

    const request = { question, standalone, context, date }
    const words = pickWords({ ...request, retrieved })
    trace.done('words', { ...words })
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

    const mayBegin =
      !retrieved.degraded &&
      !asksTheSame(read, standalone) &&
      followUp(read, question.history ?? []).mayBegin
    const alone = mayBegin ? await offerAlone({ ...question, date }, told.sentences) : undefined
    if (alone) trace.done('alone', { ...alone })
    const own = [
      ...(cut ? [CUT_NOTICE] : []),
      ...(retrieved.degraded ? [LEXICAL_NOTICE] : []),
      ...(pointed?.status === 'failed' ? [degradedNotice(pointed)] : []),
      ...(pointed?.status === 'picked' && pointed.isCut ? [CUT_OFF_NOTICE] : []),
      ...(alone?.offered ?? []),
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
    return finished(question, given, date, trace)
  }

  function gatherFrom({ results, understood }: Retrieved): Promise<Context> {
    const ranked = results.map(({ passage }) => passage)
    return gather(ranked, understood, { passages })
  }

  /** Offers to ask a question alone, where without what was said before something else answers it. */
  async function offerAlone(asked: Question & { date: string }, told: readonly Sentence[]) {
    const { history: _, ...question } = asked
    try {
      const retrieved = await retrieve(question, depth)
      const context = await gatherFrom(retrieved)
      const { standalone } = retrieved
      const { picks } = pickWords({ question, standalone, context, date: asked.date, retrieved })
      const best = picks.status === 'not_found' ? [] : picks.statements
      const [first] = bySentence(best, context).keys()
      const isOther = first && !told.some((one) => isSame(one, first))
      return { offered: isOther ? [aloneNotice(asked.question)] : [] }
    } catch (error) {
      // The answer is there, and is told without the offer.
      return { offered: [], failed: messageOf(error) }
    }
  }

  /** The question to search with: a model makes a follow-up whole; where none does, retrieval does. */
  async function madeWhole(question: Question, options: AnswerOptions): Promise<Question | null> {
    if (!model || options.byWords || !followUp(question.question, question.history ?? []).follows)
      return null
    const whole = await model.makeStandalone(question, options)
    if (whole.status !== 'whole') return null
    const { history: _, ...alone } = question
    return { ...alone, question: whole.question }
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

const aloneNotice = (question: string): Notice => ({
  kind: 'alone',
  text: `如果不是接着上面问，可以单独问“${quotedWithin(question)}”。`,
  citations: [],
  readings: [question],
})

/** Of two contexts. */
const isSame = (one: Sentence, other: Sentence) =>
  one.passage.id === other.passage.id && one.start === other.start

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

function retrievedOf({ standalone, understood, results, degraded }: Retrieved) {
  return {
    standalone,
    places: understood.places,
    years: understood.years,
    wants: understood.wants.map(({ kind }) => kind.name),
    ...(degraded !== undefined && { degraded }),
    passages: results.map(({ passage, score }) => ({ id: passage.id, score })),
  }
}

function contextOf({ articles, size }: Context) {
  const sentences = articles.flatMap((article) => article.sentences)
  return {
    passages: [...new Set(sentences.map(({ passage }) => passage.id))],
    pieces: size,
    characters: sentences.reduce((sum, { text }) => sum + text.length, 0),
  }
}
