import { http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Citation, Statement } from '../../../src/corpus.ts'
import { degradedNotice } from '../../../src/answer/generate/failure.ts'
import { type GenerateOptions, createGenerate } from '../../../src/answer/generate/generate.ts'
import { createChat } from '../../../src/answer/generate/chat.ts'
import type { ModelDraft } from '../../../src/answer/verify/draft.ts'
import { verify } from '../../../src/answer/verify/verify.ts'
import {
  FREE,
  PASSAGES,
  QUESTION,
  SUM,
  agent,
  draft,
  free,
  invented,
  right,
  wrong,
} from './drafts.ts'
import { BASE_URL, COMPLETIONS, type Step, chunk, completion, refused, stream } from './endpoint.ts'
import { PROMPTS } from './prompts.ts'

const server = setupServer()
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const written = (given: ModelDraft) => () => stream(completion(JSON.stringify(given)))
const sent =
  (...steps: Step[]) =>
  () =>
    stream(steps)

const Body = z.object({
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  response_format: z.looseObject({ json_schema: z.looseObject({ name: z.string() }) }),
})

/** Asks; the endpoint gives each of the replies in turn, the last one for ever. */
async function ask(
  replies: (() => Response)[],
  options: GenerateOptions & { timeoutMs?: number; silenceMs?: number } = {},
) {
  const bodies: z.infer<typeof Body>[] = []
  server.use(
    http.post(COMPLETIONS, async ({ request }) => {
      bodies.push(Body.parse(await request.json()))
      return replies[Math.min(bodies.length, replies.length) - 1]!()
    }),
  )
  const shown: { statement: Statement; citations: readonly Citation[] }[] = []
  const { timeoutMs = 3000, silenceMs = 1000, ...rest } = options
  const chat = createChat({ model: 'm', baseURL: BASE_URL, retryDelayMs: 1, silenceMs })
  const generate = createGenerate({ chat, model: 'm', prompts: PROMPTS, timeoutMs })
  const outcome = await generate(
    {
      question: { question: QUESTION, place: '濮阳市' },
      standalone: QUESTION,
      ranked: PASSAGES,
      date: '2026-11-22',
    },
    { onStatement: (statement, citations) => shown.push({ statement, citations }), ...rest },
  )
  return { outcome, bodies, shown }
}

const texts = (shown: readonly { statement: Statement }[]) =>
  shown.map(({ statement }) => statement.text)

describe('an answer', () => {
  test('is asked for with the passages, the question, the place and the day', async () => {
    const { bodies, outcome } = await ask([written(draft([free]))])
    const [system, user] = bodies[0]!.messages
    expect(system?.role).toBe('system')
    expect(user?.content).toContain(`<question>\n${QUESTION}\n</question>`)
    expect(user?.content).toContain('提问人所在地：濮阳市')
    expect(user?.content).toContain('提问日期：2026-11-22')
    expect(user?.content).toContain(`<passage label="2"`)
    expect(bodies[0]!.response_format.json_schema).toMatchObject({
      name: 'answer',
      schema: {
        type: 'object',
        required: ['status', 'statements', 'missing', 'premise'],
        additionalProperties: false,
      },
    })
    expect(outcome).toMatchObject({
      status: 'drafted',
      model: 'm',
      promptVersion: expect.stringMatching(/^answer@\d+$/),
    })
  })

  test('is shown statement by statement, each verified, as the finished answer has them', async () => {
    const { outcome, shown } = await ask([written(draft([free, agent]))])
    if (outcome.status !== 'drafted') throw new Error(outcome.detail)
    const verified = verify(outcome.draft, outcome.passages, QUESTION)
    expect(shown.map(({ statement }) => statement)).toEqual(verified.statements)
    expect(shown.flatMap(({ citations }) => citations)).toEqual(verified.citations)
  })

  test('that finds nothing says so, whatever it states beside', async () => {
    const { outcome, shown } = await ask([
      written(draft([free], { status: 'not_found', missing: ['费用'] })),
    ])
    expect(outcome).toMatchObject({
      status: 'drafted',
      draft: { status: 'not_found', statements: [], missing: ['费用'] },
    })
    expect(shown).toEqual([])
  })

  test('that names only what is missing has found nothing', async () => {
    const { outcome } = await ask([written(draft([], { status: 'partial', missing: ['费用'] }))])
    expect(outcome).toMatchObject({ status: 'drafted', draft: { status: 'not_found' } })
  })
})

describe('what falls', () => {
  test('is asked for once more with the reason, and goes where it was', async () => {
    const { outcome, bodies, shown } = await ask([
      written(draft([free, wrong, agent])),
      written(draft([right])),
    ])
    expect(bodies).toHaveLength(2)
    const [, , assistant, user] = bodies[1]!.messages
    expect(assistant).toMatchObject({
      role: 'assistant',
      content: expect.stringContaining(wrong.text),
    })
    expect(user?.content).toContain(`statements 第 2 条“${wrong.text}”`)
    expect(outcome).toMatchObject({
      draft: { status: 'answered', statements: [free, right, agent] },
      repaired: [{ kind: 'figure' }],
      dropped: [],
    })
    expect(texts(shown)).toEqual([free.text, right.text, agent.text])
  })

  test('falls for good, and then its sentence speaks for it', async () => {
    const { outcome, shown } = await ask([written(draft([free, wrong]))])
    expect(outcome).toMatchObject({
      draft: { status: 'answered', statements: [free, { text: `${SUM}。` }] },
      dropped: [{ kind: 'figure' }],
    })
    expect(texts(shown)).toEqual([free.text, `${SUM}。`])
  })

  test('goes without a trace when no passage says anything like it, and the answer is partial', async () => {
    const { outcome } = await ask([written(draft([free, invented]))])
    expect(outcome).toMatchObject({
      draft: { status: 'partial', statements: [free] },
      dropped: [{ kind: 'quote_not_found' }],
    })
  })

  test.each<[string, () => Response]>([
    ['fails', () => refused(500, 'busy')],
    ['is no JSON', sent(...completion('对不起'))],
  ])('a correction that %s leaves what stands', async (_name, reply) => {
    const { outcome } = await ask([written(draft([free, invented])), reply], { silenceMs: 100 })
    expect(outcome).toMatchObject({ status: 'drafted', draft: { statements: [free] } })
  })

  test('a correction is not asked for when the budget is spent', async () => {
    let left = 1
    const { outcome, bodies } = await ask([written(draft([free, invented]))], {
      spend: () => left-- > 0,
    })
    expect(bodies).toHaveLength(1)
    expect(outcome).toMatchObject({ status: 'drafted', draft: { statements: [free] } })
  })

  test('all of it: there is no answer', async () => {
    const { outcome, shown } = await ask([written(draft([invented]))])
    expect(outcome).toEqual({
      status: 'failed',
      reason: 'unverified',
      detail: 'No statement stood: quote_not_found',
    })
    expect(shown).toEqual([])
  })

  test('a premise that falls is asked for, too, and goes', async () => {
    const premise = { text: '所有企业都要先交2万元。', evidence: [{ label: 1, quote: FREE }] }
    const { outcome, bodies } = await ask([written(draft([free], { premise }))])
    expect(bodies[1]!.messages.at(-1)?.content).toContain('- premise“所有企业')
    expect(outcome).toMatchObject({
      draft: { status: 'answered', premise: null, statements: [free] },
    })
  })
})

describe('an output that cannot be used', () => {
  const text = JSON.stringify(draft([free, agent]))

  test.each<[string, () => Response]>([
    ['prose', sent(...completion('好的，高铁片区不收费。'))],
    ['another object', sent(...completion('{"answer":"不收费"}'))],
    ['nothing', sent(...completion(''))],
    ['half an answer', sent(chunk({ content: text.slice(0, -40) }))],
    [
      'half an answer and a broken connection',
      sent(chunk({ content: text.slice(0, -40) }), { waitMs: 20 }, { fail: true }),
    ],
  ])('is asked for once more: %s', async (_name, reply) => {
    const { outcome, bodies } = await ask([reply, written(draft([free, agent]))])
    expect(bodies).toHaveLength(2)
    expect(outcome).toMatchObject({ status: 'drafted', draft: { statements: [free, agent] } })
  })

  test.each<[string, () => Response, string, number]>([
    ['prose again and again', sent(...completion('不收费。')), 'malformed', 2],
    ['nothing again and again', sent(...completion('')), 'empty', 2],
    ['always cut', sent(chunk({ content: text.slice(0, -40) })), 'cut', 2],
    ['at its limit', sent(...completion(text.slice(0, -40), 'length')), 'too_long', 1],
    ['a refusal', sent(chunk({ refusal: '抱歉，我不能' }), chunk({}, 'stop')), 'refused', 1],
    ['filtered', sent(...completion(text.slice(0, 60), 'content_filter')), 'refused', 1],
    ['an answer without statements', written(draft([])), 'empty', 1],
    ['a wrong key', () => refused(401, 'Incorrect API key provided: sk-1'), 'unauthorized', 1],
    ['an endpoint in trouble', () => refused(503, 'busy'), 'server_error', 3],
  ])('ends in a reason: %s', async (_name, reply, reason, calls) => {
    const { outcome, bodies } = await ask([reply], { silenceMs: 150 })
    expect(outcome).toMatchObject({ status: 'failed', reason })
    expect(bodies).toHaveLength(calls)
  })

  test('a cut stream with the whole answer in it is an answer', async () => {
    const { outcome, bodies } = await ask([
      sent(chunk({ content: text }), { waitMs: 20 }, { fail: true }),
    ])
    expect(bodies).toHaveLength(1)
    expect(outcome).toMatchObject({ status: 'drafted', draft: { statements: [free, agent] } })
  })

  test('what was shown of a cut answer is not shown again', async () => {
    const { shown } = await ask([
      sent(chunk({ content: text.slice(0, -40) })),
      written(draft([free, agent])),
    ])
    expect(texts(shown)).toEqual([free.text, agent.text])
  })

  test('without a budget nothing is sent', async () => {
    const { outcome, bodies } = await ask([written(draft([free]))], { spend: () => false })
    expect(outcome).toMatchObject({ status: 'failed', reason: 'budget' })
    expect(bodies).toHaveLength(0)
  })
})

test('what the reader is told of a failure names no figure and stands in verification', () => {
  for (const reason of ['budget', 'timeout', 'unreachable', 'malformed', 'unverified'] as const) {
    const notices = [degradedNotice({ reason })]
    expect(verify({ ...draft([free]), notices }, PASSAGES, QUESTION).notices).toHaveLength(1)
  }
})
