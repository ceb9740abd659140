/** Texts to vectors, by any OpenAI-compatible endpoint; what is in the store is not asked for again. */
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import {
  BodyTooLongError,
  textOfError,
  boundedFetch,
  isRedirect,
  retryAfter,
} from '../bounded-fetch.ts'
import { firstCharacters } from '../code-points.ts'
import { type Outcome, reasonOfStatus } from '../endpoint-call.ts'
import { type Named, namedBy } from '../endpoint/refusal.ts'
import { whyUnreached } from '../endpoint/unreached.ts'
import { parseJson } from '../parse-json.ts'
import { calledEndpoint } from '../served.ts'
import { normalized } from './dense-scan.ts'
import { mapConcurrently } from './map-concurrently.ts'
import type { VectorStore } from './vector-store.ts'

export interface EmbedSettings {
  readonly model: string
  /** The endpoint, up to `/v1`; OpenAI's own when not given. */
  readonly baseURL?: string | undefined
  /** A local endpoint needs none. */
  readonly apiKey?: string | undefined
  /** The length of vector to ask for; the model's own when not given. */
  readonly dimensions?: number | undefined
  /** How many texts go into one request: the least that any provider allows is 10. */
  readonly batch?: number
  readonly concurrency?: number
  /** Of one request, its body included. */
  readonly timeoutMs?: number
  /** How often a request is sent again after 408, 409, 429 and 5xx, or when no answer came. */
  readonly maxRetries?: number
}

/** What was done since `createEmbed`: texts embedded, texts the store knew, tokens paid for. */
export interface EmbedProgress {
  readonly embedded: number
  readonly known: number
  readonly tokens: number
}

export interface EmbedDeps {
  readonly store: VectorStore
  readonly report?: (progress: EmbedProgress) => void
}

/**
 * Vectors of unit length, in the order of the texts; none of a text that the endpoint does not take,
 * however few go along with it. Of a longer text the beginning is embedded. With `deadlineMs`, as when somebody waits for an
 * answer, all of it is done by then or fails. What people ask is not to be kept: `keep` is false.
 * @throws EmbedError with one sentence when the endpoint cannot be used.
 */
export type Embed = (
  texts: readonly string[],
  options?: { readonly deadlineMs?: number; readonly keep?: boolean },
) => Promise<(Float32Array | undefined)[]>

/** Says in one sentence what is wrong with the endpoint and what to do; callers go on without vectors. */
export class EmbedError extends Error {
  override readonly name = 'EmbedError'
}

/**
 * In code points. Models of the BERT kind, as bge, read 512 tokens and make at most one of a code point,
 * beside one at each end; others read more.
 */
export const LONGEST_TEXT = 510
/** What endpoints answer to a text that ends in NaN in their midst: Ollama and vLLM 500, TEI 424. */
const STUMBLES = new Set([424, 500])
/** How often a text over which an endpoint stumbles is sent again, before it goes without. */
const STUMBLE_RETRIES = 1
/** What every endpoint takes that takes anything, and by whose vector its model is known. */
export const PROBE = '企业用电报装要多久？'

/**
 * What the vectors of one text have in common, as a cosine: in other arithmetic one model gives nearly
 * the same, and another model gives one that has nothing to do with it.
 */
const SAME_MODEL = 0.9

const OPENAI_URL = 'https://api.openai.com/v1'
/** Of one request with all that is waited for between its tries, where nobody waits for an answer. */
const PATIENCE_MS = 600_000
/** Doubled after each try, where the endpoint does not say how long it wants to be left alone. */
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 8_000
/** An endpoint that asks for no pause at all gets this one. */
const SHORTEST_PAUSE_MS = 100
/** How long an endpoint is left alone after it failed, so that not every question and file waits for it. */
const REST_MS = 30_000

/** Twice the longest vector that models give today, each number of it as JSON; no reply is longer. */
const LONGEST_VECTOR = 16_384
const BYTES_A_NUMBER = 32
const MOST_BYTES = 128 * 2 ** 20

const Reply = z.object({
  data: z.array(z.unknown()),
  usage: z.object({ total_tokens: z.number() }).partial().nullish().catch(null),
})
/** Looked at as a whole: a list of every wrong number among a million would be another million. */
const Vector = z.custom<number[]>(
  (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= LONGEST_VECTOR &&
    value.every((n) => typeof n === 'number' && Number.isFinite(Math.fround(n))) &&
    value.some((n) => n !== 0),
)
const Embedding = z.object({
  index: z.int().nonnegative().nullish(),
  // Some send base64, whatever was asked for.
  embedding: z.preprocess((value) => (typeof value === 'string' ? floatsIn(value) : value), Vector),
})

interface Found {
  readonly data: readonly z.infer<typeof Embedding>[]
  readonly tokens: number
}

type Refused = 'refused' | 'stumbles'

/** What a request came to that brought no vectors; `passing` when the same may succeed a moment later. */
interface Trouble {
  readonly outcome: Outcome
  readonly sentence: string
  readonly passing?: boolean
  readonly retryAfterMs?: number | undefined
  /**
   * Whether it may be these texts that the endpoint does not take: others may be asked. It `stumbles` where
   * it does not say so: then it may be the endpoint as well.
   */
  readonly ofTexts?: boolean | 'stumbles'
  readonly named?: Named | undefined
}

export function createEmbed(
  {
    model,
    baseURL,
    apiKey,
    dimensions,
    batch = 10,
    concurrency = 4,
    timeoutMs = 60_000,
    maxRetries = 6,
  }: EmbedSettings,
  { store, report = () => {} }: EmbedDeps,
): Embed {
  const space = { model, dimensions }
  const url = new URL(`${(baseURL ?? OPENAI_URL).replace(/\/+$/u, '')}/embeddings`)
  const endpoint = url.host
  /** How many texts go into one request by now, and whether any was ever taken. */
  let most = batch
  let isTaken = false
  let encoding: object = { encoding_format: 'float' }
  let resting: { readonly until: number; readonly error: EmbedError } | undefined
  let checked: Promise<void> | undefined
  let progress: EmbedProgress = { embedded: 0, known: 0, tokens: 0 }
  const count = (more: Partial<EmbedProgress>) => {
    progress = {
      embedded: progress.embedded + (more.embedded ?? 0),
      known: progress.known + (more.known ?? 0),
      tokens: progress.tokens + (more.tokens ?? 0),
    }
    report(progress)
  }

  return async function embed(given, { deadlineMs, keep = true } = {}) {
    const texts = given.map((text) => firstCharacters(text, LONGEST_TEXT))
    const distinct = [...new Set(texts)]
    const vectors = new Map(store.get(space, distinct).map((vector, i) => [distinct[i]!, vector]))
    const missing = distinct.filter((text) => !vectors.get(text))
    if (missing.length < distinct.length) count({ known: distinct.length - missing.length })
    const deadline = deadlineMs === undefined ? undefined : performance.now() + deadlineMs
    const take = (some: readonly string[], found: readonly Float32Array[]) => {
      // At once: a run that is killed has paid for no more than what was under way.
      if (keep) store.put(space, some, found)
      for (const [i, text] of some.entries()) vectors.set(text, found[i])
    }
    if (missing.length > 0) await (checked ??= checkModel(deadline).catch(checkAgain))
    await mapConcurrently(inBatches(missing, most), concurrency, (some) =>
      embedOrHalve(some, take, deadline),
    )
    return texts.map((text) => vectors.get(text))
  }

  /**
   * Looks, once, whether the vectors that are kept are of the model that answers now: behind a gateway's name
   * another one may stand by now, whose vectors are as long and mean something else.
   */
  async function checkModel(deadline: number | undefined): Promise<void> {
    if (store.length(space) === undefined) return
    const [kept] = store.get(space, [PROBE])
    const found = await ask([PROBE], deadline)
    const now = Array.isArray(found) ? found[0]! : undefined
    if (!now) return
    if (!kept) return store.put(space, [PROBE], [now])
    if (kept.reduce((sum, n, i) => sum + n * now[i]!, 0) >= SAME_MODEL) return
    throw new EmbedError(
      `${model} at ${endpoint} gives other vectors than before; it is another model: move vectors.sqlite and index.sqlite away, or set another QDRANT_COLLECTION, and ingest again.`,
    )
  }

  function checkAgain(error: unknown): never {
    checked = undefined
    throw error
  }

  /**
   * Embeds texts, and where they are refused each half of them, down to the text that is to blame. Where
   * nothing was ever taken, or it stumbles, it may be the endpoint that is: then one is asked for that it
   * must take, or all fails. Gives whether all were taken.
   */
  async function embedOrHalve(
    texts: readonly string[],
    take: (some: readonly string[], found: readonly Float32Array[]) => void,
    deadline: number | undefined,
  ): Promise<boolean> {
    const found = await ask(texts, deadline)
    if (Array.isArray(found)) {
      take(texts, found)
      return true
    }
    if (!isTaken || found === 'stumbles') await ask([PROBE], deadline)
    if (texts.length === 1) return false
    const half = Math.ceil(texts.length / 2)
    const first = await embedOrHalve(texts.slice(0, half), take, deadline)
    const second = await embedOrHalve(texts.slice(half), take, deadline)
    // Nobody was to blame but their number.
    if (first && second) most = Math.min(most, half)
    return first && second
  }

  /** Why it is where these texts are refused. */
  async function ask(
    texts: readonly string[],
    deadline?: number,
  ): Promise<Float32Array[] | Refused> {
    const found = await request(texts, deadline ?? performance.now() + PATIENCE_MS)
    if (typeof found === 'string') return found
    const { data, tokens } = found
    const ordered = data
      .map(({ index, embedding }, i) => ({ index: index ?? i, embedding }))
      .toSorted((a, b) => a.index - b.index)
    if (ordered.some(({ index }, i) => index !== i))
      throw new EmbedError(`${model} at ${endpoint} does not say which vector is which text's.`)
    checkLengths(ordered.map(({ embedding }) => embedding.length))
    const vectors = ordered.map(({ embedding }) => normalized(embedding))
    count({ embedded: texts.length, tokens })
    isTaken = true
    return vectors
  }

  /**
   * Asks again what may succeed a moment later, while there is time. An endpoint that failed is then
   * left alone for a while, so that not every question and every file waits for it.
   */
  async function request(texts: readonly string[], deadline: number): Promise<Found | Refused> {
    if (resting && performance.now() < resting.until) throw resting.error
    for (let tries = 0, pauseMs = FIRST_PAUSE_MS; ; tries++, pauseMs *= 2) {
      const sent = encoding
      const began = performance.now()
      const came = await requestOnce(texts, Math.min(timeoutMs, deadline - began))
      calledEndpoint({
        endpoint: 'embedding',
        outcome: 'data' in came ? 'completed' : came.outcome,
        ms: performance.now() - began,
        ...('data' in came && { tokens: { prompt: came.tokens, completion: 0 } }),
      })
      if ('data' in came) return came
      const { sentence, passing, ofTexts, named } = came
      if (named === 'encoding' && 'encoding_format' in sent) {
        encoding = {}
        continue
      }
      const isProbe = texts.length === 1 && texts[0] === PROBE
      if (ofTexts === true && (isTaken || !isProbe)) return 'refused'
      // The halves of many are a retry, too.
      const isPatient = texts.length === 1 && tries < Math.min(STUMBLE_RETRIES, maxRetries)
      if (ofTexts === 'stumbles' && !isProbe && !isPatient) return ofTexts
      const retryAfterMs = Math.max(
        came.retryAfterMs ?? Math.min(pauseMs, LONGEST_PAUSE_MS),
        SHORTEST_PAUSE_MS,
      )
      if (!passing || tries === maxRetries || performance.now() + retryAfterMs >= deadline) {
        const error = new EmbedError(`Embedding with ${model} at ${endpoint} failed: ${sentence}`)
        const restMs = Math.max(REST_MS, retryAfterMs)
        resting = { until: performance.now() + restMs, error }
        throw error
      }
      await sleep(retryAfterMs)
    }
  }

  async function requestOnce(texts: readonly string[], ms: number): Promise<Found | Trouble> {
    try {
      const response = await boundedFetch(mostBytes(texts.length))(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(apiKey && { authorization: `Bearer ${apiKey}` }),
        },
        body: JSON.stringify({
          model,
          input: texts,
          ...encoding,
          ...(dimensions !== undefined && { dimensions }),
        }),
        signal: AbortSignal.timeout(Math.max(0, Math.ceil(ms))),
      })
      if (!response.ok) {
        const said = await textOfError(response)
        return refusal(response, namedBy({ error: parseJson(said) ?? said }, model))
      }
      const reply: unknown = await response.json()
      // Some answer an error as a success.
      const named = Reply.safeParse(reply).success ? undefined : namedBy(reply, model)
      return named ? refusal(response, named) : read(reply, texts.length)
    } catch (error) {
      return trouble(error)
    }
  }

  function checkLengths(lengths: readonly number[]) {
    const expected = dimensions ?? store.length(space) ?? lengths[0]
    const other = lengths.find((length) => length !== expected)
    if (other === undefined) return
    throw new EmbedError(
      dimensions === undefined
        ? `${model} at ${endpoint} gives vectors of ${other} numbers now, of ${expected} before; it is another model: give EMBEDDING_DIMENSIONS, or move vectors.sqlite away.`
        : `${model} at ${endpoint} gives vectors of ${other} numbers, not of ${dimensions}; change EMBEDDING_DIMENSIONS.`,
    )
  }
}

const mostBytes = (texts: number) => Math.min(texts * LONGEST_VECTOR * BYTES_A_NUMBER, MOST_BYTES)

/**
 * How many vectors there are is looked at before what they are.
 * @throws z.ZodError when these are none.
 */
function read(reply: unknown, texts: number): Found | Trouble {
  const { data, usage } = Reply.parse(reply)
  if (data.length !== texts) {
    const sentence = `it gave ${data.length} vectors for ${texts} texts. Lower EMBEDDING_BATCH.`
    return { outcome: 'malformed', sentence, ofTexts: true }
  }
  const found = data.flatMap((one) => Embedding.safeParse(one).data ?? [])
  if (found.length < texts) return { outcome: 'malformed', sentence: NONE, ofTexts: true }
  return { data: found, tokens: usage?.total_tokens ?? 0 }
}

/** What an endpoint writes along with a status may repeat a key or a text: only the status is told. */
function refusal({ status, headers }: Response, named: Named | undefined): Trouble {
  const outcome = named ?? (status === 402 ? 'quota' : reasonOfStatus(status))
  if (isRedirect(status)) {
    const sentence = `it redirects (${status}) and is not followed. Set EMBEDDING_BASE_URL to where it leads.`
    return { outcome, sentence }
  }
  const said = `it answered ${status}.`
  if (named === 'quota' || status === 402)
    return { outcome, sentence: `${said} What was paid for is used up.` }
  if (named === 'key' || status === 401 || status === 403)
    return { outcome, sentence: 'the key was refused. Check EMBEDDING_API_KEY.' }
  if (named === 'model' || status === 404)
    return { outcome, sentence: `${said} Check EMBEDDING_MODEL and EMBEDDING_BASE_URL.` }
  const isOfTexts = named === 'length' || named === 'inspected'
  if (isOfTexts || status === 400 || status === 413 || status === 422) {
    const check = 'Check EMBEDDING_MODEL, EMBEDDING_DIMENSIONS and EMBEDDING_BATCH.'
    return { outcome, sentence: `${said} ${check}`, ofTexts: true, named }
  }
  return {
    outcome,
    sentence:
      status === 429 ? `${said} Wait, or ask the provider for a higher limit.` : `${said} ${LOOK}`,
    passing: [408, 409, 424, 429].includes(status) || status >= 500,
    ...(STUMBLES.has(status) && { ofTexts: 'stumbles' }),
    retryAfterMs: retryAfter(headers),
  }
}

/** @throws what is no trouble of the endpoint's. */
function trouble(error: unknown): Trouble {
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return { outcome: 'timeout', sentence: `no answer in time. ${LOOK}`, passing: true }
  if (error instanceof BodyTooLongError)
    return {
      outcome: 'too_long',
      sentence: `what came back is longer than embeddings are. ${LOOK}`,
    }
  if (error instanceof z.ZodError || error instanceof SyntaxError)
    return { outcome: 'malformed', sentence: NONE, passing: true }
  if (error instanceof TypeError) {
    const { why, isPassing: passing } = whyUnreached(error)
    return {
      outcome: 'unreachable',
      sentence: `the endpoint cannot be reached${why}. ${LOOK}`,
      passing,
    }
  }
  throw error
}

const LOOK = 'Check EMBEDDING_BASE_URL, or try again later.'
const NONE = `what came back are no embeddings. ${LOOK}`

/** The numbers of a vector in base64, of four bytes each; undefined where it is none. */
function floatsIn(text: string): number[] | undefined {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length % 4 > 0) return undefined
  return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4))
}

function inBatches<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  )
}
