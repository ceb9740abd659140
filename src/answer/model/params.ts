import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions'
import type { Named } from '../../endpoint/refusal.ts'

export interface ChatMessage {
  readonly role: 'system' | 'user'
  readonly content: string
}

/** What a model is asked. */
export interface Prompt {
  readonly messages: readonly ChatMessage[]
  /** The name of the stage that asks, and the JSON schema of what it wants. */
  readonly schema: { readonly name: string; readonly schema: Record<string, unknown> }
}

/** From the one that helps the model most to the one that every endpoint takes. */
const FORMATS = ['json_schema', 'json_object', 'none'] as const
export type Format = (typeof FORMATS)[number]

export function simplerThan(format: Format): Format | undefined {
  return FORMATS[FORMATS.indexOf(format) + 1]
}

/** What is asked for beside an answer, where the endpoint takes it. */
export interface Extras {
  /** How many tokens it was sent. */
  readonly usage: boolean
  /** By which name it takes a cap on what is written. */
  readonly cap: 'max_tokens' | 'max_completion_tokens' | undefined
  /** Messages of the system, apart from the user's. */
  readonly system: boolean
}

export const ALL_EXTRAS: Extras = { usage: true, cap: 'max_tokens', system: true }

/** An endpoint may refuse parameters and not say so; it takes what comes without a format. */
export const extrasFor = (format: Format, extras: Extras): Extras =>
  format === 'none' ? { ...extras, usage: false, cap: undefined } : extras

/** What is left of extras of which one was refused; undefined where it was none of them. */
export function withoutRefused(extras: Extras, named: Named | undefined): Extras | undefined {
  const { usage, cap, system } = extras
  if (named === 'role' && system) return { ...extras, system: false }
  if (named === 'usage' && usage) return { ...extras, usage: false }
  if (named !== 'cap' || !cap) return undefined
  return { ...extras, cap: cap === 'max_tokens' ? 'max_completion_tokens' : undefined }
}

/** What a model writes beyond its time is not waited for, and need not be paid; thinking counts as well. */
const LEAST_CAP = 4_096
/** Models that write for one reader at a time are slower, but for a few. */
const TOKENS_A_SECOND = 200

export function paramsOf(
  model: string,
  { messages, schema, answerMs }: Prompt & { readonly answerMs: number },
  format: Format,
  { usage, cap, system }: Extras,
): ChatCompletionCreateParamsStreaming {
  const most = Math.max(LEAST_CAP, Math.ceil((answerMs / 1_000) * TOKENS_A_SECOND))
  return {
    model,
    messages: system
      ? messages.map(({ role, content }) => ({ role, content }))
      : [{ role: 'user', content: messages.map(({ content }) => content).join('\n\n') }],
    stream: true,
    ...(format === 'json_schema' && {
      response_format: { type: format, json_schema: { ...schema, strict: true } },
    }),
    ...(format === 'json_object' && { response_format: { type: format } }),
    ...(usage && { stream_options: { include_usage: true } }),
    ...(cap && { [cap]: most }),
  }
}
