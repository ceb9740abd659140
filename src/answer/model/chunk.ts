import { z } from 'zod'

/** One choice of a completion: of a stream, what is new of it; else all of it. */
const Delta = z.looseObject({ content: z.unknown().optional(), refusal: z.string().nullish() })
const Choice = z.object({
  delta: Delta.nullish(),
  message: Delta.nullish(),
  finish_reason: z.string().nullish(),
})
const Chunk = z.object({ choices: z.array(Choice) })
const Usage = z.object({
  usage: z.object({
    prompt_tokens: z.int().nonnegative(),
    completion_tokens: z.int().nonnegative().catch(0),
  }),
})
const Part = z.object({ type: z.enum(['text', 'output_text']).optional(), text: z.string() })

/** `cut` when it ended before the model said that it was done. */
export type Finish = 'stop' | 'length' | 'refused' | 'cut'

/** In the words of endpoints; any other says that it is done. */
const FINISHES: Readonly<Record<Exclude<Finish, 'stop'>, readonly string[]>> = {
  length: ['length', 'max_tokens', 'model_length', 'model_context_window_exceeded'],
  refused: ['content_filter', 'sensitive', 'safety', 'refusal'],
  cut: ['error', 'network_error', 'abort', 'insufficient_system_resource'],
}

function finishOf(reason: string): Finish {
  const word = reason.toLowerCase()
  return (['length', 'refused', 'cut'] as const).find((of) => FINISHES[of].includes(word)) ?? 'stop'
}

export interface Said {
  readonly text: string
  readonly isRefusal: boolean
  /** It only takes its role: a model that is still being loaded may do so. Thinking is not blank. */
  readonly isBlank: boolean
  /** Why it ends, where it does. */
  readonly finish: Finish | undefined
}

/**
 * What an event says of the answer; undefined where it says nothing (usage, what an endpoint adds). What
 * stands beside the content (`reasoning_content`, `reasoning`, parts that are thinking) is no answer.
 */
export function saidIn(event: unknown): Said | undefined {
  const choice = Chunk.safeParse(event).data?.choices[0]
  if (!choice) return undefined
  const said = choice.delta ?? choice.message ?? {}
  const { content, refusal } = said
  return {
    text: textOf(content),
    isRefusal: Boolean(refusal),
    isBlank:
      !choice.finish_reason &&
      Object.entries(said).every(([key, value]) => key === 'role' || isNothing(value)),
    finish: choice.finish_reason ? finishOf(choice.finish_reason) : undefined,
  }
}

const isNothing = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && !value.length)

export interface Tokens {
  readonly prompt: number
  readonly completion: number
}

/** How many tokens the endpoint counted in what it was sent and what it wrote, where an event says so. */
export function tokensIn(event: unknown): Tokens | undefined {
  const { usage } = Usage.safeParse(event).data ?? {}
  return usage && { prompt: usage.prompt_tokens, completion: usage.completion_tokens }
}

/** Whether an event is an error, though its answer began as a success: `{"error":…}`, `{"code":…,"message":…}`. */
export function isError(event: unknown): boolean {
  if (Array.isArray(event)) return event.some(isError)
  if (typeof event !== 'object' || event === null) return false
  const has = (key: string) => Boolean(Reflect.get(event, key))
  const choices: unknown = Reflect.get(event, 'choices')
  if (has('error')) return true
  return !Array.isArray(choices) && ['message', 'msg', 'detail', 'base_resp'].some(has)
}

/** Content is text, or parts of which some are text. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (Array.isArray(content)) return content.map(textOf).join('')
  return Part.safeParse(content).data?.text ?? ''
}
