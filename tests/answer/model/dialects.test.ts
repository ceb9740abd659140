import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { type ChatSettings, createChat, unreadable } from '../../../src/answer/model/chat.ts'
import { type Reply, json, modelEndpoint } from '../../support/model-endpoint.ts'
import { DONE, chunk, completion, event } from './endpoint.ts'

const ANSWER = '{"status":"answered"}'
const WRONG = '{"status":"not_found"}'

const whole = (text: string, finish = 'stop'): Reply => ({ body: completion(text, finish, 3) })
const answered: Reply = whole(ANSWER)

const chatAt = (baseURL: string, over: Partial<ChatSettings> = {}) =>
  createChat({ model: 'qwen-max', apiKey: 'sk-test-key', baseURL, retryDelayMs: 1, ...over })

const request = { messages: [], schema: { name: 'answer', schema: { type: 'object' } } }

/** What comes of asking once or more, and in which formats was asked. */
async function ask(answer: Parameters<typeof modelEndpoint>[0], times = 1) {
  const endpoint = await modelEndpoint(answer)
  const chat = chatAt(endpoint.baseURL)
  let told = ''
  const listen = () => {
    told = ''
    return (piece: string) => (told += piece)
  }
  const outcomes = []
  for (let n = 0; n < times; n++) outcomes.push(await chat({ ...request, listen }))
  const bodies = endpoint.asked.map(({ body }) => body)
  return { outcome: outcomes.at(-1)!, outcomes, told, bodies, formats: endpoint.formats() }
}

/** From now on time passes only when the test says so. */
function ownTime() {
  let time = 0
  vi.spyOn(performance, 'now').mockImplementation(() => time)
  onTestFinished(() => void vi.restoreAllMocks())
  return { pass: (ms: number) => void (time += ms) }
}

/** As each of them says that it does not take a response format. */
const REFUSALS: [string, Reply][] = [
  ['DeepSeek', json({ error: { message: 'This response_format type is unavailable now' } }, 400)],
  ['LM Studio', json({ error: "'response_format.type' must be 'json_schema' or 'text'" }, 400)],
  ['a router', json({ error: { code: 404, message: 'No endpoints found that support it' } }, 404)],
  ['FastAPI', json({ detail: [{ loc: ['body', 'response_format'], msg: 'bad' }] }, 422)],
  ['a server that stumbles', { status: 500, body: 'Internal Server Error' }],
  ['llama.cpp', json({ error: { code: 501, message: 'not supported', type: 'x' } }, 501)],
  ['a page', { type: 'text/html', body: '<html>502 Bad Gateway</html>' }],
  ['an error in a success', json({ error: { message: 'unsupported', code: 'bad_param' } })],
  ['an error in a list', json([{ error: { message: 'unsupported' } }])],
  ['an error in a stream', { body: event({ error: { message: 'unsupported' } }) }],
  ['an error beside no choices', json({ base_resp: { status_code: 2013, status_msg: 'bad' } })],
  ['no choices', json({ choices: [] })],
  ['choices that are none', json({ choices: null })],
  ['a stream of nothing', { body: DONE }],
  ['nothing', { body: '' }],
  ['another body', json({ hello: 'world' })],
  ['half a body', { type: 'application/json', body: '{"choices":[' }],
]

describe('a response format that is refused', () => {
  test.each(REFUSALS)('by %s is asked for in a simpler one, once', async (_name, refusal) => {
    const { outcomes, formats } = await ask(
      ({ format }) => (format === 'json_schema' ? refusal : answered),
      2,
    )
    for (const outcome of outcomes) expect(outcome).toMatchObject({ text: ANSWER, finish: 'stop' })
    expect(formats).toEqual(['json_schema', 'json_object', 'json_object'])
  })

  test.each(REFUSALS)('by %s twice is not asked for at all', async (_name, refusal) => {
    const { outcome, formats } = await ask(
      ({ format }) => (format === 'none' ? answered : refusal),
      2,
    )
    expect(outcome).toMatchObject({ text: ANSWER })
    expect(formats).toEqual(['json_schema', 'json_object', 'none', 'none'])
  })

  test.each(REFUSALS)(
    'by %s always costs three calls, and lowers nothing',
    async (_name, refusal) => {
      const { formats } = await ask((_, call) => (call <= 3 ? refusal : answered), 2)
      expect(formats).toEqual(['json_schema', 'json_object', 'none', 'json_schema'])
    },
  )

  test.each<[string, Reply, RegExp]>([
    ['no such path', json({ error: 'Not Found' }, 404), /answered 404; check OPENAI_BASE_URL/],
    ['a start page', { type: 'text/html', body: '<!doctype html>' }, /no completion; check OPENAI/],
    ['no reason', json({ error: { message: 'bad' } }, 400), /answered 400/],
  ])('by %s in every format is asked for in one for a while', async (_name, refusal, detail) => {
    const { pass } = ownTime()
    let isWrong = true
    const endpoint = await modelEndpoint(({ format }) =>
      isWrong || format !== 'none' ? refusal : answered,
    )
    const chat = chatAt(endpoint.baseURL)
    for (const calls of [3, 4, 5]) {
      const outcome = await chat(request)
      const failed = outcome.status === 'failed' ? outcome : unreadable(outcome)
      expect(failed.detail).toMatch(detail)
      expect(endpoint.asked).toHaveLength(calls)
    }
    isWrong = false
    pass(300_000)
    expect(await chat(request)).toMatchObject({ text: ANSWER })
  })

  test.each<[string, Reply]>([
    ['a server that stumbles', { status: 500, body: 'oops' }],
    ['a page', { type: 'text/html', body: '<html>' }],
  ])('by %s after it was answered was none', async (_name, mishap) => {
    const { formats } = await ask((_, call) => (call === 2 ? mishap : answered), 3)
    expect(new Set(formats)).toEqual(new Set(['json_schema']))
  })

  test('by writing nothing at all is asked for in a simpler one the next time', async () => {
    const { outcomes, formats } = await ask(
      ({ format }) => (format === 'json_schema' ? whole('') : answered),
      3,
    )
    expect(outcomes.map((outcome) => 'text' in outcome && outcome.text)).toEqual([
      '',
      ANSWER,
      ANSWER,
    ])
    expect(formats).toEqual(['json_schema', 'json_object', 'json_object'])
  })
})

describe('a cap and the count of tokens', () => {
  const askedFor = ({
    stream_options,
    max_tokens,
    max_completion_tokens,
  }: Record<string, unknown>) =>
    [stream_options && 'usage', max_tokens && 'old', max_completion_tokens && 'new']
      .filter(Boolean)
      .join()

  test('are asked for, of as much as an answer may be waited for', async () => {
    const { baseURL, asked } = await modelEndpoint(() => answered)
    await chatAt(baseURL)({ ...request, answerMs: 9_000 })
    await chatAt(baseURL)({ ...request, answerMs: 300_000 })
    expect(asked.map(({ body }) => [body['max_tokens'], body['stream_options']])).toEqual([
      [4_096, { include_usage: true }],
      [60_000, { include_usage: true }],
    ])
  })

  test.each<[string, (asks: string) => string | undefined, string[]]>([
    [
      'the cap by its old name',
      (asks) =>
        asks.includes('old') ? "Use 'max_completion_tokens'; not 'max_tokens'" : undefined,
      ['usage,old', 'usage,new', 'usage,new'],
    ],
    [
      'the cap by both',
      (asks) => (/old|new/.test(asks) ? 'Range of max_tokens is [1, 2000]' : undefined),
      ['usage,old', 'usage,new', 'usage', 'usage'],
    ],
    [
      'the count',
      (asks) => (asks.includes('usage') ? 'extra field stream_options' : undefined),
      ['usage,old', 'old', 'old'],
    ],
    [
      'all of it',
      (asks) =>
        asks === '' ? undefined : asks.includes('usage') ? 'stream_options' : 'max_tokens',
      ['usage,old', 'old', 'new', '', ''],
    ],
  ])('are left away by an endpoint that refuses %s, once', async (_name, refuse, expected) => {
    const { outcomes, bodies, formats } = await ask(({ body }) => {
      const message = refuse(askedFor(body))
      return message === undefined ? answered : json({ error: { message } }, 400)
    }, 2)
    for (const outcome of outcomes) expect(outcome).toMatchObject({ text: ANSWER })
    expect(bodies.map(askedFor)).toEqual(expected)
    expect(new Set(formats)).toEqual(new Set(['json_schema']))
  })

  test('are not asked for without a format: an endpoint may refuse them and not say so', async () => {
    const { outcome, bodies } = await ask(({ body }) =>
      askedFor(body) === '' ? answered : json({ error: { message: 'bad request' } }, 400),
    )
    expect(outcome).toMatchObject({ text: ANSWER })
    expect(bodies).toHaveLength(3)
  })

  const counting = (tokens: unknown): Reply => {
    const usage = event({ choices: [], usage: { prompt_tokens: tokens } })
    return { body: [...inPieces(ANSWER), chunk({}, 'stop'), usage, DONE] }
  }
  test.each<[string, number, unknown, boolean]>([
    ['that was cut', 6_000, 2_048, true],
    ['that was read', 6_000, 3_900, false],
    ['too short to be cut', 900, 20, false],
    ['that is not counted', 6_000, 0, false],
    ['that is counted wrongly', 6_000, 'many', false],
  ])('a prompt %s', async (_name, length, tokens, isCut) => {
    const { baseURL } = await modelEndpoint(() => counting(tokens))
    const messages = [{ role: 'user' as const, content: '文'.repeat(length) }]
    const outcome = await chatAt(baseURL)({ ...request, messages })
    expect(outcome).toMatchObject({ text: ANSWER, finish: 'stop' })
    expect('promptCut' in outcome && /2048 tokens.*num_ctx/.test(outcome.promptCut ?? '')).toBe(
      isCut,
    )
  })
})

describe('a model without a system role', () => {
  const messages = [
    { role: 'system' as const, content: '说明' },
    { role: 'user' as const, content: '问题' },
  ]
  const JOINED = [{ role: 'user', content: '说明\n\n问题' }]

  test.each<[string, object]>([
    ['vLLM', { object: 'error', message: 'System role not supported', param: null, code: 400 }],
    ['a template', { message: 'Conversation roles must alternate user/assistant/user/...' }],
    [
      'OpenAI',
      {
        message: "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
        param: 'messages[0].role',
        code: 'unsupported_value',
      },
    ],
  ])('is asked in one message, in the same format, once %s says so', async (_name, error) => {
    const { baseURL, asked, formats } = await modelEndpoint(({ body }) =>
      JSON.stringify(body['messages']).includes('"system"') ? json({ error }, 400) : answered,
    )
    const chat = chatAt(baseURL)
    for (const _ of [1, 2])
      expect(await chat({ ...request, messages })).toMatchObject({ text: ANSWER })
    expect(asked.map(({ body }) => body['messages'])).toEqual([messages, JOINED, JOINED])
    expect(new Set(formats())).toEqual(new Set(['json_schema']))
  })

  test('is asked in one message without a format, too', async () => {
    const { baseURL, asked } = await modelEndpoint(({ body, format }) => {
      if (JSON.stringify(body['messages']).includes('"system"'))
        return json({ error: 'System role not supported' }, 400)
      return format === 'none' ? answered : json({ error: 'response_format' }, 400)
    })
    expect(await chatAt(baseURL)({ ...request, messages })).toMatchObject({ text: ANSWER })
    expect(asked.at(-1)?.body['messages']).toEqual(JOINED)
    expect(asked).toHaveLength(4)
  })
})

describe('an error that names something else costs one call', () => {
  test.each<[string, Reply, string]>([
    [
      'what DashScope inspects',
      json({ error: { code: 'data_inspection_failed', message: 'Input data.' } }, 400),
      'refused',
    ],
    [
      'what DashScope inspects, in its own form',
      json({ code: 'DataInspectionFailed' }, 400),
      'refused',
    ],
    [
      'what Azure filters',
      json({ error: { code: 'content_filter', param: 'prompt', message: 'filtered' } }, 400),
      'refused',
    ],
    [
      'what Zhipu finds sensitive',
      json({ error: { code: '1301', message: '系统检测到输入内容可能包含敏感内容' } }, 400),
      'refused',
    ],
    [
      'what DeepSeek finds risky',
      json({ error: { message: 'Content Exists Risk' } }, 400),
      'refused',
    ],
    [
      'what is inspected in a stream',
      { body: event({ error: { code: 'content_filter' } }) },
      'refused',
    ],
    ['a model that OpenAI lacks', json({ error: { code: 'model_not_found' } }, 404), 'bad_request'],
    [
      'a model that DeepSeek lacks',
      json({ error: { message: 'Model Not Exist' } }, 400),
      'bad_request',
    ],
    [
      'a model that vLLM lacks',
      json({ object: 'error', message: 'The model `qwen-max` does not exist.', code: 404 }, 404),
      'bad_request',
    ],
    [
      'a model that Ollama lacks',
      json({ error: { message: 'model "qwen-max" not found, try pulling it first' } }, 404),
      'bad_request',
    ],
    [
      'a model that SiliconFlow lacks',
      json({ code: 20_012, message: 'Model does not exist. Please check it carefully.' }, 400),
      'bad_request',
    ],
    [
      'a model that no channel has',
      json({ error: { message: '当前分组 default 下对于模型 qwen-max 无可用渠道' } }, 503),
      'server_error',
    ],
    [
      'a model that OpenRouter lacks',
      json({ error: { message: 'qwen-max is not a valid model ID', code: 400 } }, 400),
      'bad_request',
    ],
    [
      'a model that nobody serves for OpenRouter',
      json({ error: { message: 'No endpoints found for qwen-max.', code: 404 } }, 404),
      'bad_request',
    ],
    [
      'a model that Together runs for nobody',
      json(
        { error: { message: 'Unable to access it', param: null, code: 'model_not_available' } },
        400,
      ),
      'bad_request',
    ],
    [
      'a model that Hugging Face routes nowhere',
      json(
        {
          error: {
            message: "The requested model 'qwen-max' is not supported by any provider.",
            code: 'model_not_supported',
          },
        },
        400,
      ),
      'bad_request',
    ],
    [
      'a model that LM Studio has no room for',
      json({ error: { message: 'Failed to load model "qwen-max". Error: Model loading' } }, 404),
      'bad_request',
    ],
    [
      'the model as what is wrong',
      json({ error: { message: 'Please choose one in the developer page', param: 'model' } }, 404),
      'bad_request',
    ],
    [
      'what MiniMax finds sensitive',
      json({ base_resp: { status_code: 1026, status_msg: 'input new_sensitive' } }),
      'refused',
    ],
    [
      'what MiniMax finds sensitive, by its number',
      json({ base_resp: { status_code: 1027, status_msg: 'bad' } }),
      'refused',
    ],
    [
      'a key that MiniMax does not take',
      json({ base_resp: { status_code: 1004, status_msg: 'login fail' } }),
      'unauthorized',
    ],
    [
      'a model in an error of a success',
      json({ error: { code: 'model_not_found' } }),
      'server_error',
    ],
    [
      'a quota',
      json({ error: { code: 'insufficient_quota', message: 'used up' } }, 429),
      'rate_limited',
    ],
    [
      'credits, though it speaks of a cap',
      json({ error: { message: 'requires more credits, or fewer max_tokens', code: 402 } }, 402),
      'bad_request',
    ],
    [
      'a bill',
      json({ error: { code: 'Arrearage', message: 'Access denied.' } }, 400),
      'bad_request',
    ],
    [
      'the length of the context',
      json({ error: { message: "This model's maximum context length is 4096 tokens." } }, 400),
      'too_much_sent',
    ],
    [
      'a key that Gemini does not take',
      json(
        [{ error: { code: 400, message: 'API key not valid.', status: 'INVALID_ARGUMENT' } }],
        400,
      ),
      'unauthorized',
    ],
    ['a key', json({ error: { message: 'no' } }, 401), 'unauthorized'],
  ])('%s', async (_name, refusal, reason) => {
    const { outcome, formats } = await ask(() => refusal)
    expect(outcome).toMatchObject({ status: 'failed', reason })
    expect(formats).toEqual(['json_schema'])
  })

  test('and what is not paid is left alone for a while', async () => {
    const { pass } = ownTime()
    const quota = json({ error: { code: 'insufficient_quota' } }, 429)
    const { baseURL, asked } = await modelEndpoint((_, call) => (call === 1 ? quota : answered))
    const chat = chatAt(baseURL)
    for (const _ of [1, 2])
      expect(await chat(request)).toMatchObject({
        reason: 'rate_limited',
        detail: expect.stringContaining('paid for'),
      })
    expect(asked).toHaveLength(1)
    pass(60_000)
    expect(await chat(request)).toMatchObject({ text: ANSWER })
  })

  test('and no word of it goes on', async () => {
    const message = 'sk-test-key 敏感：我叫张三'
    const { outcome } = await ask(() => json({ error: { message, code: 'x y' } }, 400))
    expect(JSON.stringify(outcome)).not.toMatch(/sk-test|张三/)
  })
})

const inPieces = (text: string) => Array.from(text, (content) => chunk({ content }))
const parts = (...content: unknown[]) =>
  event({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })
const message = (content: unknown, more = {}) =>
  json({ choices: [{ index: 0, message: { content, ...more }, finish_reason: 'stop' }] })
const end = [chunk({}, 'stop'), DONE]

describe('an answer', () => {
  test.each<[string, Reply]>([
    ['in parts', { body: [parts({ type: 'text', text: ANSWER }), ...end] }],
    [
      'in parts, some of them thinking',
      {
        body: [
          parts({ type: 'thinking', thinking: [{ type: 'text', text: WRONG }] }),
          parts({ type: 'text', text: ANSWER }),
          ...end,
        ],
      },
    ],
    ['as a plain body', message(ANSWER)],
    ['as a plain body in parts', message([{ type: 'text', text: ANSWER }])],
    ['as a plain body that is called a stream', { ...message(ANSWER), type: 'text/event-stream' }],
    ['as a plain body beside its reasoning', message(ANSWER, { reasoning_content: WRONG })],
    [
      'as a stream that is called a plain body',
      { type: 'application/json', body: completion(ANSWER) },
    ],
    [
      'without spaces, with the lines of Windows',
      {
        body: completion(ANSWER).map((line) =>
          line.replace('data: ', 'data:').replaceAll('\n', '\r\n'),
        ),
      },
    ],
    ['behind comments', { body: [': ping\n\n', 5, ': ping\n\n', ...completion(ANSWER)] }],
    ['without its last line break', { body: completion(ANSWER).join('').trimEnd() }],
    ['that says it is done by its last event alone', { body: [...inPieces(ANSWER), DONE] }],
    [
      'beside reasoning_content',
      { body: [chunk({ reasoning_content: WRONG }), ...inPieces(ANSWER), ...end] },
    ],
    [
      'beside reasoning',
      {
        body: [
          event({ choices: [{ delta: { content: '', reasoning: WRONG } }] }),
          ...inPieces(ANSWER),
          ...end,
        ],
      },
    ],
    [
      'behind <think>',
      { body: [...inPieces(`<think>先看 ${WRONG}</think>\n\n${ANSWER}`), ...end] },
    ],
    ['behind <thought>', { body: [...inPieces(`<thought>${WRONG}</thought>${ANSWER}`), ...end] }],
    ['behind [THINK]', { body: [...inPieces(`[THINK]${WRONG}[/THINK]${ANSWER}`), ...end] }],
    [
      'behind a thought without its beginning',
      { body: [...inPieces(`${WRONG}</think>${ANSWER}`), ...end] },
    ],
    [
      'in its channel',
      {
        body: [
          ...inPieces(
            `<|channel|>analysis<|message|>${WRONG}<|end|><|start|>assistant<|channel|>final<|message|>${ANSWER}`,
          ),
          ...end,
        ],
      },
    ],
  ])('%s is read', async (_name, reply) => {
    const { outcome, told, formats } = await ask(() => reply)
    expect(outcome).toMatchObject({ status: 'completed', finish: 'stop' })
    expect('text' in outcome && outcome.text.trim()).toBe(ANSWER)
    expect(told.trim()).toBe(ANSWER)
    expect(formats).toHaveLength(1)
  })

  test('whose thinking does not end is none', async () => {
    const { outcome } = await ask(() => ({ body: [...inPieces(`<think>${WRONG}`), ...end] }))
    expect(outcome).toMatchObject({ status: 'completed', text: '' })
  })

  test.each<[string, string]>([
    ['length', 'length'],
    ['content_filter', 'refused'],
    ['sensitive', 'refused'],
    ['MAX_TOKENS', 'length'],
    ['error', 'cut'],
    ['insufficient_system_resource', 'cut'],
  ])('that ends by %s says so, in one call', async (finish, expected) => {
    const { outcome, formats } = await ask(() => whole('', finish))
    expect(outcome).toMatchObject({ status: 'completed', finish: expected })
    expect(formats).toHaveLength(1)
  })
})

describe('a model that is loaded first', () => {
  const slow = (settings: Partial<ChatSettings>, reply: Reply | ((call: number) => Reply)) =>
    modelEndpoint((_, call) => (typeof reply === 'function' ? reply(call) : reply)).then(
      ({ baseURL, asked }) => ({ chat: chatAt(baseURL, settings), asked }),
    )

  test('is waited for longer than one that falls silent', async () => {
    const { chat } = await slow(
      { firstMs: 10_000, silenceMs: 100 },
      { body: [400, ...completion(ANSWER)] },
    )
    expect(await chat(request)).toMatchObject({ text: ANSWER })
  })

  test('is waited for beyond what an answer may take', async () => {
    const { chat } = await slow({ firstMs: 10_000 }, { body: [400, ...completion(ANSWER)] })
    expect(await chat({ ...request, answerMs: 200 })).toMatchObject({ text: ANSWER })
  })

  test.each<[string, string]>([
    ['an empty text', chunk({ role: 'assistant', content: '' })],
    ['no text', chunk({ role: 'assistant', content: null })],
    ['a role', chunk({ role: 'assistant' })],
    [
      'empty reasoning',
      event({
        choices: [
          { delta: { role: 'assistant', content: null, reasoning_content: '', tool_calls: [] } },
        ],
      }),
    ],
  ])('is waited for, though it begins with %s', async (_name, first) => {
    const { chat } = await slow(
      { firstMs: 10_000, silenceMs: 100 },
      { body: [first, 400, ...completion(ANSWER)] },
    )
    expect(await chat(request)).toMatchObject({ text: ANSWER })
  })

  test('in vain was not thinking, though it took its role', async () => {
    const { chat } = await slow(
      { firstMs: 100 },
      { body: [chunk({ role: 'assistant', content: '' }), 2_000, DONE] },
    )
    const outcome = await chat(request)
    expect(outcome).toMatchObject({ reason: 'silence' })
    expect('detail' in outcome && outcome.detail).not.toMatch(/thinking/)
  })

  test('is not waited for without end, though it says that it lives', async () => {
    const pings = Array.from({ length: 40 }, () => [50, ': ping\n\n']).flat()
    const { chat, asked } = await slow({ firstMs: 300 }, { body: [': ping\n\n', ...pings] })
    expect(await chat(request)).toMatchObject({ reason: 'silence' })
    expect(asked).toHaveLength(1)
  })

  test('in vain is waited for less, until it answers again', async () => {
    const { chat } = await slow({ firstMs: 300, silenceMs: 30 }, (call) => ({
      body: [call < 3 ? 1_000 : 0, ...completion(ANSWER)],
    }))
    const took = async () => {
      const started = performance.now()
      const outcome = await chat(request)
      return { outcome, ms: performance.now() - started }
    }
    expect((await took()).ms).toBeGreaterThan(290)
    expect((await took()).ms).toBeLessThan(290)
  })

  test('several times in vain is left alone for a while', async () => {
    const { chat, asked } = await slow({ firstMs: 100 }, { body: [1_000, ...completion(ANSWER)] })
    for (let n = 0; n < 5; n++) expect(await chat(request)).toMatchObject({ reason: 'silence' })
    expect(asked).toHaveLength(3)
  })

  test.each<[string, string[], boolean]>([
    ['reasoning', [chunk({ reasoning_content: '想' })], true],
    ['a thought', inPieces('<think>想'), true],
    ['half an answer', inPieces('{"status"'), false],
  ])('that came to no more than %s in its time says so', async (_name, events, isThought) => {
    const { chat } = await slow({ silenceMs: 10_000 }, { body: [...events, 2_000, DONE] })
    const outcome = await chat({ ...request, answerMs: 100 })
    expect(outcome).toMatchObject({ reason: 'timeout' })
    expect('detail' in outcome && outcome.detail.includes('CHAT_TIMEOUT_MS')).toBe(isThought)
  })

  test('pings keep an answer alive in its midst', async () => {
    const [first, ...rest] = [...inPieces(ANSWER), ...end]
    const { chat } = await slow(
      { silenceMs: 1_000 },
      { body: [first!, 600, ': ping\n\n', 600, ': ping\n\n', 600, ...rest] },
    )
    expect(await chat(request)).toMatchObject({ text: ANSWER })
  })

  test('and says so is asked again, which costs nothing of the budget', async () => {
    const loading = { ...json({ error: { code: 503, message: 'Loading model' } }, 503) }
    const { chat, asked } = await slow({ firstMs: 10_000 }, (call) =>
      call < 4 ? { ...loading, headers: { 'retry-after': '0.01' } } : answered,
    )
    let spent = 0
    expect(await chat({ ...request, spend: () => ++spent > 0 })).toMatchObject({ text: ANSWER })
    expect([asked.length, spent]).toEqual([4, 1])
  })
})
