/** Texts to vectors, by any OpenAI-compatible endpoint; what is in the store is not asked for again. */
import OpenAI, {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
} from 'openai'
import { z } from 'zod'
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
  /** Of one request. */
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
 * Vectors of unit length, in the order of the texts. With `deadlineMs`, as when somebody waits for an
 * answer, all of it is done by then or fails. What people ask is not to be kept: `keep` is false.
 * @throws EmbedError with one sentence when the endpoint cannot be used.
 */
export type Embed = (
  texts: readonly string[],
  options?: { readonly deadlineMs?: number; readonly keep?: boolean },
) => Promise<Float32Array[]>

/** Says in one sentence what is wrong with the endpoint and what to do; callers go on without vectors. */
export class EmbedError extends Error {
  override readonly name = 'EmbedError'
}

const OPENAI_URL = 'https://api.openai.com/v1'
/** The SDK's timeout ends with the headers; this also ends a body that never comes, and all retries. */
const PATIENCE_MS = 600_000

const Embeddings = z.object({
  data: z.array(
    z.object({ index: z.int().nonnegative().optional(), embedding: z.array(z.number()).min(1) }),
  ),
  usage: z.object({ total_tokens: z.number() }).partial().nullish(),
})

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
  // The SDK waits as Retry-After says, up to a minute, and doubles its pauses where nothing is said.
  const client = new OpenAI({
    apiKey: apiKey ?? 'none',
    baseURL: baseURL ?? OPENAI_URL,
    organization: null,
    project: null,
    timeout: timeoutMs,
    maxRetries,
    logLevel: 'off',
  })
  const space = { model, dimensions }
  const endpoint = new URL(client.baseURL).host
  let progress: EmbedProgress = { embedded: 0, known: 0, tokens: 0 }
  const count = (more: Partial<EmbedProgress>) => {
    progress = {
      embedded: progress.embedded + (more.embedded ?? 0),
      known: progress.known + (more.known ?? 0),
      tokens: progress.tokens + (more.tokens ?? 0),
    }
    report(progress)
  }

  return async function embed(texts, { deadlineMs, keep = true } = {}) {
    const distinct = [...new Set(texts)]
    const vectors = new Map(store.get(space, distinct).map((vector, i) => [distinct[i]!, vector]))
    const missing = distinct.filter((text) => !vectors.get(text))
    if (missing.length < distinct.length) count({ known: distinct.length - missing.length })
    const signal = deadlineMs === undefined ? undefined : AbortSignal.timeout(deadlineMs)
    await mapConcurrently(inBatches(missing, batch), concurrency, async (some) => {
      const found = await ask(some, signal)
      // At once: a run that is killed has paid for no more than what was under way.
      if (keep) store.put(space, some, found)
      for (const [i, text] of some.entries()) vectors.set(text, found[i])
    })
    return texts.map((text) => vectors.get(text)!)
  }

  async function ask(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    const { data, usage } = await request(texts, signal)
    if (data.length !== texts.length) {
      throw new EmbedError(
        `${model} at ${endpoint} gave ${data.length} vectors for ${texts.length} texts; lower EMBEDDING_BATCH.`,
      )
    }
    const ordered = data
      .map(({ index, embedding }, i) => ({ index: index ?? i, embedding }))
      .toSorted((a, b) => a.index - b.index)
    if (ordered.some(({ index }, i) => index !== i))
      throw new EmbedError(`${model} at ${endpoint} does not say which vector is which text's.`)
    checkLengths(ordered.map(({ embedding }) => embedding.length))
    const vectors = ordered.map(({ embedding }) => normalized(embedding))
    count({ embedded: texts.length, tokens: usage?.total_tokens ?? 0 })
    return vectors
  }

  async function request(texts: readonly string[], signal?: AbortSignal) {
    try {
      const response = await client.embeddings.create(
        {
          model,
          input: [...texts],
          encoding_format: 'float',
          ...(dimensions !== undefined && { dimensions }),
        },
        { signal: signal ?? AbortSignal.timeout(PATIENCE_MS) },
      )
      return Embeddings.parse(response)
    } catch (error) {
      throw new EmbedError(`${whatHappened(error)} ${whatToDo(error)}`, { cause: error })
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

  function whatHappened(error: unknown): string {
    const what = `Embedding with ${model} at ${endpoint} failed:`
    if (error instanceof APIUserAbortError || error instanceof APIConnectionTimeoutError)
      return `${what} no answer in time.`
    if (error instanceof APIConnectionError) return `${what} the endpoint cannot be reached.`
    if (isRefusal(error)) return `${what} the key was refused.`
    if (error instanceof APIError && error.status !== undefined)
      return `${what} ${oneLine(error.message)}.`
    if (error instanceof z.ZodError || error instanceof SyntaxError)
      return `${what} what came back are no embeddings.`
    return `${what} ${oneLine(String(error))}.`
  }

  function whatToDo(error: unknown): string {
    const status = error instanceof APIError ? error.status : undefined
    if (isRefusal(error)) return 'Check EMBEDDING_API_KEY.'
    if (status === 404) return 'Check EMBEDDING_MODEL and EMBEDDING_BASE_URL.'
    if (status === 400 || status === 413 || status === 422)
      return 'Check EMBEDDING_MODEL, EMBEDDING_DIMENSIONS and EMBEDDING_BATCH.'
    if (status === 429) return 'Wait, or ask the provider for a higher limit.'
    return 'Check EMBEDDING_BASE_URL, or try again later.'
  }
}

/** Its message may repeat the key. */
const isRefusal = (error: unknown) =>
  error instanceof APIError && (error.status === 401 || error.status === 403)

const oneLine = (text: string) => text.replaceAll(/\s+/gu, ' ').slice(0, 200).replace(/\.$/u, '')

function inBatches<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  )
}
