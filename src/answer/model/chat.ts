import { setTimeout as sleep } from 'node:timers/promises'
import OpenAI from 'openai'
import {
  BodyTooLongError,
  textOfError,
  boundedFetch,
  isRedirect,
  retryAfter,
} from '../../bounded-fetch.ts'
import { parseJson } from '../../parse-json.ts'
import { type Finish, type Tokens, isError, saidIn, tokensIn } from './chunk.ts'
import { eventsOf } from './events.ts'
import { type Failure, failure } from './failure.ts'
import {
  ALL_EXTRAS,
  type Extras,
  type Format,
  extrasFor,
  paramsOf,
  simplerThan,
  withoutRefused,
  type ChatMessage,
  type Prompt,
} from './params.ts'
import { createPatience } from './patience.ts'
import { type Outcome, reasonOfStatus } from '../../endpoint-call.ts'
import { type Named, codeIn, namedBy } from '../../endpoint/refusal.ts'
import { whyUnreached } from '../../endpoint/unreached.ts'
import { calledEndpoint } from '../../served.ts'
import { type Listener, createAnswerText } from './thinking.ts'

export interface ChatRequest extends Prompt {
  /** How long the answer may take once it has begun. */
  readonly answerMs?: number
  /** Ends the call: the reader who stopped waiting. */
  readonly signal?: AbortSignal
  /** Asked before each request; false when today's budget is spent. */
  readonly spend?: () => boolean | Promise<boolean>
  /** Gives what is told each piece of the answer as it comes; a new one where the answer begins anew. */
  readonly listen?: () => Listener
}

/** `finish` is `cut` when the stream ended before the model said that it was done. */
export interface Completed {
  readonly status: 'completed'
  /** What the model wrote, without its thinking. */
  readonly text: string
  readonly finish: Finish
  /** The format that it was asked for in, the richest that the endpoint takes. */
  readonly format?: Format
  /** What came was no completion at all: a web page, other JSON, nothing. */
  readonly isEmpty?: true
  readonly tokens?: Tokens
  /** One English sentence for the log, where the endpoint read a part of the prompt only. */
  readonly promptCut?: string
}

export type Chat = (request: ChatRequest) => Promise<Completed | Failure>

export interface ChatSettings {
  readonly model: string
  /** Of a local endpoint it may be empty: then no authorization is sent. */
  readonly apiKey?: string
  /** OpenAI's when not given. */
  readonly baseURL?: string
  /** How long an answer may take to begin. */
  readonly firstMs?: number
  /** How long the endpoint may say nothing in the midst of an answer. */
  readonly silenceMs?: number
  /** How long to wait before the first retry where the endpoint does not say; doubled each time. */
  readonly retryDelayMs?: number
}

const ANSWER_MS = 600_000
const RETRIES = 2
/** An answer waits no longer for the next try: where more is asked for, others choose what is told. */
const LONGEST_PAUSE_MS = 2_000
/** An answer has some hundred; thinking aloud adds to it. */
const MAX_TEXT = 65_536
const MAX_BODY_BYTES = 8 * 2 ** 20

/** How long an endpoint is left alone whose account is empty, or that let several wait in vain in a row. */
const REST_MS = 60_000
const LATE_IN_A_ROW = 3
/** How long no simpler format is tried where none was of use: it is not the format. */
const VAIN_MS = 300_000

/**
 * Tokens a character: a prompt of ours has 0.65 by o200k_base, which makes few of Chinese, 0.9 by
 * cl100k_base. Where an endpoint counts fewer than this it has cut the prompt; short ones fit any context.
 */
const FEWEST_TOKENS = 0.5
const SHORT_PROMPT = 2_000

/** What endpoints answer to a format that they do not take, beside a success that cannot be read. */
const REFUSES = new Set([400, 404, 422, 500, 501])

/**
 * An OpenAI-compatible endpoint for chat completions, streamed, and its dialects. Whatever the endpoint
 * does, the outcome is a value. 429 and 5xx are retried while an answer can wait; an endpoint that asks to
 * be left alone for longer is, and until then the outcome stays what it was; so it is where the account is
 * empty, or several waited in vain in a row. One that let somebody wait in vain for the beginning is waited
 * for no longer than in the midst of an answer, until it answers again.
 *
 * One that refuses a response format, or answers with what is no completion, is asked with the next simpler
 * one, which is remembered as long as this chat lives once it was answered; but not when the error names
 * something else, which no format mends. Where a format was answered before, a 500 and what is no
 * completion are mishaps, and lower nothing. Where no format was of use, as at a wrong address, only one
 * is tried for a while. A cap, the count of tokens and a message of the system are sent where they are taken.
 */
export function createChat({
  model,
  apiKey,
  baseURL,
  silenceMs = 15_000,
  firstMs = silenceMs,
  retryDelayMs = 500,
}: ChatSettings): Chat {
  const client = new OpenAI({
    apiKey: apiKey || 'none',
    baseURL: baseURL ?? null,
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: 'off',
    fetch: fetchSuccess,
    ...(!apiKey && { defaultHeaders: { Authorization: null } }),
  })
  let known: Format = 'json_schema'
  let isProven = false
  let vainUntil = 0
  let lateInARow = 0
  let extras = ALL_EXTRAS
  let waitsMs = firstMs
  let resting: { readonly until: number; readonly outcome: Failure } | undefined

  return async function chat(request) {
    if (resting && performance.now() < resting.until) return resting.outcome
    const patience = createPatience({
      firstMs: waitsMs,
      silenceMs,
      answerMs: request.answerMs ?? ANSWER_MS,
    })
    try {
      const outcome = await converse(request, patience)
      const late = patience.outcome()
      lateInARow = late ? lateInARow + 1 : 0
      if (late && lateInARow >= LATE_IN_A_ROW) rest(REST_MS, late)
      return outcome
    } finally {
      patience.end()
    }
  }

  function rest(ms: number, outcome: Failure) {
    resting = { until: performance.now() + ms, outcome: plain(outcome) }
  }

  async function converse(request: ChatRequest, patience: Patience): Promise<Completed | Failure> {
    let format = known
    let isFree = false
    for (let attempt = 0; ;) {
      if (request.signal?.aborted) return stopped(request.signal)
      if (!isFree && (await request.spend?.()) === false)
        return failure('budget', "Today's model calls are spent")
      patience.asked()
      const asked = extras
      const sent = extrasFor(format, asked)
      const began = performance.now()
      const outcome = await ask(request, format, sent, patience)
      calledEndpoint({
        endpoint: 'chat',
        outcome: outcomeOf(outcome),
        ms: performance.now() - began,
        ...('tokens' in outcome && { tokens: outcome.tokens }),
      })
      patience.paused()
      if (patience.outcome()?.reason === 'silence' && patience.isWaiting())
        waitsMs = Math.min(firstMs, silenceMs)
      if (isRefusal(outcome) && withoutRefused(sent, outcome.named)) {
        // Others may have found out meanwhile.
        if (extras === asked) extras = withoutRefused(asked, outcome.named) ?? asked
        continue
      }
      const isFormat = isOfFormat(outcome)
      const isVain = performance.now() < vainUntil
      const simpler = isFormat && !isVain ? simplerThan(format) : undefined
      if (isFormat && !simpler && !isVain) vainUntil = performance.now() + VAIN_MS
      if (outcome.status === 'completed' && !simpler) {
        waitsMs = firstMs
        if (isWritten(outcome.text)) {
          known = format
          isProven = true
          vainUntil = 0
        }
        // Some write nothing where they are held to a format: this call shows it, the next asks for less.
        else if (outcome.finish === 'stop' && !outcome.isEmpty && !isProven)
          known = simplerThan(format) ?? format
        return { ...outcome, format }
      }
      if (simpler) format = simpler
      if (outcome.status === 'completed') continue
      const { retryAfterMs, retryable } = outcome
      isFree = outcome.named === 'loading'
      if (isFree) {
        const leftMs = patience.left()
        const delayMs = Math.min(retryAfterMs ?? LONGEST_PAUSE_MS, leftMs)
        if (leftMs === 0 || !(await waited(delayMs, request.signal))) return plain(outcome)
        continue
      }
      if (simpler && !retryable) continue
      const delayMs =
        outcome.named === 'quota' ? REST_MS : (retryAfterMs ?? retryDelayMs * 2 ** attempt)
      if (delayMs > LONGEST_PAUSE_MS) rest(delayMs, outcome)
      if (!retryable || delayMs > LONGEST_PAUSE_MS || attempt++ === RETRIES) return plain(outcome)
      if (!(await waited(delayMs, request.signal))) return plain(outcome)
    }
  }

  /** Whether another format may help. */
  function isOfFormat(outcome: Completed | Unanswered): boolean {
    if (outcome.status === 'completed') return !isProven && outcome.isEmpty === true
    const { httpStatus, named } = outcome
    if (!isRefusal(outcome) || (named && named !== 'format')) return false
    return (httpStatus !== 200 && httpStatus !== 500) || !isProven || named === 'format'
  }

  async function ask(
    request: ChatRequest,
    format: Format,
    sent: Extras,
    patience: Patience,
  ): Promise<Completed | Unanswered> {
    const signal = AbortSignal.any([patience.signal, ...(request.signal ? [request.signal] : [])])
    const why = () => patience.outcome() ?? (signal.aborted ? stopped(request.signal!) : undefined)
    let response: Response
    try {
      // The client reads one dialect of what is answered; `read` reads them all.
      response = await client.chat.completions
        .create(paramsOf(model, { answerMs: ANSWER_MS, ...request }, format, sent), { signal })
        .asResponse()
    } catch (error) {
      const cause = error instanceof Error ? error.cause : undefined
      if (cause instanceof RefusedError) return refused(cause)
      return why() ?? unreached(cause)
    }
    return read(response, request, patience, why)
  }

  async function read(
    { body }: Response,
    { messages, listen = () => () => {} }: ChatRequest,
    patience: Patience,
    why: () => Failure | undefined,
  ): Promise<Completed | Unanswered> {
    const answer = createAnswerText(listen)
    let length = 0
    let finish: Finish | undefined
    let isEmpty = true
    let tokens: Tokens | undefined
    const completed = (end: Finish): Completed => ({
      status: 'completed',
      text: answer.end(),
      finish: finish ?? end,
      ...(isEmpty && { isEmpty }),
      ...(tokens && { tokens }),
      ...promptCut(messages, tokens?.prompt),
    })
    if (!body) return completed('cut')
    const events = eventsOf(heard(body.pipeThrough(new TextDecoderStream()), patience.heard))
    try {
      for (;;) {
        // Only what the endpoint does is caught here, never what the listener does.
        const next = await events.next().catch(toError)
        const stop = why()
        const isThought =
          stop && stop === patience.outcome() && !patience.isWaiting() && !isWritten(answer.end())
        if (stop) return isThought ? thoughtful(stop) : stop
        if (next instanceof BodyTooLongError) return tooLong()
        if (next instanceof Error) return completed('cut')
        if (next.done) return completed(next.value ? 'stop' : 'cut')
        const event = next.value
        if (isError(event)) return errorIn(event, length > 0)
        tokens = tokensIn(event) ?? tokens
        const said = saidIn(event)
        if (!said) continue
        isEmpty = false
        if (!said.isBlank) patience.began()
        if (said.isRefusal) finish = 'refused'
        else finish ??= said.finish
        length += said.text.length
        if (length > MAX_TEXT) return tooLong()
        answer.add(said.text)
      }
    } finally {
      // What still comes is not waited for.
      void events.return(false).catch(() => {})
    }
  }

  /** Messages of an endpoint may repeat a key or a prompt: only its status and code go on. */
  function refused({ status: httpStatus, headers, text }: RefusedError): Unanswered {
    const said = parseJson(text) ?? text
    const seen = isRedirect(httpStatus) ? undefined : namedBy({ error: said }, model)
    const named = believed(seen, httpStatus)
    const retryAfterMs = retryAfter(headers)
    return {
      ...failure(reasonOf(httpStatus, named), detailOf(httpStatus, named, said)),
      httpStatus,
      retryable:
        (httpStatus === 408 || httpStatus === 429 || httpStatus >= 500) && isPassing(named),
      ...(named && { named }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    }
  }

  /** An error that comes with a success: it may be of the format, where nothing was written before it. */
  function errorIn(event: unknown, hasBegun: boolean): Unanswered {
    const named = namedBy(event, model)
    const code = codeIn(event)
    const detail = `The chat endpoint sent an error${code ? ` (${code})` : ''}`
    return {
      ...failure(reasonOf(500, named), named ? `${detail}: ${NAMED[named]}` : detail),
      ...(named && { named }),
      ...(!hasBegun && { httpStatus: 200 }),
    }
  }
}

/** What became of one request, before anybody reads what was written. */
function outcomeOf(outcome: Completed | Unanswered): Outcome {
  if (outcome.status === 'failed') return outcome.named ?? outcome.reason
  if (outcome.isEmpty) return 'malformed'
  return outcome.finish === 'stop'
    ? 'completed'
    : outcome.finish === 'length'
      ? 'too_long'
      : outcome.finish
}

/** Why a completion in which nothing could be read has nothing to be read. */
export function unreadable({ text, finish, isEmpty }: Completed): Failure {
  if (isEmpty && finish === 'cut')
    return failure('cut', `What the chat endpoint sent is no completion; ${CHECK_ADDRESS}`)
  if (finish === 'refused') return failure('refused', 'The model refused to answer')
  if (finish === 'length') return failure('too_long', 'The answer was cut at its limit')
  if (finish === 'cut') return failure('cut', 'The stream of the chat endpoint broke off')
  return text.trim() === ''
    ? failure('empty', 'The model wrote nothing')
    : failure('malformed', 'The model did not write the JSON that it was asked for')
}

/** What an endpoint answered that is no success, all of it: the client keeps a part. */
class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly status: number
  readonly headers: Headers
  readonly text: string

  constructor({ status, headers }: Response, text: string) {
    super(`The chat endpoint answered ${status}`)
    this.status = status
    this.headers = headers
    this.text = text
  }
}

const bounded = boundedFetch(MAX_BODY_BYTES)

/** @throws RefusedError when what comes is no success, and what `fetch` does. */
const fetchSuccess: typeof fetch = async (input, init) => {
  const response = await bounded(input, init)
  if (response.ok) return response
  throw new RefusedError(response, await textOfError(response))
}

/** A failure, and what may be done about it. */
interface Unanswered extends Failure {
  readonly httpStatus?: number
  readonly named?: Named
  readonly retryable?: boolean
  readonly retryAfterMs?: number
}

type Patience = ReturnType<typeof createPatience>

const NAMED: Record<Named, string> = {
  encoding: 'it does not take the encoding',
  usage: 'it does not count tokens in a stream',
  cap: 'it does not take the limit of tokens',
  role: 'it does not take the roles of the messages',
  format: 'it does not take the response format',
  inspected: 'its inspection of content lets the question or the articles not through',
  model: 'it has no such model; check CHAT_MODEL',
  key: 'it does not take the key; check OPENAI_API_KEY',
  quota: 'what was paid for is used up',
  length: 'more was sent than the model reads',
  loading: 'the model is being loaded',
}

async function* heard(pieces: AsyncIterable<string>, hear: () => void): AsyncGenerator<string> {
  for await (const piece of pieces) {
    hear()
    yield piece
  }
}

/** Whether the endpoint may mean that it does not take what was asked for. */
const isRefusal = (outcome: Completed | Unanswered): outcome is Unanswered =>
  outcome.status === 'failed' &&
  (outcome.httpStatus === 200 || REFUSES.has(outcome.httpStatus ?? 0))

const isWritten = (text: string) => text.trim() !== ''

function unreached(error: unknown): Unanswered {
  if (error instanceof BodyTooLongError) return tooLong()
  const { why, isPassing: retryable } = whyUnreached(error)
  return { ...failure('unreachable', `The chat endpoint cannot be reached${why}`), retryable }
}

function promptCut(messages: readonly ChatMessage[], tokens: number | undefined) {
  const sent = messages.reduce((sum, { content }) => sum + content.length, 0)
  if (!tokens || sent < SHORT_PROMPT || tokens >= sent * FEWEST_TOKENS) return {}
  const sentence = `The chat endpoint read ${tokens} tokens of a prompt of ${sent} characters: its beginning was likely cut off; give the model a longer context (num_ctx, of Ollama OLLAMA_CONTEXT_LENGTH)`
  return { promptCut: sentence }
}

/** Of a model that began, and came to no word of its answer. */
const thoughtful = ({ reason, detail }: Failure) =>
  failure(
    reason,
    `${detail}: it was still thinking; raise CHAT_TIMEOUT_MS, or take a model or a mode that does not think`,
  )

/** What an error names, in the light of its status. */
function believed(named: Named | undefined, httpStatus: number): Named | undefined {
  if (httpStatus === 402) return 'quota'
  return named === 'loading' && httpStatus !== 503 ? undefined : named
}

const CHECK_ADDRESS = 'check OPENAI_BASE_URL, which mostly ends in /v1, and CHAT_MODEL'

function detailOf(httpStatus: number, named: Named | undefined, said: unknown): string {
  if (isRedirect(httpStatus))
    return `The chat endpoint redirects (${httpStatus}) and is not followed; set OPENAI_BASE_URL to where it leads`
  const code = codeIn(said)
  const detail = `The chat endpoint answered ${httpStatus}${code ? ` (${code})` : ''}`
  if (named) return `${detail}: ${NAMED[named]}`
  return httpStatus === 404 ? `${detail}; ${CHECK_ADDRESS}` : detail
}

function reasonOf(httpStatus: number, named: Named | undefined): Failure['reason'] {
  if (named === 'inspected') return 'refused'
  if (named === 'length') return 'too_much_sent'
  if (named === 'key') return 'unauthorized'
  return reasonOfStatus(httpStatus)
}

/** Whether what an error names may be over in a moment. */
const isPassing = (named: Named | undefined) =>
  named === undefined || named === 'format' || named === 'loading'

function stopped({ reason }: AbortSignal): Failure {
  return reason instanceof DOMException && reason.name === 'TimeoutError'
    ? failure('timeout', 'The chat endpoint took too long')
    : failure('aborted', 'The caller stopped waiting')
}

const tooLong = () => failure('too_long', 'The chat endpoint sent more than an answer can be')
const plain = ({ reason, detail }: Failure) => failure(reason, detail)
const toError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

/** Whether the wait came to its end. */
async function waited(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  return sleep(ms, true, signal && { signal }).catch(() => false)
}
