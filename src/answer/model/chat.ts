import { setTimeout as sleep } from 'node:timers/promises'
import OpenAI, { APIConnectionError, APIError } from 'openai'
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions'
import { z } from 'zod'
import { BodyTooLongError, boundedFetch, isRedirect, retryAfter } from '../../bounded-fetch.ts'
import { type Failure, failure } from './failure.ts'
import { createSilence } from './silence.ts'

export interface ChatMessage {
  readonly role: 'system' | 'user'
  readonly content: string
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[]
  /** The name of the stage that asks, and the JSON schema of what it wants. */
  readonly schema: { readonly name: string; readonly schema: Record<string, unknown> }
  /** Ends the call: a deadline, or the reader who stopped waiting. */
  readonly signal: AbortSignal
  /** Asked before each request; false when today's budget is spent. */
  readonly spend?: () => boolean | Promise<boolean>
  /** Told each piece of text as it comes. */
  readonly onText?: (piece: string) => void
}

/** `finish` is `cut` when the stream ended before the model said that it was done. */
export interface Completed {
  readonly status: 'completed'
  readonly text: string
  readonly finish: 'stop' | 'length' | 'refused' | 'cut'
}

export type Chat = (request: ChatRequest) => Promise<Completed | Failure>

export interface ChatSettings {
  readonly model: string
  /** Of a local endpoint it may be empty: then no authorization is sent. */
  readonly apiKey?: string
  /** OpenAI's when not given. */
  readonly baseURL?: string
  /** How long the endpoint may say nothing, before its first byte or between two. */
  readonly silenceMs?: number
  /** How long to wait before the first retry where the endpoint does not say; doubled each time. */
  readonly retryDelayMs?: number
}

const RETRIES = 2
/** An answer waits no longer for the next try: where more is asked for, others choose what is told. */
const LONGEST_PAUSE_MS = 2_000
/** An answer has some hundred; thinking aloud adds to it. */
const MAX_TEXT = 65_536
const MAX_BODY_BYTES = 8 * 2 ** 20

/** From the one that helps the model most to the one that every endpoint takes. */
const FORMATS = ['json_schema', 'json_object', 'none'] as const
type Format = (typeof FORMATS)[number]

const Chunk = z.object({
  choices: z
    .array(
      z.object({
        delta: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
})
type Chunk = z.infer<typeof Chunk>

/**
 * An OpenAI-compatible endpoint for chat completions, streamed. Whatever the endpoint does, the outcome
 * is a value. 429 and 5xx are retried while the deadline allows; an endpoint that asks to be left alone
 * for longer than an answer can wait is, and until then the outcome stays what it was. One that refuses
 * a response format (400) is asked with the next simpler one, which is remembered as long as this chat lives.
 */
export function createChat({
  model,
  apiKey,
  baseURL,
  silenceMs = 15_000,
  retryDelayMs = 500,
}: ChatSettings): Chat {
  const client = new OpenAI({
    apiKey: apiKey || 'none',
    baseURL: baseURL ?? null,
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: 'off',
    fetch: boundedFetch(MAX_BODY_BYTES),
    ...(!apiKey && { defaultHeaders: { Authorization: null } }),
  })
  let known: Format = 'json_schema'
  let resting: { readonly until: number; readonly outcome: Failure } | undefined

  return async function chat(request) {
    if (resting && performance.now() < resting.until) return resting.outcome
    let format = known
    for (let attempt = 0; ;) {
      if (request.signal.aborted) return stopped(request.signal)
      if ((await request.spend?.()) === false)
        return failure('budget', "Today's model calls are spent")
      const outcome = await ask(request, format)
      if (outcome.status === 'completed') {
        known = format
        return outcome
      }
      const simpler = outcome.httpStatus === 400 ? simplerThan(format) : undefined
      if (simpler) format = simpler
      else {
        const delayMs = outcome.retryAfterMs ?? retryDelayMs * 2 ** attempt
        if (delayMs > LONGEST_PAUSE_MS)
          resting = { until: performance.now() + delayMs, outcome: plain(outcome) }
        if (!outcome.retryable || delayMs > LONGEST_PAUSE_MS || attempt++ === RETRIES)
          return plain(outcome)
        if (!(await waited(delayMs, request.signal))) return plain(outcome)
      }
    }
  }

  async function ask(request: ChatRequest, format: Format): Promise<Completed | Unanswered> {
    const silence = createSilence(silenceMs)
    try {
      const signal = AbortSignal.any([request.signal, silence.signal])
      const opened = await client.chat.completions
        .create(paramsOf(model, request, format), { signal })
        .then((stream) => stream[Symbol.asyncIterator](), toError)
      if (opened instanceof Error) {
        return request.signal.aborted || silence.signal.aborted
          ? (stoppedBy(request.signal, silence.signal) ?? unanswered(opened))
          : unanswered(opened)
      }
      return await read(opened, request, silence)
    } finally {
      silence.end()
    }
  }
}

/** Why a completion in which nothing could be read has nothing to be read. */
export function unreadable({ text, finish }: Completed): Failure {
  if (finish === 'refused') return failure('refused', 'The model refused to answer')
  if (finish === 'length') return failure('too_long', 'The answer was cut at its limit')
  if (finish === 'cut') return failure('cut', 'The stream of the chat endpoint broke off')
  return text.trim() === ''
    ? failure('empty', 'The model wrote nothing')
    : failure('malformed', 'The model did not write the JSON that it was asked for')
}

/** A failure, and what may be done about it. */
interface Unanswered extends Failure {
  readonly httpStatus?: number
  readonly retryable?: boolean
  readonly retryAfterMs?: number
}

type Silence = ReturnType<typeof createSilence>

async function read(
  chunks: AsyncIterator<unknown>,
  { signal, onText }: ChatRequest,
  silence: Silence,
): Promise<Completed | Unanswered> {
  let text = ''
  let finish: Completed['finish'] | undefined
  for (;;) {
    // Only what the endpoint does is caught here, never what the listener does.
    const next = await chunks.next().catch(toError)
    const stop = stoppedBy(signal, silence.signal)
    if (stop) return stop
    if (next instanceof BodyTooLongError) return tooLong()
    if (next instanceof Error) {
      if (next instanceof APIError) return unanswered(next)
      return { status: 'completed', text, finish: 'cut' }
    }
    if (next.done) return { status: 'completed', text, finish: finish ?? 'cut' }
    silence.heard()
    const choice = choiceOf(next.value)
    const piece = choice?.delta?.content ?? ''
    if (choice?.delta?.refusal) finish = 'refused'
    else if (choice?.finish_reason) finish ??= finishOf(choice.finish_reason)
    if (text.length + piece.length > MAX_TEXT) {
      await chunks.return?.()
      return tooLong()
    }
    text += piece
    if (piece) onText?.(piece)
  }
}

/** Other chunks (usage, comments, what an endpoint adds) say nothing. */
function choiceOf(chunk: unknown): NonNullable<Chunk['choices']>[number] | undefined {
  return Chunk.safeParse(chunk).data?.choices?.[0]
}

function finishOf(reason: string): Completed['finish'] {
  if (reason === 'length') return 'length'
  return reason === 'content_filter' ? 'refused' : 'stop'
}

function paramsOf(
  model: string,
  { messages, schema }: ChatRequest,
  format: Format,
): ChatCompletionCreateParamsStreaming {
  return {
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    stream: true,
    ...(format === 'json_schema' && {
      response_format: { type: format, json_schema: { ...schema, strict: true } },
    }),
    ...(format === 'json_object' && { response_format: { type: format } }),
  }
}

function simplerThan(format: Format): Format | undefined {
  return FORMATS[FORMATS.indexOf(format) + 1]
}

/** Messages of an endpoint may repeat a key or a prompt: only its status and code go on. */
function unanswered(error: Error): Unanswered {
  if (error instanceof APIConnectionError) {
    const tooMuch = error.cause instanceof BodyTooLongError
    return tooMuch
      ? tooLong()
      : { ...failure('unreachable', 'The chat endpoint cannot be reached'), retryable: true }
  }
  if (!(error instanceof APIError)) {
    return failure('malformed', 'The chat endpoint sent what is no event stream')
  }
  const httpStatus = error.status
  if (httpStatus === undefined) {
    return failure('server_error', `The chat endpoint sent an error${codeOf(error)}`)
  }
  const detail = isRedirect(httpStatus)
    ? `The chat endpoint redirects (${httpStatus}) and is not followed; set OPENAI_BASE_URL to where it leads`
    : `The chat endpoint answered ${httpStatus}${codeOf(error)}`
  const retryAfterMs = retryAfter(error.headers)
  const retryable = httpStatus === 408 || httpStatus === 429 || httpStatus >= 500
  return {
    ...failure(reasonOf(httpStatus), detail),
    httpStatus,
    retryable,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  }
}

function reasonOf(httpStatus: number): Failure['reason'] {
  if (httpStatus === 401 || httpStatus === 403) return 'unauthorized'
  if (httpStatus === 429) return 'rate_limited'
  return httpStatus === 408 || httpStatus >= 500 ? 'server_error' : 'bad_request'
}

function codeOf({ code }: APIError): string {
  return typeof code === 'string' && /^[a-z][a-z_.]{2,40}$/.test(code) ? ` (${code})` : ''
}

function stoppedBy(signal: AbortSignal, silence: AbortSignal): Failure | undefined {
  if (signal.aborted) return stopped(signal)
  return silence.aborted ? failure('silence', 'The chat endpoint fell silent') : undefined
}

function stopped({ reason }: AbortSignal): Failure {
  return reason instanceof DOMException && reason.name === 'TimeoutError'
    ? failure('timeout', 'The chat endpoint took too long')
    : failure('aborted', 'The caller stopped waiting')
}

const tooLong = () => failure('too_long', 'The chat endpoint sent more than an answer can be')
const plain = ({ reason, detail }: Failure) => failure(reason, detail)
const toError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

/** Whether the wait came to its end. */
async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  return sleep(ms, true, { signal }).catch(() => false)
}
