import { http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { type ChatRequest, createChat } from '../../../src/answer/model/chat.ts'
import {
  BASE_URL,
  COMPLETIONS,
  DONE,
  type Step,
  chunk,
  completion,
  event,
  refused,
  stream,
} from './endpoint.ts'

const server = setupServer()
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const Body = z.object({
  model: z.string(),
  stream: z.boolean(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  response_format: z.looseObject({ type: z.string() }).optional(),
})
type Body = z.infer<typeof Body>

const KEY = 'sk-test-0123456789'
const SCHEMA = { name: 'answer', schema: { type: 'object' } }

/** Answers with each of the replies in turn, the last one for ever; gives what was sent. */
function answering(...replies: (() => Response)[]) {
  const bodies: Body[] = []
  const headers: (string | null)[] = []
  server.use(
    http.post(COMPLETIONS, async ({ request }) => {
      bodies.push(Body.parse(await request.json()))
      headers.push(request.headers.get('authorization'))
      return replies[Math.min(bodies.length, replies.length) - 1]!()
    }),
  )
  return { bodies, headers }
}

const request = (over: Partial<ChatRequest> = {}): ChatRequest => ({
  messages: [
    { role: 'system', content: '说明' },
    { role: 'user', content: '问题' },
  ],
  schema: SCHEMA,
  signal: AbortSignal.timeout(3000),
  ...over,
})

const open = (over: Partial<Parameters<typeof createChat>[0]> = {}) =>
  createChat({ model: 'm', apiKey: KEY, baseURL: BASE_URL, retryDelayMs: 1, ...over })

describe('a completion', () => {
  test('is asked for streamed, with the schema, and handed on piece by piece', async () => {
    const { bodies, headers } = answering(() => stream(completion('{"a":1}')))
    const pieces: string[] = []
    const outcome = await open()(request({ listen: () => (piece) => pieces.push(piece) }))
    expect(outcome).toEqual({
      status: 'completed',
      text: '{"a":1}',
      finish: 'stop',
      format: 'json_schema',
      tokens: { prompt: 1, completion: 1 },
    })
    expect(pieces.join('')).toBe('{"a":1}')
    expect(bodies[0]).toMatchObject({
      model: 'm',
      stream: true,
      response_format: { type: 'json_schema', json_schema: { ...SCHEMA, strict: true } },
    })
    expect(headers).toEqual([`Bearer ${KEY}`])
  })

  test('of a local endpoint needs no key, and sends none', async () => {
    const { headers } = answering(() => stream(completion('x')))
    await createChat({ model: 'm', baseURL: BASE_URL })(request())
    expect(headers).toEqual([null])
  })

  test.each<[string, Step[], object]>([
    [
      'reasoning is not text',
      [chunk({ reasoning_content: '想' }), ...completion('ok')],
      { text: 'ok', finish: 'stop' },
    ],
    ['content may be null', [chunk({ content: null }), ...completion('ok')], { text: 'ok' }],
    [
      'chunks of another shape say nothing',
      [event({ hello: 1 }), event([1]), ': comment\n\n', ...completion('ok')],
      { text: 'ok' },
    ],
    ['a limit is told', completion('{"a"', 'length'), { text: '{"a"', finish: 'length' }],
    ['a filter refuses', completion('', 'content_filter'), { finish: 'refused' }],
    [
      'a refusal is one',
      [chunk({ refusal: '抱歉' }), chunk({}, 'stop'), DONE],
      { text: '', finish: 'refused' },
    ],
    [
      'a stream may break off',
      [chunk({ content: 'half' }), { waitMs: 20 }, { fail: true }],
      { text: 'half', finish: 'cut' },
    ],
    [
      'a stream may end without saying so',
      [chunk({ content: 'half' })],
      { text: 'half', finish: 'cut' },
    ],
    ['what is no stream is empty', ['<html>busy</html>'], { text: '', finish: 'cut' }],
    ['nothing at all is empty', [], { text: '', finish: 'cut' }],
    [
      'events that are no JSON cut it',
      [chunk({ content: 'half' }), 'data: {oops\n\n'],
      { text: 'half', finish: 'cut' },
    ],
  ])('%s', async (_name, steps, expected) => {
    answering(() => stream(steps))
    expect(await open()(request())).toMatchObject({ status: 'completed', ...expected })
  })
})

describe('response formats', () => {
  const types = (bodies: Body[]) => bodies.map((body) => body.response_format?.type)

  test('an endpoint that knows no schema is asked for an object, then without a format, and remembered', async () => {
    const refuse = () => refused(400, "'response_format.type' is not supported")
    const { bodies } = answering(refuse, refuse, () => stream(completion('{}')))
    const chat = open()
    expect(await chat(request())).toMatchObject({ status: 'completed' })
    expect(await chat(request())).toMatchObject({ status: 'completed' })
    expect(types(bodies)).toEqual(['json_schema', 'json_object', undefined, undefined])
  })

  test('a request that is bad in every format fails, and nothing is remembered of it', async () => {
    let bad = true
    const { bodies } = answering(() =>
      bad ? refused(400, 'too many tokens') : stream(completion('{}')),
    )
    const chat = open()
    expect(await chat(request())).toMatchObject({ status: 'failed', reason: 'bad_request' })
    bad = false
    await chat(request())
    expect(types(bodies)).toEqual(['json_schema', 'json_object', undefined, 'json_schema'])
  })
})

describe('failures', () => {
  test.each<[string, number, string, number]>([
    ['a busy endpoint is asked again', 429, 'rate_limited', 3],
    ['an endpoint in trouble is asked again', 503, 'server_error', 3],
    ['a wrong key is not', 401, 'unauthorized', 1],
    ['an unknown model is not', 404, 'bad_request', 1],
  ])('%s', async (_name, status, reason, calls) => {
    const message = `key ${KEY} refused: 说明. The model 'm' does not exist`
    const { bodies } = answering(() => refused(status, status === 404 ? message : '说明'))
    const outcome = await open()(request())
    expect(outcome).toMatchObject({ status: 'failed', reason })
    expect(bodies).toHaveLength(calls)
    expect(JSON.stringify(outcome)).not.toMatch(/sk-test|说明/)
  })

  test('an endpoint that recovers is heard', async () => {
    answering(
      () => refused(503, 'warming up'),
      () => stream(completion('ok')),
    )
    expect(await open()(request())).toMatchObject({ status: 'completed', text: 'ok' })
  })

  test('it waits as long as it is told, when that is short', async () => {
    const { bodies } = answering(
      () => refused(429, 'slow down', { 'retry-after': '0.1' }),
      () => stream(completion('ok')),
    )
    const started = performance.now()
    expect(await open()(request())).toMatchObject({ status: 'completed' })
    expect(performance.now() - started).toBeGreaterThanOrEqual(95)
    expect(bodies).toHaveLength(2)
  })

  test('an endpoint that asks for long is left alone, and nobody waits for it', async () => {
    let time = 0
    vi.spyOn(performance, 'now').mockImplementation(() => time)
    onTestFinished(() => void vi.restoreAllMocks())
    const { bodies } = answering(
      () => refused(429, 'slow down', { 'retry-after': '86400' }),
      () => stream(completion('ok')),
    )
    const chat = open()
    expect(await chat(request())).toMatchObject({ reason: 'rate_limited' })
    time = 59_999
    expect(await chat(request())).toMatchObject({ reason: 'rate_limited' })
    expect(bodies).toHaveLength(1)
    time = 60_000
    expect(await chat(request())).toMatchObject({ status: 'completed' })
  })

  test('a redirect is not followed, and named', async () => {
    const { bodies } = answering(
      () => new Response(null, { status: 308, headers: { location: 'http://else.test/v1' } }),
    )
    const outcome = await open()(request())
    expect(outcome).toMatchObject({ reason: 'bad_request' })
    expect(outcome).toHaveProperty('detail', expect.stringContaining('OPENAI_BASE_URL'))
    expect(bodies).toHaveLength(1)
  })

  test('an endpoint that cannot be reached', async () => {
    const { bodies } = answering(() => Response.error())
    expect(await open()(request())).toMatchObject({ reason: 'unreachable' })
    expect(bodies).toHaveLength(3)
  })

  test('an endpoint that does not even answer is silent', async () => {
    server.use(http.post(COMPLETIONS, () => new Promise<Response>(() => {})))
    expect(await open({ silenceMs: 50 })(request())).toMatchObject({ reason: 'silence' })
  })

  test('an error within the stream is one', async () => {
    answering(() =>
      stream([
        chunk({ content: 'half' }),
        event({ error: { message: `overloaded ${KEY}`, code: 'overloaded' } }),
      ]),
    )
    const outcome = await open()(request())
    expect(outcome).toEqual({
      status: 'failed',
      reason: 'server_error',
      detail: 'The chat endpoint sent an error (overloaded)',
    })
  })

  test.each<[string, () => string[]]>([
    [
      'ten megabytes of text',
      () => Array.from({ length: 160 }, () => chunk({ content: '长'.repeat(21_845) })),
    ],
    [
      'ten megabytes of thinking',
      () => Array.from({ length: 160 }, () => chunk({ reasoning_content: '长'.repeat(21_845) })),
    ],
    [
      'ten megabytes in a line that never ends',
      () => ['data: ', ...Array.from({ length: 160 }, () => 'x'.repeat(65_536))],
    ],
  ])('%s are too much', async (_name, pieces) => {
    answering(() => stream(pieces()))
    let longest = 0
    let all = ''
    const outcome = await open()(
      request({ listen: () => (piece) => (longest = (all += piece).length) }),
    )
    expect(outcome).toMatchObject({ status: 'failed', reason: 'too_long' })
    expect(longest).toBeLessThan(70_000)
  })

  test('a listener that throws is not taken for the endpoint', async () => {
    answering(() => stream(completion('x')))
    const asked = open()(
      request({
        listen: () => () => {
          throw new Error('listener')
        },
      }),
    )
    await expect(asked).rejects.toThrow('listener')
  })
})

describe('the budget', () => {
  test('is asked before each request', async () => {
    const { bodies } = answering(
      () => refused(503, 'busy'),
      () => stream(completion('ok')),
    )
    let asked = 0
    await open()(request({ spend: () => ++asked > 0 }))
    expect([asked, bodies.length]).toEqual([2, 2])
  })

  test('spent, nothing is sent', async () => {
    const { bodies } = answering(() => stream(completion('ok')))
    expect(await open()(request({ spend: () => false }))).toMatchObject({ reason: 'budget' })
    expect(bodies).toHaveLength(0)
  })
})
