import { z } from 'zod'
import type { Question, Turn } from '../../corpus.ts'
import { type Prompt, render } from '../../prompts.ts'
import { unknownNames } from '../../language/names.ts'
import { figures } from '../../language/figures.ts'
import { numerals } from '../../language/numerals.ts'
import { type Chat, unreadable } from './chat.ts'
import { data, tagged } from './data.ts'
import { type Failure, failure } from './failure.ts'
import { readJson } from './read-json.ts'
import { strictSchema } from './strict-schema.ts'

const Standalone = z.object({ question: z.string() })
const SCHEMA = { name: 'standalone_question', schema: strictSchema(Standalone) }

/** A follow-up rarely reaches further back. */
const TURNS = 4
/** Of what was asked and answered before, in code points. */
const LONGEST_SAID = 300
const LONGEST_QUESTION = 200

export interface StandaloneDeps {
  readonly chat: Chat
  readonly prompt: Prompt
  readonly timeoutMs: number
}

export interface StandaloneOptions {
  readonly signal?: AbortSignal
  /** Asked before each call of the model; false when today's budget is spent. */
  readonly spend?: () => boolean | Promise<boolean>
}

export type Whole = { readonly status: 'whole'; readonly question: string }

export type MakeStandalone = (
  question: Question,
  options?: StandaloneOptions,
) => Promise<Whole | Failure>

/**
 * Makes a follow-up whole, in the words of its conversation. A question without one is whole already
 * and costs no call; after a failure, retrieval's own heuristic is the way.
 */
export function createStandalone({ chat, prompt, timeoutMs }: StandaloneDeps): MakeStandalone {
  return async function makeStandalone({ question, history = [] }, { signal, spend } = {}) {
    if (history.length === 0) return { status: 'whole', question }
    const turns = history.slice(-TURNS)
    const outcome = await chat({
      schema: SCHEMA,
      messages: render(prompt, {
        history: historyText(turns),
        question: tagged('question', question),
      }),
      answerMs: timeoutMs,
      ...(signal && { signal }),
      ...(spend && { spend }),
    })
    if (outcome.status === 'failed') return outcome
    const written = readJson(outcome.text, ['question'])?.find(([key]) => key === 'question')?.[1]
    if (typeof written !== 'string' || outcome.finish === 'refused') return unreadable(outcome)
    const whole = written.replaceAll(/\s+/g, ' ').trim()
    return speaksOf(whole, [question, ...turns.flatMap((t) => [t.question, t.answer])])
      ? { status: 'whole', question: whole }
      : failure('unverified', 'The question has words that nobody in the conversation said')
  }
}

function historyText(turns: readonly Turn[]): string {
  return turns
    .map(({ question, answer }) => `问：${data(short(question))}\n答：${data(short(answer))}`)
    .join('\n')
}

function short(text: string): string {
  return Array.from(text).slice(0, LONGEST_SAID).join('')
}

/** How much of a question may be words that join: 的, 是不是, 多少. */
const MIN_SAID = 0.7

/**
 * Whether a question is one, and made of what was said: each of its figures, places and names, and most
 * of its characters.
 */
function speaksOf(whole: string, said: readonly string[]): boolean {
  const length = Array.from(whole).length
  if (length === 0 || length > LONGEST_QUESTION) return false
  const conversation = said.join('\n').normalize('NFKC')
  const characters = whole.normalize('NFKC').match(/[\p{L}\p{N}]/gu) ?? []
  const known = characters.filter((c) => conversation.includes(c)).length
  const numbers = new Set(said.flatMap(numerals))
  return (
    known >= characters.length * MIN_SAID &&
    numerals(whole).every((number) => numbers.has(number)) &&
    figures(whole).every(({ printed }) => /\d/.test(printed) || conversation.includes(printed)) &&
    unknownNames(whole, said).length === 0
  )
}
