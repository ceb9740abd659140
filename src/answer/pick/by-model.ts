import { type Prompt, promptVersion, render } from '../../prompts.ts'
import type { Context } from '../context/context.ts'
import { type Chat, type Completed, unreadable } from '../model/chat.ts'
import { data, tagged } from '../model/data.ts'
import { type Failure, failure } from '../model/failure.ts'
import { strictSchema } from '../model/strict-schema.ts'
import type { Picks } from '../picks.ts'
import { questionsOf } from '../questions-of.ts'
import { articleBlock } from './article-block.ts'
import type { PickOptions, PickRequest, Picked } from './picker.ts'
import { PicksSchema, createPickStream, readPicks } from './read-picks.ts'

const SCHEMA = { name: 'answer', schema: strictSchema(PicksSchema) }
const NOTHING: Picks = { status: 'not_found', statements: [], missing: [], premise: null }

export interface PointingDeps {
  readonly chat: Chat
  readonly model: string
  readonly prompt: Prompt
  readonly timeoutMs: number
}

export type PickByModel = (request: PickRequest, options?: PickOptions) => Promise<Picked | Failure>

/**
 * A model picks what is told: it is sent numbered pieces and answers with numbers, in one call. Lists
 * are handed on as they come in; what it writes beside numbers that it was sent is passed over. One that
 * reads less than it was sent is sent less from then on, and where it refused, at once.
 */
export function createPickByModel({ chat, model, prompt, timeoutMs }: PointingDeps): PickByModel {
  const picked = (picks: Picks): Picked => ({
    status: 'picked',
    picks,
    model,
    promptVersion: promptVersion(prompt),
  })

  let share = 1

  return async function pickByModel(request, options = {}) {
    const before = share
    const outcome = await pick(request, options)
    const isTooMuch =
      outcome.status === 'picked' ? outcome.promptCut : outcome.reason === 'too_much_sent'
    if (isTooMuch) share = SMALLER_SHARE
    // What was picked of a part was told already.
    return outcome.status === 'failed' && share < before ? pick(request, options) : outcome
  }

  async function pick(
    request: PickRequest,
    { onPick = () => {}, signal, spend }: PickOptions,
  ): Promise<Picked | Failure> {
    const { question, place } = request.question
    const { text, sent } = articleBlock(firstOf(request.context, share))
    if (sent.size === 0) return picked(NOTHING)
    let told = 0
    const tell = (pieces: readonly number[]) => {
      told++
      onPick(pieces)
    }
    const outcome = await chat({
      schema: SCHEMA,
      messages: render(prompt, {
        date: request.date,
        place: data(place ?? '') || '没有说',
        articles: text,
        question: tagged('question', withOriginal(request.standalone, question)),
      }),
      listen() {
        told = 0
        return createPickStream(sent, tell)
      },
      answerMs: timeoutMs,
      ...(signal && { signal }),
      ...(spend && { spend }),
    })
    if (outcome.status === 'failed') return outcome
    const picks = readPicks(outcome.text, { sent, asked: questionsOf(request.question) })
    if (!picks || outcome.finish === 'refused') return unreadable(outcome)
    if (picks.status !== 'not_found' && picks.statements.length === 0) {
      return outcome.finish === 'stop'
        ? failure('empty', 'The model said that it answers, and chose nothing')
        : unreadable(outcome)
    }
    for (const list of picks.statements.slice(told)) onPick(list)
    const { promptCut } = outcome
    return {
      ...picked(picks),
      ...(isCut(outcome) && { isCut: true }),
      ...(promptCut !== undefined && { promptCut }),
    }
  }
}

/** Of a context's characters: a prompt of 5,556 tokens (o200k_base) has 3,272 then, which 4,096 hold. */
const SMALLER_SHARE = 0.5

/** The sentences of a context that come first, its articles being in the order in which they were found. */
function firstOf(context: Context, share: number): Context {
  const lengths = context.articles.flatMap(({ sentences }) =>
    sentences.map(({ text }) => text.length),
  )
  let left = share * lengths.reduce((sum, length) => sum + length, 0)
  const articles = context.articles.map((article) => ({
    ...article,
    sentences: article.sentences.filter(({ text }) => {
      const hasRoom = left > 0
      left -= text.length
      return hasRoom
    }),
  }))
  return { ...context, articles }
}

/** Some end whole answers without a word; one that is whole ends with its bracket. */
const isCut = ({ finish, text }: Completed) => finish !== 'stop' && !/\}[\s`]*$/u.test(text)

/** A follow-up beside the question that it stands for. */
function withOriginal(standalone: string, question: string): string {
  return standalone === question ? question : `${standalone}\n（原话：${question}）`
}
