import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import type { z } from 'zod'
import { type Answer, ClaimAsked, Question } from '../../corpus.ts'
import type { ListArticles } from '../../conversation/list-articles.ts'
import type { Engine } from '../../engine/engine.ts'
import { COSTS, type Limiter } from '../../limiter.ts'
import type { Logger } from '../../log.ts'
import { faultIn, parseJson } from '../../parse-json.ts'
import { IndexUnavailableError } from '../../retrieval/index-unavailable.ts'
import type { PassageIndex } from '../../retrieval/passage-index.ts'
import { sameSecret } from '../../same-secret.ts'
import { orAborted } from '../../stop-signal.ts'
import { routeOf } from '../app.ts'
import { clientOf } from '../client.ts'
import { type SayEvent, eventStream, wantsEvents } from '../event-stream.ts'
import { limitBody } from '../limit-body.ts'
import { isLoopbackName } from '../own-pages.ts'
import { createSlowdown } from '../slowdown.ts'
import { BusyError, type Turn, type Turns, createTurns } from '../turns.ts'
import { ApiError, later } from './api-error.ts'
import { openApi } from './openapi.ts'
import { ArticlesQuery, AskQuery, SearchQuery } from './schemas.ts'
import { clock } from '../../clock.ts'

export interface ApiDeps {
  readonly engine: Pick<Engine, 'ask' | 'checkClaim' | 'rank'>
  readonly index: Pick<PassageIndex, 'article'>
  readonly listArticles: ListArticles
  /** What programs show; without one, whoever is at this machine is served, and nobody else. */
  readonly token: string | undefined
  /** Sites whose pages may use it. */
  readonly origins?: readonly string[]
  /** What one address may ask, and all that show the token. */
  readonly limits: { readonly address: Limiter; readonly token: Limiter }
  /** Asked before each call of a model; false when today's budget is spent. */
  readonly spend: () => boolean | Promise<boolean>
  readonly log: Logger
  /** How many are answered at a time. */
  readonly turns?: Turns
  readonly now?: () => number
}

/** Far above any question with its history. */
const MOST_BYTES = 64_000
/** When to come again after something that passes. */
const PASSES_SECONDS = 2
const PREFLIGHT_SECONDS = 600

/** The HTTP API, as docs/openapi.json describes it. */
export function createApi({
  engine,
  index,
  listArticles,
  token,
  origins = [],
  limits,
  spend,
  log,
  turns = createTurns(),
  now = clock.now,
}: ApiDeps): Hono {
  const api = new Hono()
  api.onError((error, c) => {
    const told = toldOf(error)
    if (told.code === 'internal' && !c.req.raw.signal.aborted)
      log.error({ err: error, route: routeOf(c) }, 'the API failed')
    return c.json(told.body, told.status, told.headers)
  })
  api.use(async (c, next) => {
    c.header('cache-control', 'no-store')
    await next()
  })
  if (origins.length > 0)
    api.use(
      cors({
        origin: origins.map((origin) => new URL(origin).origin),
        allowMethods: ['GET', 'POST'],
        allowHeaders: ['Authorization', 'Content-Type'],
        exposeHeaders: ['Retry-After'],
        maxAge: PREFLIGHT_SECONDS,
      }),
    )
  api.get('/openapi.json', (c) => c.json(openApi))
  api.use(token === undefined ? thisMachineOnly : authorized(token, createSlowdown(now)))
  const { asks, looks } = COSTS
  const bounded = limitBody(MOST_BYTES, () => {
    throw new ApiError('too_large', `A body has ${MOST_BYTES} bytes at most.`)
  })

  api.post('/ask', limited(asks), bounded, async (c) => {
    const { explain } = queryOf(c, AskQuery)
    const question = await bodyOf(c, Question)
    const turn = await turns(c.req.raw.signal)
    if (!wantsEvents(c)) return c.json(await answerOf(question, explain === '1', turn))
    return eventStream(c, async (say) => {
      try {
        await say('answer', await answerOf(question, explain === '1', turn, say))
      } catch (error) {
        const told = toldOf(error)
        if (told.code === 'internal' && !turn.signal.aborted)
          log.error({ err: error }, 'the API failed')
        await say('error', told.body)
      }
    })
  })
  api.post('/check', limited(asks), bounded, async (c) => {
    const claim = await bodyOf(c, ClaimAsked)
    const { signal, leave } = await turns(c.req.raw.signal)
    return c.json(await orAborted(engine.checkClaim(claim, { spend }), signal).finally(leave))
  })
  api.get('/search', limited(asks), async (c) => {
    const { q: question, limit } = queryOf(c, SearchQuery)
    const { signal, leave } = await turns(c.req.raw.signal)
    return c.json(await orAborted(engine.rank({ question }, limit), signal).finally(leave))
  })
  api.get('/articles', limited(looks), async (c) => {
    const { offset, limit, ...filter } = queryOf(c, ArticlesQuery)
    return c.json(await listArticles(filter, offset, limit))
  })
  api.get('/articles/:id', limited(looks), async (c) => {
    const article = await index.article(c.req.param('id'))
    if (!article) throw new ApiError('not_found', 'There is no such article.')
    return c.json(article)
  })

  for (const path of ['/ask', '/check']) api.all(path, only('POST'))
  for (const path of ['/search', '/articles', '/articles/:id', '/openapi.json'])
    api.all(path, only('GET, HEAD'))
  api.all('*', () => {
    throw new ApiError('not_found', 'There is nothing at this address; see /api/openapi.json.')
  })
  return api

  async function answerOf(
    { id, question, history = [], place, date }: Question,
    explain: boolean,
    { signal, leave }: Turn,
    say?: SayEvent,
  ): Promise<Answer> {
    const chat = { place: place ?? null, history, last: null }
    const asked = engine.ask(chat, question, {
      ...(date !== undefined && { date }),
      signal,
      spend,
      ...(say && {
        onStatement(statement, citations) {
          const cited = citations.filter(({ n }) => statement.citations.includes(n))
          void say('statement', { statement, citations: cited })
        },
      }),
    })
    const { trace, ...answer } = (await orAborted(asked, signal).finally(leave)).answer
    return { ...(id !== undefined && { id }), ...answer, ...(explain && trace && { trace }) }
  }

  function limited(cost: number): MiddlewareHandler {
    return async (c, next) => {
      // Whoever needs no token is at home here.
      const seconds =
        token !== undefined &&
        (limits.address(clientOf(c), now(), cost) || limits.token('', now(), cost))
      if (seconds) throw later('too_many_requests', 'Too much was asked within a minute.', seconds)
      await next()
    }
  }
}

const thisMachineOnly: MiddlewareHandler = async (c, next) => {
  if (!isLoopbackName(c)) throw new ApiError('forbidden', 'It is served on this machine alone.')
  await next()
}

function authorized(token: string, slowdown: ReturnType<typeof createSlowdown>): MiddlewareHandler {
  return async (c, next) => {
    const [, given] = /^Bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '') ?? []
    const asked = { 'www-authenticate': 'Bearer' }
    if (given === undefined)
      throw new ApiError('unauthorized', 'Send the header Authorization: Bearer <token>.', asked)
    const address = clientOf(c)
    const wait = slowdown.wait(address)
    if (wait > 0) throw later('too_many_requests', 'Too many wrong tokens.', Math.ceil(wait / 1000))
    if (!sameSecret(given, token)) {
      slowdown.wrong(address)
      throw new ApiError('unauthorized', 'This is not the token.', asked)
    }
    slowdown.right(address)
    await next()
  }
}

const only = (methods: string) => () => {
  throw new ApiError('method_not_allowed', `This address takes ${methods}.`, { allow: methods })
}

async function bodyOf<T extends z.ZodType>(c: Context, schema: T): Promise<z.output<T>> {
  if (!/^application\/json *(?:;|$)/i.test(c.req.header('content-type') ?? ''))
    throw new ApiError('unsupported_media_type', 'Send JSON, with Content-Type: application/json.')
  const value = parseJson(await c.req.text())
  if (value === undefined) throw new ApiError('bad_request', 'The body is no JSON.')
  return parsed(value, schema, 'The body')
}

const queryOf = <T extends z.ZodType>(c: Context, schema: T) =>
  parsed(c.req.query(), schema, 'The query')

function parsed<T extends z.ZodType>(value: unknown, schema: T, what: string): z.output<T> {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  throw new ApiError('bad_request', `${what} is wrong: ${faultIn(read.error)}.`)
}

/** An error as programs are told it. */
function toldOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof IndexUnavailableError)
    return later('unavailable', 'The index cannot be asked just now.', PASSES_SECONDS)
  if (error instanceof BusyError)
    return later('busy', 'Too much is asked at once just now.', PASSES_SECONDS)
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return later('too_slow', 'The answer took too long.', PASSES_SECONDS)
  return new ApiError('internal', 'Something went wrong here.')
}
