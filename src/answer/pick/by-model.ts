import { type Prompt, promptVersion, render } from '../../prompts.ts'
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
 * are handed on as they come in; what it writes beside numbers that it was sent is passed over.
 */
export function createPickByModel({ chat, model, prompt, timeoutMs }: PointingDeps): PickByModel {
  const picked = (picks: Picks): Picked => ({
    status: 'picked',
    picks,
    model,
    promptVersion: promptVersion(prompt),
  })

  return async function pickByModel(request, { onPick = () => {}, signal, spend } = {}) {
    const { question, place } = request.question
    const { text, sent } = articleBlock(request.context)
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
    const { remark } = outcome
    return {
      ...picked(picks),
      ...(isCut(outcome) && { isCut: true }),
      ...(remark !== undefined && { remark }),
    }
  }
}

/** Some end whole answers without a word; one that is whole ends with its bracket. */
const isCut = ({ finish, text }: Completed) => finish !== 'stop' && !/\}[\s`]*$/u.test(text)

/** A follow-up beside the question that it stands for. */
function withOriginal(standalone: string, question: string): string {
  return standalone === question ? question : `${standalone}\n（原话：${question}）`
}
