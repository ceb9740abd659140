/** How a question is read: after what was said before, or alone. */
import type { Notice, Passage, Question } from '../corpus.ts'
import { asksTheSame } from '../retrieval/follow-up/asks-the-same.ts'
import { type FollowUp, followUp } from '../retrieval/follow-up.ts'
import type { Retrieve, Retrieved } from '../retrieval/retrieve.ts'
import type { Context, Sentence } from './context/context.ts'
import { gather } from './context/gather.ts'
import type { PickByWords, WordsPick } from './pick/words-pick.ts'
import { quotedWithin } from './reply.ts'
import { bySentence } from './tell/tell.ts'
import type { Stage } from './trace.ts'

/** A reading of a question: what was found for it, and what words pick of that. */
export interface Looked {
  readonly retrieved: Retrieved
  readonly context: Context
  readonly words: WordsPick
}

export interface LookedAlone extends Looked {
  readonly alone: Exclude<FollowUp['alone'], 'never'>
  /** Its stages, for the trace of an answer that is made of it. */
  readonly stages: readonly Parameters<Done>[]
}

export type Dated = Question & { readonly date: string }
type Done = (stage: Stage, of: Readonly<Record<string, unknown>>) => void

export interface LookDeps {
  readonly retrieve: Retrieve
  /** An article's passages in reading order, its head first. */
  readonly passages: (articleId: string) => Promise<readonly Passage[]>
  readonly pickWords: PickByWords
  /** How many passages are read closely. */
  readonly depth: number
}

export function createLook({ retrieve, passages, pickWords, depth }: LookDeps) {
  return { look, lookAlone }

  /** What is found for a question as it is to be read, and what words pick of it. */
  async function look(read: Dated, asked: Question, done: Done): Promise<Looked> {
    const retrieved = await retrieve(read, depth)
    done('retrieve', retrievedOf(retrieved))
    const { standalone, understood, results } = retrieved
    const ranked = results.map(({ passage }) => passage)
    const context = await gather(ranked, understood, { passages })
    done('context', contextOf(context))
    const words = pickWords({ question: asked, standalone, context, date: read.date, retrieved })
    done('words', { ...words })
    return { retrieved, context, words }
  }

  /** The same without what was said before, where the question may not go on from that; nothing where it surely does. */
  async function lookAlone(asked: Dated, { retrieved }: Looked): Promise<LookedAlone | undefined> {
    if (retrieved.degraded || asksTheSame(asked.question, retrieved.standalone)) return undefined
    const { alone } = followUp(asked.question, asked.history ?? [])
    if (alone === 'never') return undefined
    const question = withoutHistory(asked)
    // What was found already is told without it.
    const stages: Parameters<Done>[] = []
    const done: Done = (...stage) => void stages.push(stage)
    return look({ ...question, date: asked.date }, question, done).then(
      (looked) => ({ ...looked, alone, stages }),
      () => undefined,
    )
  }
}

export function withoutHistory(asked: Question): Question {
  const { history: _, ...question } = asked
  return question
}

const isAnswered = ({ words }: Looked) => words.picks.status !== 'not_found'

/** Whether a question is rather read alone: nothing answers it as going on, and something does without. */
export const isBetter = (alone: LookedAlone, goingOn: Looked) =>
  alone.alone === 'instead' && isAnswered(alone) && !isAnswered(goingOn)

/** Offers to ask a question alone, where something else than was told answers it then. */
export function offerAlone(
  { question }: Question,
  looked: Looked,
  told: readonly Sentence[],
): Notice[] {
  const { status, statements } = looked.words.picks
  const [best] = bySentence(status === 'not_found' ? [] : statements, looked.context).keys()
  if (!best || told.some((one) => isSame(one, best))) return []
  return [
    {
      kind: 'alone',
      text: `如果不是接着上面问，可以单独问“${quotedWithin(question)}”。`,
      citations: [],
      readings: [question],
    },
  ]
}

/** Of two contexts. */
const isSame = (one: Sentence, other: Sentence) =>
  one.passage.id === other.passage.id && one.start === other.start

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
